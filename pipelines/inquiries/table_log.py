"""A log of changes that is a table, as people and tools keep them: which column is what, and the entries in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from assets.domain.reading.explanations import Entry
from assets.domain.reading.forms import says
from assets.received import Cells
from schemas.configuration.corrections import CHANGE_HEADERS, CHANGE_KINDS, CHANGE_TYPES, CHANGED, LOG_HEADERS
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop


def header_name(header: str) -> str:
    """A header as the headers of logs are compared: in lower case, points, hyphens and underscores as spaces."""
    return " ".join(re.sub("[_.-]", " ", plain(header)).casefold().split())


@dataclass(frozen=True)
class TableLog:
    """A log: its rows below the headers (numbered from 1 in the file), in which column each part of an entry stands.

    `key_header`: what of the tables' columns its key is called as, if it is. `kinds`: what its words for kinds of
    change mean; `kind_at`: in which column they stand, if in any.
    """

    rows: Mapping[int, Cells]
    at: Mapping[str, int]
    key_header: str | None
    kinds: Mapping[str, str]
    kind_at: int | None

    @classmethod
    def of(cls, file: str, rows: Sequence[Cells], keys: Sequence[str], key: str, declared: Sequence[str]) -> Self:
        """A log whose key may be called as one of these columns. Raises: Stop if its headers are not known."""
        kinds = CHANGE_TYPES | _declared(declared)
        for number, row in enumerate(rows, 1):
            headers = [header_name(says(cell)) for cell in row]
            at = _columns(headers, keys)
            if at:
                below = {n: cells for n, cells in enumerate(rows[number:], number + 1) if any(map(says, cells))}
                kind_at = next((headers.index(name) for name in CHANGE_HEADERS if name in headers), None)
                if declared and kind_at is None:
                    raise Stop("change_type_without_column", file=file, headers=", ".join(CHANGE_HEADERS))
                named = next((each for each in keys if header_name(each) == headers[at["key"]]), None)
                return cls(below, at, named, kinds, kind_at)
        known = {role: ", ".join(names) for role, names in LOG_HEADERS.items()}
        raise Stop("log_not_recognised", file=file, table_key=key, **known)

    @property
    def keys(self) -> set[str]:
        """The keys of the rows that it is about."""
        return {says(row[self.at["key"]]) for row in self.rows.values()}

    def entries(self) -> Iterator[Entry]:
        """Its entries, numbered as its rows."""
        for number, row in self.rows.items():
            said = {role: says(row[place]) for role, place in self.at.items()}
            word = header_name(says(row[self.kind_at])) if self.kind_at is not None else ""
            yield Entry(number, **said).of_kind(self.kinds.get(word, CHANGED))


def _columns(headers: Sequence[str], keys: Collection[str]) -> dict[str, int]:
    """In which column each part of an entry stands; nothing if one of them has no header that is known."""
    names = {**LOG_HEADERS, "key": (*map(header_name, keys), *LOG_HEADERS["key"])}
    found = {role: next((name for name in known if name in headers), None) for role, known in names.items()}
    return {role: headers.index(name) for role, name in found.items() if name} if all(found.values()) else {}


def _declared(change_types: Sequence[str]) -> dict[str, str]:
    """What words of the log mean, each given as `word=kind`. Raises: Stop if one is given in another way."""
    kinds: dict[str, str] = {}
    for given in change_types:
        word, _, kind = given.rpartition("=")
        if not word.strip() or kind not in CHANGE_KINDS:
            raise Stop("change_type_unclear", kinds=", ".join(CHANGE_KINDS))
        kinds[header_name(word)] = kind
    return kinds
