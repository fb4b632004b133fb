"""Why something is not as it was in an earlier version: what is known to have changed of what it was made of.

Of a thing that stands in cells: their file was replaced, added or lost, its card says otherwise, a cell was corrected.
Where nothing of that is so, the cause is shown by elimination: if one thing alone changed of all that the round was
made of, it was that. Where several did, nobody can tell which, and that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Address = tuple[str, str | None, int, str | None]
"""File, sheet, row and column; of a row, no column."""

REPLACED, ADDED, LOST, CARD, CORRECTED = "replacement", "new_file", "lost_file", "card", "correction"
REGISTER, DAY, CONFIGURATION, PROGRAM, SOURCES = "register", "day", "configuration", "program", "sources"
RECORRECTED, UNCORRECTED = "other_correction", "correction_withdrawn"
ROUND = "round"
"""A round that only one of the versions has."""


@dataclass(frozen=True)
class Cause:
    """What changed. `of`: the file, the corrected cell, or what it was and is now."""

    kind: str
    of: str | None = None


@dataclass(frozen=True)
class Made:
    """What a round was made of in a version.

    `files`: the hash of every input by path; `cards`: what their cards say. `corrected`: the cells whose correction
    holds, by file, row and column, with its day and what it says. `known`: the days up to which it was told, and of
    which it is. `configuration`, `program`: digests of the programme's YAML and of all other code, where the version
    has them; `code`: of both.
    """

    folder: str
    files: Mapping[str, str]
    cards: Mapping[str, Any]
    corrected: Mapping[tuple[str, int, str | None], tuple[Any, ...]]
    known: tuple[str, str]
    code: str
    configuration: str | None
    program: str | None


@dataclass(frozen=True)
class Between:
    """What a round was made of in two versions."""

    then: Made
    now: Made

    def of(self, before: Collection[Address], after: Collection[Address]) -> tuple[Cause, ...]:
        """What changed of the very cells that something stood in, and stands in now.

        What a corrected cell says is what its correction says, whatever became of its file.
        """
        places = {*before, *after}
        corrected = tuple(dict.fromkeys(self._corrected(places)))
        if corrected and all(column for *_, column in places):
            return corrected
        files = dict.fromkeys(sorted(file for file, *_ in places))
        return tuple(dict.fromkeys([*(cause for file in files for cause in self.of_file(file)), *corrected]))

    def of_file(self, file: str) -> Iterator[Cause]:
        """What became of a file, if anything did."""
        was, is_now = self.then.files.get(file), self.now.files.get(file)
        if was != is_now:
            yield self._arrived(file, was is None) if was is None or is_now is None else Cause(REPLACED, file)
        elif self.then.cards.get(file) != self.now.cards.get(file):
            yield Cause(CARD, file)

    def _arrived(self, file: str, is_new: bool) -> Cause:  # noqa: FBT001 - came or went
        if is_new:
            return Cause(REPLACED if self.now.cards.get(file, {}).get("replaces") else ADDED, file)
        name = file.rpartition("/")[2]
        new = [path for path in self.now.files.keys() - self.then.files.keys() if path.startswith(self.now.folder)]
        by = [path for path in sorted(new) if self.now.cards.get(path, {}).get("replaces") == name]
        return Cause(REPLACED, by[0]) if by else Cause(LOST, file)

    def _corrected(self, places: Iterable[Address]) -> Iterator[Cause]:
        rows: dict[tuple[str, int], set[str | None]] = defaultdict(set)
        for file, _, row, column in places:
            rows[file, row].add(column)
        for key in sorted(self.then.corrected.keys() | self.now.corrected.keys(), key=str):
            file, row, column = key
            if {None, column} & rows.get((file, row), set()) and self.then.corrected.get(key) != self.now.corrected.get(
                key
            ):
                kind = CORRECTED if key not in self.then.corrected else RECORRECTED
                yield Cause(kind if key in self.now.corrected else UNCORRECTED, f"{file} {column or ''}{row}")

    @cached_property
    def files(self) -> tuple[Cause, ...]:
        """What became of the round's own files: exports, and the log of its corrections."""
        own = sorted(
            path for path in self.then.files.keys() | self.now.files.keys() if path.startswith(self.now.folder)
        )
        return tuple(dict.fromkeys(cause for path in own for cause in self.of_file(path)))

    @cached_property
    def common(self) -> tuple[Cause, ...]:
        """What changed that everything in the round rests on: registers, the day, the configuration, the program."""
        return tuple(self._common())

    def _common(self) -> Iterator[Cause]:
        both = self.then.files.keys() | self.now.files.keys()
        others = sorted(path for path in both if not path.startswith(self.now.folder))
        if registers := [path for path in others if any(self.of_file(path))]:
            yield Cause(REGISTER, ", ".join(registers))
        if self.then.known != self.now.known:
            yield Cause(DAY, _became(max(self.then.known), max(self.now.known)))
        yield from self._sources()

    def _sources(self) -> Iterator[Cause]:
        digests = [(each.configuration, each.program) for each in (self.then, self.now)]
        if None in (*digests[0], *digests[1]):
            if self.then.code != self.now.code:
                yield Cause(SOURCES, _became(self.then.code, self.now.code))
            return
        if digests[0][0] != digests[1][0]:
            yield Cause(CONFIGURATION)
        if digests[0][1] != digests[1][1]:
            yield Cause(PROGRAM, _became(self.then.code, self.now.code))

    @cached_property
    def everything(self) -> tuple[Cause, ...]:
        """All that changed of what the round was made of: what is left where no cell tells."""
        return (*self.files, *self.common)


def _became(before: str, after: str) -> str | None:
    return f"{before} → {after}" if before != after else None


def settled(direct: Iterable[tuple[Cause, ...]], between: Between) -> list[tuple[Cause, ...]]:
    """The possible causes of each of several changes: one where it is shown, several where it cannot be told.

    Args: direct: what changed of the very cells of each. If something changed of which no cell tells, what everything
    rests on had an effect here, and may have had it on the others too.
    """
    found = list(direct)
    if all(found):
        return found
    return [(*each, *between.common) if each else between.everything for each in found]
