"""Who is in no sum, count or share of a figure, and why: a figure says what it is of, or it says too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.evaluation.dimensions import Category
from assets.domain.evaluation.set_aside import SetAside
from assets.domain.grant.reconciliation import Reconciliation
from assets.domain.reality import provenance_of
from schemas.words.vocabulary import (
    AMOUNT_NOT_KNOWN,
    APPLICATION_SET_ASIDE,
    DECISION_SET_ASIDE,
    EVERYONE,
    NO_REPORT,
    NOT_TOLD_WHICH,
    REPORT_EXCLUDED,
    REPORT_NOT_DUE,
    REPORT_SET_ASIDE,
    SET_ASIDE_APPLICATION,
    UNUSED_ABOVE_GRANTED,
)

Record = dict[str, Any]

GRANTED, UNUSED, APPLICATIONS = "granted_sek", "unused_sek", "application_count"
"""What a figure is called that is no question."""

TOGETHER = "all_together"
"""The options of a question together, and the option of what is no question."""

BY_OUTCOME = {
    "report_missing": NO_REPORT,
    "report_due_unknown": NO_REPORT,
    "report_not_due": REPORT_NOT_DUE,
    "report_quarantined": REPORT_SET_ASIDE,
    "report_excluded": REPORT_EXCLUDED,
}
"""Why the use of a grant is not known, by what came of its reconciliation."""


@dataclass(frozen=True)
class LeftOut:
    """One that is left out of a figure. `stated_sek`: what it says was not used, where that is above its grant."""

    figure: str
    reason: str
    granted_sek: int | None
    provenance: str
    option: str = TOGETHER
    across: str = EVERYONE
    category: str = EVERYONE
    stated_sek: int | None = None

    def within(self, across: str, category: str) -> LeftOut:
        """The same in a breakdown."""
        return replace(self, across=across, category=category)


def why(each: Reconciliation) -> str | None:
    """Why a grant is in no sum of what was not used, and in no share of it; None if it is."""
    if each.unused_sek is None:
        return BY_OUTCOME.get(each.outcome, AMOUNT_NOT_KNOWN)
    return UNUSED_ABOVE_GRANTED if each.unused_sek > (each.granted_sek or 0) else None


def of_grants(grants: Iterable[Reconciliation], categories: Mapping[str, Sequence[Category]]) -> Iterator[LeftOut]:
    """The decided grants that are in no sum of what was not used: of all, and in each category of their recipients."""
    for each in grants:
        reason = why(each)
        if each.granted_sek is not None and reason:
            stated = each.unused_sek if reason == UNUSED_ABOVE_GRANTED else None
            left = LeftOut(UNUSED, reason, each.granted_sek, each.provenance, stated_sek=stated)
            found = {(category.across, category.category) for category in categories.get(each.recipient_code, ())}
            yield from (left.within(*place) for place in sorted({*found, (EVERYONE, EVERYONE)}))


def of_set_aside(found: Iterable[SetAside], dimensions: Iterable[str]) -> Iterator[LeftOut]:
    """Decisions and applications that are in no figure at all. Args: dimensions: what grants are broken down by."""
    for each in found:
        provenance = each.counted.row.provenance
        if each.kind == SET_ASIDE_APPLICATION:
            yield LeftOut(APPLICATIONS, APPLICATION_SET_ASIDE, None, provenance)
        elif each.is_decision:
            left = LeftOut(GRANTED, DECISION_SET_ASIDE, each.granted_sek, provenance)
            yield left
            yield from (left.within(across, NOT_TOLD_WHICH) for across in dimensions if across != EVERYONE)


def records_of(left: Iterable[LeftOut]) -> Iterator[Record]:
    """Rows of out_left_out: how many are left out of each figure for each reason, and what they were granted."""
    groups: dict[tuple[str, ...], list[LeftOut]] = defaultdict(list)
    for each in left:
        groups[each.figure, each.option, each.across, each.category, each.reason].append(each)
    for key, mine in groups.items():
        stated = [each.stated_sek for each in mine if each.stated_sek is not None]
        yield {
            **dict(zip(("figure", "option", "across", "category", "reason"), key, strict=True)),
            "left_out_count": len(mine),
            "left_out_granted_sek": added(each.granted_sek for each in mine),
            "stated_sek": sum(stated) if stated else None,
            "provenance": provenance_of(each.provenance for each in mine),
        }


def added(amounts: Iterable[int | None]) -> int | None:
    """A sum; None if one of it is not known."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
