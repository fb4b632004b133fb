"""Why a round is preliminary: what is set aside, how much granted money it is about, and by whose leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.words.vocabulary import SET_ASIDE_KINDS


@dataclass(frozen=True)
class SetAsideRows:
    """Rows of one kind that are set aside, on the same ground: under one waiver, or under none."""

    kind: str
    count: int
    granted_sek: int | None
    waived_by: str | None
    waived_until_date: Any
    waiver_reason: str | None

    @property
    def is_about_money(self) -> bool:
        """Whether what they would have been is about a grant of its own."""
        return self.kind in ("decision", "usage_report")


def preliminary(set_aside: Iterable[Mapping[str, Any]]) -> list[SetAsideRows]:
    """What makes a round preliminary, in the order of the vocabulary; nothing if it is not. Args: of core_set_aside."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in set_aside:
        groups[row["kind"], row["waived_by"], row["waived_until_date"], row["waiver_reason"]].append(row)
    found = [
        SetAsideRows(kind, len(rows), _granted(rows), by, until, reason)
        for (kind, by, until, reason), rows in groups.items()
    ]
    return sorted(found, key=lambda each: (SET_ASIDE_KINDS.index(each.kind), each.waiver_reason or ""))


def _granted(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """Each grant once; None if one amount is not known."""
    amounts = {row["grant_id"] or (row["source_file"], row["source_row"]): row["granted_sek"] for row in rows}
    known = [amount for amount in amounts.values() if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
