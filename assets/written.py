"""What was computed of a round, written as its tables: each table is made in one place, here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from assets.domain import audit, findings
from assets.domain.counting import Counted, funnel
from assets.domain.evaluation import grants as figures
from assets.domain.evaluation.comparisons import comparisons
from assets.domain.evaluation.dimensions import categories_of_recipients
from assets.domain.evaluation.indicators import (
    Answers,
    indicators,
    indicators_by_group,
    measures_by_group,
)
from assets.domain.grant import books, ledger
from assets.domain.grant.case import case_events
from assets.domain.grant.follow import Followed, event_of
from assets.domain.grant.grounds import Period, candidates
from assets.domain.grant.ledger import Entry
from assets.domain.grant.receivables import receivables, year_ends
from assets.domain.grant.records import provenance_of
from assets.domain.grant.todo import order_of, todo_of
from assets.domain.past import revisions
from assets.domain.reading import corrections
from assets.domain.reading.forms import text_of
from assets.domain.reading.history import History
from assets.domain.reading.register import valid_in
from assets.received import InputFile, Received
from assets.tables import Tables, completed, in_round, table_of
from schemas.configuration.accounting import Accounting
from schemas.configuration.programme import Programme, RoundSpec
from schemas.rules.rule import rules
from schemas.tables import ROUND_TABLES
from schemas.tables.base import table_name
from schemas.words.cases import DECIDING
from schemas.words.vocabulary import CORRECTIONS, EVERYONE, REAL, REGISTER

Record = dict[str, Any]


@dataclass(frozen=True)
class Round:
    """Everything that was computed of a round, before it is written."""

    received: Received
    programme: Programme
    as_of: dt.date
    history: History
    log: Sequence[corrections.Entry]
    counted: Sequence[Counted]
    ledger: Sequence[Entry]
    grants: Sequence[Followed]
    answers: pa.Table

    @property
    def spec(self) -> RoundSpec:
        """What the programme declares of the round."""
        return self.programme.rounds[self.received.key.year]

    @cached_property
    def told(self) -> frozenset[str]:
        """The events that some form of the round can tell of: of all others nothing is known."""
        return self.programme.told_events(self.received.key.year)

    @cached_property
    def provenance(self) -> str:
        """How real the round is: as its files are."""
        return provenance_of(export.file.card.reality for export in self.history.exports)

    def accepted(self, table: str) -> list[Counted]:
        """The rows that count of every file that fills a table."""
        return [each for each in self.counted if each.is_accepted and each.row.form.fills == table]


def tables_of(this: Round) -> Tables:
    """Every table of the round."""
    same = in_round(this.received.key)
    records: dict[str, list[Record]] = {}
    for part in (_received, _core, _money, _cases, _books, _figures):
        records |= {name: completed(name, rows, same) for name, rows in part(this).items()}
    records |= {name: completed(name, rows, same) for name, rows in _audit(this, records).items()}
    tables = {name: table_of(name, rows) for name, rows in records.items()} | {"core_answer": this.answers}
    return {name: tables[name] for name in map(table_name, ROUND_TABLES)}


Part = dict[str, Iterable[Record]]


# -- as received ------------------------------------------------------------------------------------------------------
def _received(this: Round) -> Part:
    return {
        "raw_file": _files(this),
        "raw_row": _rows(this),
        "raw_correction": corrections.records_of(this.log, this.programme, this.as_of),
    }


def _files(this: Round) -> Iterator[Record]:
    for export in this.history.exports:
        yield facts_of(export.file) | {
            "source_sheet": export.sheet.name,
            "form": export.form.form,
            "is_replaced": export.is_replaced(this.as_of),
            "header_row": export.header_row,
            "header_cells": [_as_text(cell) for cell in export.headers],
            "unread_sheets": findings.unread_sheets(export),
            "row_count": len(export.sheet.rows),
        }


def facts_of(file: InputFile) -> Record:
    """What a file's source card says, and how it was read: what every table of files has."""
    return {
        "source_file": file.path,
        "title": file.card.title,
        "origin": file.card.origin,
        "sender": file.card.sender,
        "licence": file.card.licence,
        "note": file.card.note,
        "source_date": file.card.date,
        "known_date": file.known_date,
        "date_note": file.card.date_note,
        "replaces": file.card.replaces,
        "is_replaced": False,
        "sha256": file.sha256,
        "byte_count": file.byte_count,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "provenance": file.card.reality,
    }


def _as_text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _rows(this: Round) -> Iterator[Record]:
    for export in this.history.exports:
        width = max((at for at, cell in enumerate(export.headers, start=1) if text_of(cell)), default=0)
        for number, cells in enumerate(export.sheet.rows, start=1):
            filled = [text_of(cell) is not None for cell in cells]
            yield {
                "source_file": export.path,
                "source_sheet": export.sheet.name,
                "source_row": number,
                "filled_count": sum(filled),
                "beyond_count": sum(filled[width:]),
                "cells": [_as_text(cell) for cell in cells],
                "provenance": export.file.card.reality,
            }


# -- what it says -----------------------------------------------------------------------------------------------------
def _core(this: Round) -> Part:
    owners = {each.row.address: (each.row.recipient_code, each.row.provenance) for each in this.counted}
    log = corrections.records_of(this.log, this.programme, this.as_of)
    return {
        "core_round": [_round(this)],
        "core_recipient": [body for body in this.received.register.bodies if valid_in(body, this.received.key.year)],
        "core_source_file": _source_files(this),
        "core_source_column": audit.source_columns(this.history.exports, this.programme),
        "core_row": map(_row, this.counted),
        "core_funnel": _funnel(this),
        "core_correction": corrections.listed(log, owners),
        "core_application": map(_record, this.accepted("core_application")),
        "core_decision": _decisions(this),
        "core_usage_report": map(_record, this.accepted("core_usage_report")),
        "core_event": map(_record, this.accepted("core_event")),
        "core_booking": map(_record, this.accepted("core_booking")),
    }


def _round(this: Round) -> Record:
    return {
        "as_of_date": this.as_of,
        "cost_period_start_date": this.spec.cost_period.from_,
        "cost_period_end_date": this.spec.cost_period.to,
        "late_reports": this.spec.late_reports,
        "provenance": this.provenance,
    }


def _source_files(this: Round) -> Iterator[Record]:
    yield from _files(this)
    yield from (facts_of(file) | {"form": REGISTER} for file in this.received.register.files)
    if this.received.log:
        found = [record["provenance"] for record in corrections.records_of(this.log, this.programme, this.as_of)]
        yield facts_of(this.received.log.file) | {"form": CORRECTIONS, "provenance": provenance_of(found)}


def _row(each: Counted) -> Record:
    row = each.row
    name = row.line.texts.get("recipient_name") if row.recipient_code else None
    identity = {
        "recipient_code": row.recipient_code,
        "respondent_id": row.respondent_id,
        "name_as_reported": name,
        "submitted_at": row.submitted_at,
        "grant_id": each.grant_id,
    }
    return {
        **_address(each),
        "form": row.form.form,
        "form_version": row.line.version.name or None,
        "row_kind": row.line.kind,
        "fate": each.fate,
        "rule": each.rule,
        "late": each.late,
        "corrected_count": row.line.corrected_count,
        **(identity if row.is_data else {}),
    }


def _address(each: Counted) -> Record:
    row = each.row
    return {
        "source_file": row.export.path,
        "source_sheet": row.export.sheet.name,
        "source_row": row.number,
        "provenance": row.provenance,
    }


def _record(each: Counted) -> Record:
    """A row that counts, typed: what its form asks, whose it is, and where it stands."""
    return {
        **each.row.values,
        "recipient_code": each.row.recipient_code,
        "grant_id": each.grant_id if each.row.recipient_code else None,
        "name_as_reported": each.row.line.texts.get("recipient_name") if each.row.recipient_code else None,
        "late": each.late,
        **_address(each),
    }


def _funnel(this: Round) -> Iterator[Record]:
    files: dict[str, set[str]] = {}
    for each in this.counted:
        files.setdefault(each.row.export.path, set()).add(each.row.provenance)
    return (row | {"provenance": provenance_of(files[row["source_file"]])} for row in funnel(this.counted))


def _decisions(this: Round) -> Iterator[Record]:
    granted = {followed.grant.grant_id: followed.grant.granted_sek for followed in this.grants}
    for each in this.accepted("core_decision"):
        record = _record(each)
        yield record | {"decided_sek": record["granted_sek"], "granted_sek": granted[str(each.grant_id)]}


# -- money ------------------------------------------------------------------------------------------------------------
def _money(this: Round) -> Part:
    accounts = [(followed.account, followed.grant.provenance) for followed in this.grants]
    return {
        "core_reconciliation": (_reconciliation(this, followed) for followed in this.grants),
        "core_ledger_entry": ledger.records_of(this.ledger),
        "core_account": map(_account, this.grants),
        "out_balance": figures.balances_of_round(accounts),
        "out_revision": revisions(this.ledger, this.told),
    }


def _reconciliation(this: Round, followed: Followed) -> Record:
    period = this.spec.cost_period
    return vars(followed.reconciliation) | {
        "cost_period_start_date": period.from_,
        "cost_period_end_date": period.to,
    }


def _account(followed: Followed) -> Record:
    grant = followed.grant
    who = {"grant_id": grant.grant_id, "recipient_code": grant.recipient_code, "provenance": grant.provenance}
    return vars(followed.account) | who | {"status": followed.status}


# -- cases ------------------------------------------------------------------------------------------------------------
def _cases(this: Round) -> Part:
    period = Period(this.spec.cost_period.from_, this.spec.cost_period.to)
    year, ordinance = this.received.key.year, this.programme.ordinance
    cases = [followed.case for followed in this.grants if followed.case]
    return {
        "core_provision": _provisions(this),
        "core_case_event": (row for followed in this.grants for row in _case_events(followed)),
        "core_recovery_case": (_case(followed) for followed in this.grants if followed.case),
        "core_candidate_ground": (row for case in cases for row in candidates(case, ordinance, year, period)),
        "core_todo": (row for followed in this.grants for row in _todo(followed)),
    }


def _case_events(followed: Followed) -> Iterator[Record]:
    for each in case_events(followed.grant.events):
        event = each.event
        yield {
            **{name: value for name, value in vars(event).items() if name != "source"},
            "event_date": event.happened,
            "recorded_date": event.known_date,
            "claim_count": each.claim_count,
            "notice_count": each.notice_count,
            "reply_due_date": each.reply_due_date,
            **vars(event.source),
        }


def _case(followed: Followed) -> Record:
    case, facts = followed.case, followed.case.facts if followed.case else None
    if case is None or facts is None:
        return {}
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
    if case and (todo := todo_of(case)):
        yield {
            "grant_id": followed.grant.grant_id,
            "recipient_code": followed.grant.recipient_code,
            "case_number": _case_number(followed),
            "todo": todo,
            "todo_no": order_of(todo),
            "since_date": case.state_date,
            "due_date": case.next_due_date,
            "is_overdue": case.is_overdue,
            "amount_sek": case.amount_at_issue_sek,
            "provenance": followed.grant.provenance,
        }


def _provisions(this: Round) -> Iterator[Record]:
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


# -- books ------------------------------------------------------------------------------------------------------------
def _books(this: Round) -> Part:
    accounting, year = this.programme.accounting, this.received.key.year
    days = year_ends(accounting, year, this.as_of) if accounting else []
    matches = _matches(this, accounting) if accounting and _has_books(this) else []
    return {
        "core_book_match": books.records_of(matches),
        "out_book_by_year": books.by_result(matches),
        "out_receivable": receivables(this.ledger, days, this.told),
    }


def _has_books(this: Round) -> bool:
    return any(this.programme.forms[name].fills == "core_booking" for name in this.spec.forms)


def _matches(this: Round, accounting: Accounting) -> list[books.Match]:
    cases = {entry.case_number for entry in this.ledger} | {
        each.row.values.get("case_number") for each in this.accepted("core_application")
    }
    known = {case for case in cases if case}
    return books.matches(this.ledger, this.accepted("core_booking"), known, accounting)


# -- what is printed --------------------------------------------------------------------------------------------------
def _figures(this: Round) -> Part:
    reconciled = [followed.reconciliation for followed in this.grants]
    declared = this.programme.indicators
    granted: dict[str, int] = {}
    for followed in this.grants:
        if followed.grant.granted_sek is not None:
            code = followed.grant.recipient_code
            granted[code] = granted.get(code, 0) + followed.grant.granted_sek
    recipients = categories_of_recipients(_bodies(this), granted, declared)
    grouped_by = {EVERYONE, *declared.grants_by}
    wanted = {code: [each for each in mine if each.dimension in grouped_by] for code, mine in recipients.items()}
    answers = Answers(this.answers, this.programme, granted, recipients, len(granted))
    events = map(event_of, this.accepted("core_event"))
    return {
        "out_grant_by_year": figures.grant_by_year(reconciled),
        "out_funds_by_year": figures.funds_by_year([followed.grant for followed in this.grants], events),
        "out_application_by_year": figures.application_by_year(
            [_record(each) for each in this.accepted("core_application")]
        ),
        "out_annex": figures.annex(reconciled, _names(this), _names_as_reported(this)),
        "out_grant_by_group": figures.grant_by_group(reconciled, wanted),
        "out_indicator": indicators(answers),
        "out_indicator_by_group": indicators_by_group(answers),
        "out_measure_by_group": measures_by_group(answers),
        "out_comparison": comparisons(answers, this.received.key.year, this.provenance),
    }


def _bodies(this: Round) -> list[Record]:
    return [body for body in this.received.register.bodies if valid_in(body, this.received.key.year)]


def _names(this: Round) -> dict[str, str]:
    return {body["recipient_code"]: body["recipient_name"] for body in _bodies(this)}


def _names_as_reported(this: Round) -> dict[str, str]:
    rows = this.accepted("core_decision")
    return {str(each.grant_id): each.row.line.texts["recipient_name"] or "" for each in rows}


# -- what was found ---------------------------------------------------------------------------------------------------
def _audit(this: Round, records: dict[str, list[Record]]) -> dict[str, list[Record]]:
    """The findings in received rows, and in the tables that are made of them."""
    exports = this.history.exports
    in_rows = [*findings.of_rows(this.counted), *_in_totals(this), *findings.of_sheets(exports)]
    in_tables = findings.of_tables(records, findings.cells_of(exports))
    waivers = findings.in_force(this.spec.waivers, this.received.today)
    found = findings.waived(findings.numbered([*in_rows, *in_tables]), waivers)
    counts = audit.counted_by_rule(found)
    of_round = {"provenance": this.provenance}
    return {
        "raw_finding": findings.numbered(in_rows),
        "core_finding": found,
        "core_waiver": [row | of_round for row in audit.waivers_of(this.spec.waivers, counts, this.received.today)],
        "core_rule_result": [row | of_round for row in audit.rule_results(this.programme, counts)],
    }


def _in_totals(this: Round) -> Iterator[findings.Finding]:
    rows: dict[str, list[Any]] = {}
    for each in this.counted:
        rows.setdefault(each.row.export.path, []).append(each.row)
    for export in this.history.exports:
        yield from findings.of_totals(export, rows.get(export.path, []), this.as_of)
