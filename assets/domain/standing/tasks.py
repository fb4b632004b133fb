"""Everything that there is to do in a round: what, by whom, by when, and how many kronor it is about."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.evaluation.set_aside import SetAside
from assets.domain.grant.books import Match
from assets.domain.grant.follow import Followed
from assets.domain.grant.records import REPORT, NotPlaced
from assets.domain.grant.todo import todos_of
from assets.domain.reality import provenance_of
from assets.domain.standing.exposure import exposure_of, total
from schemas.configuration.programme import Waiver
from schemas.rules.rule import is_to_act_on, rules
from schemas.words import tasks as words
from schemas.words.cases import NOT_PLACED
from schemas.words.vocabulary import (
    MATCHED,
    REVERSED,
    SET_ASIDE_ANSWERS,
    SET_ASIDE_APPLICATION,
)
from schemas.words.vocabulary import NOT_PLACED as NOT_PLACED_IN_BOOKS


@dataclass(frozen=True)
class Task:
    """One thing to do, of one grant or of several that have one cause.

    `at_stake_sek`: the kronor that it is about; None where that is not known (`unknown_count` says of how many things)
    or where it is not about money. `is_at_most`: it is not known how much of them is still at stake.
    """

    kind: str
    task: str
    owner: str
    provenance: str
    at_stake_sek: int | None = None
    unknown_count: int = 0
    is_at_most: bool = False
    about: str | None = None
    rule: str | None = None
    recipient_code: str | None = None
    grant_id: str | None = None
    case_number: str | None = None
    since_date: dt.date | None = None
    due_date: dt.date | None = None
    is_overdue: bool = False
    thing_count: int = 1

    @property
    def order(self) -> tuple[Any, ...]:
        """Those at most risk first: not known how much, then by kronor, what is overdue before what is not.

        Where books differ no money is lost by that: it comes after what is.
        """
        is_unknown = self.at_stake_sek is None and self.unknown_count > 0
        is_of_money = bool(self.at_stake_sek) and self.kind != words.OF_BOOKS
        names = (self.task, self.about, self.rule, self.recipient_code, self.grant_id)
        return (
            not is_unknown,
            not is_of_money,
            -(self.at_stake_sek or 0),
            not self.is_overdue,
            str(self.due_date or "9999"),
            tuple(each or "" for each in names),
        )


@dataclass(frozen=True)
class Known:
    """What is known of a round when it is asked what there is to do."""

    as_of: dt.date
    grants: Sequence[Followed]
    unplaced: Sequence[NotPlaced] = ()
    matches: Sequence[Match] = ()
    set_aside: Sequence[SetAside] = ()
    findings: Sequence[Mapping[str, Any]] = ()
    waivers: Sequence[Waiver] = ()


def tasks_of(this: Known) -> list[Task]:
    """Everything there is to do in a round, each thing once, those at most risk first."""
    every = [
        *of_cases(this.grants),
        *of_unplaced(this),
        *of_books(this.matches),
        *of_set_aside(this),
        *of_findings(this),
        *of_unknown(this.grants),
    ]
    return sorted(every, key=lambda task: task.order)


# -- of cases, and of what no file tells -------------------------------------------------------------------------------
def of_cases(grants: Iterable[Followed]) -> Iterator[Task]:
    """What there is to do in each case. What is to be placed is told once, not for each grant that it may be of."""
    for followed in grants:
        case, grant = followed.case, followed.grant
        if case is None or case.matter in NOT_PLACED:
            continue
        for todo in todos_of(case):
            yield Task(
                words.OF_CASE,
                todo.todo,
                words.OWNED_BY[todo.todo],
                grant.provenance,
                at_stake_sek=todo.amount_sek,
                unknown_count=int(todo.amount_sek is None),
                about=case.matter,
                recipient_code=grant.recipient_code,
                grant_id=grant.grant_id,
                case_number=grant.decision.case_number if grant.decision else None,
                since_date=todo.since_date,
                due_date=todo.due_date,
                is_overdue=todo.is_overdue,
            )


def of_unknown(grants: Iterable[Followed]) -> Iterator[Task]:
    """What somebody has to find out, since no file of the round tells: one thing for all grants that it is about."""
    asked: dict[str, list[Followed]] = defaultdict(list)
    for followed in grants:
        if task := _to_find_out(followed):
            asked[task].append(followed)
    for task, mine in asked.items():
        at_stake, not_known, unknown = total([exposure_of(each) for each in mine])
        yield Task(
            words.OF_UNKNOWN,
            task,
            words.OWNED_BY[task],
            provenance_of(each.grant.provenance for each in mine),
            at_stake_sek=at_stake,
            unknown_count=unknown,
            is_at_most=not_known > 0,
            thing_count=len(mine),
        )


def _to_find_out(followed: Followed) -> str | None:
    match followed.status, followed.reconciliation.outcome:
        case "repayment_unknown", _:
            return words.FETCH_REPAYMENTS
        case "not_known", outcome:
            return words.FETCH_REPORTS if outcome == "report_not_known" else words.FETCH_REPAYMENTS
        case "report_due_unknown", _:
            return words.STATE_DUE_DATE
        case "report_without_decision" | "event_without_decision", _:
            return words.FIND_DECISION
    return None


# -- of what is received, and does not fit -----------------------------------------------------------------------------
def of_unplaced(this: Known) -> Iterator[Task]:
    """What was received and is placed on no grant: one thing for each row."""
    granted = {each.counted.row.address: each.granted_sek for each in this.set_aside}
    for each in this.unplaced:
        what = "money" if each.is_money else "report" if each.kind == REPORT else "event"
        amount = abs(each.amount_sek) if each.amount_sek is not None else granted.get(each.source.address)
        yield Task(
            words.OF_UNPLACED,
            words.PLACING[what],
            words.OWNED_BY[words.PLACING[what]],
            each.source.provenance,
            at_stake_sek=amount,
            unknown_count=int(amount is None and what != "event"),
            about=each.kind,
            rule=each.rule,
            recipient_code=each.recipient_code,
            grant_id=each.candidates[0] if len(each.candidates) == 1 else None,
            case_number=each.case_number,
            since_date=each.known_date,
        )


def of_books(matches: Iterable[Match]) -> Iterator[Task]:
    """Where books and ledger differ by what is material; money that neither places on a grant is told elsewhere."""
    for match in matches:
        is_told = match.result == NOT_PLACED_IN_BOOKS and match.entry is not None
        if match.result in (MATCHED, REVERSED) or is_told or not match.is_material:
            continue
        sides = [side for side in (match.entry, match.booking) if side]
        yield Task(
            words.OF_BOOKS,
            words.RECONCILE,
            words.OWNED_BY[words.RECONCILE],
            provenance_of(side.source.provenance for side in sides),
            at_stake_sek=abs(match.difference_sek or sides[0].sek),
            about=match.result,
            recipient_code=next((side.recipient_code for side in sides if side.recipient_code), None),
            grant_id=sides[0].grant_id,
            case_number=next((side.case_number for side in sides if side.case_number), None),
            since_date=min((side.day for side in sides if side.day), default=None),
        )


def of_set_aside(this: Known) -> Iterator[Task]:
    """Rows that count for nothing until somebody has looked at them: one thing for each kind and cause.

    What a waiver lets pass is to be mended before the waiver expires.
    """
    placed = {each.source.address for each in this.unplaced}
    causes: dict[tuple[str, str], list[SetAside]] = defaultdict(list)
    for each in this.set_aside:
        if each.counted.row.address not in placed:
            causes[each.kind, each.counted.rule or each.counted.row.broken_rule or ""].append(each)
    for (kind, rule), mine in causes.items():
        yield _set_aside(kind, rule, mine, this)


def _set_aside(kind: str, rule: str, mine: Sequence[SetAside], this: Known) -> Task:
    is_money = kind not in (SET_ASIDE_ANSWERS, SET_ASIDE_APPLICATION)
    known = [each.granted_sek for each in mine if each.granted_sek is not None]
    waivers = [waiver.expires for each in mine if (waiver := each.waiver(this.waivers))]
    due = min(waivers, default=None)
    rows = [each.counted.row for each in mine]
    return Task(
        words.OF_SET_ASIDE,
        words.LOOK,
        owner_of(rule, words.LOOK),
        provenance_of(row.provenance for row in rows),
        at_stake_sek=sum(known) if known else None,
        unknown_count=len(mine) - len(known) if is_money else 0,
        about=kind,
        rule=rule or None,
        recipient_code=_same(row.recipient_code for row in rows),
        grant_id=_same(each.grant_id for each in mine),
        case_number=_same(each.case_number for each in mine),
        due_date=due,
        is_overdue=due is not None and due < this.as_of,
        thing_count=len(mine),
    )


def of_findings(this: Known) -> Iterator[Task]:
    """What was found that asks for an act, and is in nothing above: one thing for each rule."""
    rows = {each.counted.row.address for each in this.set_aside} | {each.source.address for each in this.unplaced}
    in_cases = {task.recipient_code for task in of_cases(this.grants)}
    causes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for found in this.findings:
        is_told = (found["source_file"], found["source_row"]) in rows or _is_in_a_case(found, in_cases)
        if is_to_act_on(found["rule"]) and found["waived_until_date"] is None and not is_told:
            causes[found["rule"]].append(found)
    for rule, mine in causes.items():
        yield Task(
            words.OF_FINDING,
            words.SETTLE,
            owner_of(rule, words.SETTLE),
            provenance_of(each["provenance"] for each in mine),
            rule=rule,
            recipient_code=_same(each["recipient_code"] for each in mine),
            thing_count=len(mine),
        )


def _is_in_a_case(found: Mapping[str, Any], recipients: Iterable[str | None]) -> bool:
    """Whether a breach in a computed table is in what there is to do of books or of its recipient's case."""
    holds = rules()[found["rule"]].holds if found["rule"] in rules() else None
    return holds is not None and (holds.table == "core_book_match" or found["recipient_code"] in recipients)


def _same(values: Iterable[str | None]) -> str | None:
    """What all have in common; None where they differ."""
    every = set(values)
    return every.pop() if len(every) == 1 else None


def owner_of(rule: str, task: str) -> str:
    """Who settles what a rule found: whose name or number it is, is for the register to say."""
    return words.REGISTER_HOLDER if rule.startswith(words.OF_REGISTER) else words.OWNED_BY[task]
