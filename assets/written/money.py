"""The tables about money: reconciliation, ledger and accounts, cases and what to do, the books."""

from __future__ import annotations

from collections.abc import Iterator

from assets.domain.evaluation import grants as figures
from assets.domain.grant import books, entries, unplaced
from assets.domain.grant.case import Case, case_events
from assets.domain.grant.cash import cash_of
from assets.domain.grant.decided import by_ground, decisions_of
from assets.domain.grant.follow import Followed
from assets.domain.grant.grounds import Period, candidates
from assets.domain.grant.receivables import receivables, year_ends
from assets.domain.grant.todo import todos_of
from assets.domain.past import revisions
from assets.written.computed import Computed, Part, Record
from schemas.rules.rule import rules
from schemas.words.cases import DECIDING, NOT_PLACED
from schemas.words.vocabulary import REAL


def money_tables(this: Computed) -> Part:
    """What was granted, used and repaid: reconciliation, ledger, accounts and what they came to."""
    accounts = [(followed.account, followed.grant.provenance) for followed in this.grants]
    return {
        "core_reconciliation": (_reconciliation(this, followed) for followed in this.grants),
        "core_ledger_entry": entries.records_of(this.ledger),
        "core_account": map(_account, this.grants),
        "core_recovery_decision": (row for followed in this.grants for row in decisions_of(followed)),
        "out_recovery_by_ground": by_ground(this.grants),
        "core_unplaced": unplaced.records_of(this.unplaced),
        "out_cash": cash_of(((followed.grant, followed.account) for followed in this.grants), this.unplaced),
        "out_balance": figures.balances_of_round(accounts),
        "out_revision": revisions(this.ledger, this.told),
    }


def _reconciliation(this: Computed, followed: Followed) -> Record:
    period = this.spec.cost_period
    return vars(followed.reconciliation) | {
        "cost_period_start_date": period.from_,
        "cost_period_end_date": period.to,
    }


def _account(followed: Followed) -> Record:
    grant = followed.grant
    who = {"grant_id": grant.grant_id, "recipient_code": grant.recipient_code, "provenance": grant.provenance}
    alike = sorted(each.source.address for each in grant.adjusted_alike)
    told = {
        "status": followed.status,
        "not_known_since_date": followed.not_known_since,
        "rival_decision_count": len(alike),
        "rival_decisions": ", ".join(f"{file}:{row}" for file, row in alike) or None,
    }
    return vars(followed.account) | who | told


def case_tables(this: Computed) -> Part:
    """The law, what happened in the cases, what there is to decide, on what evidence, and what to do next."""
    period = Period(this.spec.cost_period.from_, this.spec.cost_period.to)
    year, ordinance = this.received.key.year, this.programme.ordinance
    cases = [each.case for each in this.grants if each.case and each.case.matter not in NOT_PLACED]
    return {
        "core_provision": _provisions(this),
        "core_case_event": (row for followed in this.grants for row in _case_events(followed)),
        "core_recovery_case": (_case(followed, followed.case) for followed in this.grants if followed.case),
        "core_candidate_ground": (row for case in cases for row in candidates(case, ordinance, year, period)),
        "core_todo": (row for followed in this.grants for row in _todo(followed)),
    }


def _case_events(followed: Followed) -> Iterator[Record]:
    for each in case_events(followed.grant.events, followed.acts):
        event = each.event
        yield {
            **{name: value for name, value in vars(event).items() if name != "source"},
            "event_date": event.happened,
            "recorded_date": event.known_date,
            "asked_count": each.asked_count,
            "notice_count": each.notice_count,
            "reply_due_date": each.reply_due_date,
            "claim_date": each.claim_date,
            **vars(event.source),
        }


def _case(followed: Followed, case: Case) -> Record:
    facts = case.facts
    claim, decision = facts.last(("recovery_decided", "repaid_after_recovery")), facts.last(DECIDING)
    return {
        **_account(followed),
        "case_number": _case_number(followed),
        "matter": case.matter,
        "state": case.state,
        "opened_date": case.opened_date,
        "state_date": case.state_date,
        "next_due_date": case.next_due_date,
        "is_overdue": case.is_overdue,
        "known_through_date": case.known_through,
        "exported_date": case.told.exported,
        "claimed_date": claim.happened if claim else None,
        "decided_date": decision.happened if decision else None,
        "decided_by": decision.decided_by if decision else None,
        "reason": decision.reason if decision else None,
        "amount_at_issue_sek": case.amount_at_issue_sek,
    }


def _case_number(followed: Followed) -> str | None:
    decision = followed.grant.decision
    return decision.case_number if decision else None


def _todo(followed: Followed) -> Iterator[Record]:
    case = followed.case
    for each in todos_of(case) if case else ():
        yield {
            "grant_id": followed.grant.grant_id,
            "recipient_code": followed.grant.recipient_code,
            "case_number": _case_number(followed),
            "todo": each.todo,
            "todo_no": each.order,
            "since_date": each.since_date,
            "due_date": each.due_date,
            "is_overdue": each.is_overdue,
            "amount_sek": each.amount_sek,
            "provenance": followed.grant.provenance,
        }


def _provisions(this: Computed) -> Iterator[Record]:
    """The provisions in force in the round's year, with the rules that stand on each."""
    ordinance = this.programme.ordinance
    for number, (name, each) in enumerate(ordinance.in_force(this.received.key.year).items(), start=1):
        standing = [rule.id for rule in rules().values() if rule.source == f"provision:{name}"]
        yield {
            "provision": name,
            "provision_no": number,
            "section_sv": each.sv,
            "section_en": each.en,
            "says_sv": each.says.sv,
            "says_en": each.says.en,
            "concerns": each.concerns,
            "part_of": each.part_of,
            "valid_from_date": each.valid_from,
            "valid_to_date": each.valid_to,
            "status": ordinance.status,
            "rules": ", ".join(standing) or None,
            "rule_count": len(standing),
            "suggested_by": ", ".join(each.suggested_by) or None,
            "provenance": REAL,
        }


def book_tables(this: Computed) -> Part:
    """The ledger held against the books, and what was left to repay at each year-end."""
    accounting, year, matches = this.programme.accounting, this.received.key.year, this.book_matches
    days = year_ends(accounting, year, this.as_of) if accounting else []
    return {
        "core_book_match": books.records_of(matches),
        "out_book_by_year": books.by_result(matches),
        "out_receivable": receivables(this.ledger, days, this.told, matches),
    }
