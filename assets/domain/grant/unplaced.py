"""What was received about grants and cannot be placed: told, kept, and asked of nobody until it is placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assets.domain.counting import Counted
from assets.domain.grant.account import Account
from assets.domain.grant.case import Case, Facts
from assets.domain.grant.records import REPORT, NotPlaced, source_of
from schemas.words.cases import EVENT_NOT_PLACED, MONEY_NOT_PLACED, REPORT_NOT_PLACED
from schemas.words.events import CASH, adding_to
from schemas.words.vocabulary import QUARANTINED

Grants = Mapping[str, Sequence[str]]
"""The grants of each recipient."""


def unplaced_of(counted: Sequence[Counted]) -> list[NotPlaced]:
    """Every row about a grant that cannot be placed, and all money that moved of somebody whose name cannot be read."""
    decided = {each.row.address: each for each in counted if each.grant_id and _decides(each)}
    reported = {each.grant_id for each in counted if each.is_accepted and "core_usage_report" in each.row.tables}
    grants: dict[str, list[str]] = defaultdict(list)
    for each in decided.values():
        grants[str(each.row.recipient_code)].append(str(each.grant_id))
    return [
        _not_placed(each, kind, _candidates(each, kind, grants, decided, reported))
        for each in counted
        if (kind := _kind(each))
    ]


def _decides(each: Counted) -> bool:
    return "core_decision" in each.row.form.fills and each.excluded_by is None


def _kind(each: Counted) -> str | None:
    """What cannot be placed; None where it is placed, or no grant's."""
    if each.fate != QUARANTINED:
        return None
    event: str | None = each.row.values.get("event") if "core_event" in each.row.form.fills else None
    if each.is_unplaced:
        return event or (REPORT if "core_usage_report" in each.row.form.fills else None)
    is_nobodys = each.row.recipient_code is None and each.row.values.get("amount_sek") is not None
    return event if is_nobodys and event in CASH else None


def _candidates(
    each: Counted,
    kind: str,
    grants: Grants,
    decided: Mapping[tuple[str, int], Counted],
    reported: Iterable[str | None],
) -> tuple[str, ...]:
    """The grants that it may be of: its recipient's, and that whose case number it states.

    A report is of one that has none yet, if there is such a one.
    """
    others = [str(decided[row.address].grant_id) for row in each.beside if row.address in decided]
    every = tuple(dict.fromkeys([*grants.get(str(each.row.recipient_code), ()), *others]))
    if kind != REPORT:
        return every
    return tuple(grant for grant in every if grant not in reported) or every


def _not_placed(each: Counted, kind: str, candidates: tuple[str, ...]) -> NotPlaced:
    values = each.row.values
    amount = values.get("amount_sek")
    return NotPlaced(
        kind=kind,
        source=source_of(each),
        rule=str(each.rule),
        known_date=each.row.known_date,
        recipient_code=each.row.recipient_code,
        case_number=values.get("case_number"),
        event_date=values.get("event_date"),
        amount_sek=-amount if amount is not None and values.get("reverses_no") else amount,
        candidates=candidates,
    )


def narrowed(found: Iterable[NotPlaced], accounts: Mapping[str, Account]) -> list[NotPlaced]:
    """The same, money of those of its grants only that wait for any, if one does. Args: accounts: by grant."""
    return [replace(each, candidates=_waiting(each, accounts) or each.candidates) for each in found]


def _waiting(each: NotPlaced, accounts: Mapping[str, Account]) -> tuple[str, ...]:
    """The grants of which as much as is known may still come, or be paid; of what goes back, those it came on."""
    if not each.is_money:
        return each.candidates
    measure = "unpaid" if each.kind in adding_to("paid") else "outstanding"
    if (each.amount_sek or 0) < 0:
        measure = "paid" if each.kind in adding_to("paid") else "received"
    elif each.kind in adding_to("refunded"):
        measure = "received"
    known = {grant: accounts[grant].measure(measure) for grant in each.candidates if grant in accounts}
    return tuple(grant for grant, left in known.items() if left is None or left > 0)


def by_grant(found: Iterable[NotPlaced]) -> dict[str, list[NotPlaced]]:
    """What may be of each grant."""
    waiting: dict[str, list[NotPlaced]] = defaultdict(list)
    for each in found:
        for grant in each.candidates:
            waiting[grant].append(each)
    return waiting


# -- what to do about it ----------------------------------------------------------------------------------------------
def to_place(facts: Facts) -> Case | None:
    """The case of a grant of which something may be that is not placed: to place it, before anything is asked for."""
    waiting = facts.grant.not_placed
    if not waiting:
        return None
    money = [each for each in waiting if each.is_money]
    first = min(each.known_date for each in waiting)
    matter = MONEY_NOT_PLACED if money else REPORT_NOT_PLACED if waiting[0].kind == REPORT else EVENT_NOT_PLACED
    return Case(
        facts=facts,
        matter=matter,
        state=matter,
        opened_date=first,
        state_date=first,
        next_due_date=None,
        amount_at_issue_sek=sum(each.amount_sek or 0 for each in money) if money else None,
    )


# -- as tables --------------------------------------------------------------------------------------------------------
def records_of(found: Iterable[NotPlaced]) -> Iterator[dict[str, Any]]:
    """What is not placed, as rows of core_unplaced without its round columns."""
    for each in found:
        yield {
            **{name: value for name, value in vars(each).items() if name not in ("source", "candidates")},
            "candidates": ", ".join(each.candidates) or None,
            "candidate_count": len(each.candidates),
            **vars(each.source),
        }
