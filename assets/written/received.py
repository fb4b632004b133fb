"""`raw_*` and `core_*` of what was received: files, rows, and what each row says."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from assets.domain import audit, findings
from assets.domain.counting import Counted
from assets.domain.evaluation.answers import respondent_of
from assets.domain.evaluation.set_aside import of_round
from assets.domain.findings import NOT_TOLD
from assets.domain.funnel import funnel
from assets.domain.reading import corrections, dates
from assets.domain.reading.cells import as_text, type_of
from assets.domain.reading.forms import text_of
from assets.domain.reading.register import valid_in
from assets.domain.reality import provenance_of
from assets.received import InputFile
from assets.written.computed import Computed, Part, Record
from schemas.words.alphabet import alphabetical
from schemas.words.events import OF_MONEY
from schemas.words.vocabulary import ACCEPTED, CORRECTIONS, REGISTER, SUPERSEDED


def received_tables(this: Computed) -> Part:
    """The files as they were received."""
    return {
        "raw_file": _files(this),
        "raw_row": _rows(this),
        "raw_correction": corrections.records_of(this.log, this.programme, this.known),
    }


def _files(this: Computed) -> Iterator[Record]:
    for export in this.history.exports:
        yield facts_of(export.file) | {
            "source_sheet": export.sheet.name,
            "form": export.form.form,
            "is_replaced": export.is_replaced(this.known),
            "header_row": export.header_row,
            "header_cells": [as_text(cell, export.sheet.truth) for cell in export.headers],
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
        "complete_through_date": None if file.card.closed else file.card.last_complete_day,
        "known_date": file.known_date,
        "date_note": file.card.date_note,
        "card_language": file.card.language,
        "replaces": file.card.replaces,
        "is_replaced": False,
        "sha256": file.sha256,
        "byte_count": file.byte_count,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "provenance": file.card.reality,
    }


def _rows(this: Computed) -> Iterator[Record]:
    for export in this.history.exports:
        width = max((at for at, cell in enumerate(export.headers, start=1) if text_of(cell)), default=0)
        for number, cells in enumerate(export.sheet.rows, start=1):
            filled = [text_of(cell) is not None for cell in cells]
            truth = export.sheet.truth
            yield {
                "source_file": export.path,
                "source_sheet": export.sheet.name,
                "source_row": number,
                "filled_count": sum(filled),
                "beyond_count": sum(filled[width:]),
                "cells": [as_text(cell, truth) for cell in cells],
                "types": [type_of(cell) for cell in cells],
                "provenance": export.file.card.reality,
            }


def core_tables(this: Computed) -> Part:
    """What the files say: whose each row is, what became of it, and those that count, typed."""
    owners = {each.row.address: (each.row.recipient_code, each.row.provenance) for each in this.counted}
    log = corrections.records_of(this.log, this.programme, this.known)
    return {
        "core_round": [_round(this)],
        "core_recipient": _recipients(this),
        "core_source_file": _source_files(this),
        "core_source_column": audit.source_columns(this.history.exports, this.programme),
        "core_row": (_row(each, this) for each in this.counted),
        "core_funnel": _funnel(this),
        "core_correction": corrections.listed(log, owners),
        "core_application": map(typed_record, this.accepted("core_application")),
        "core_decision": _decisions(this),
        "core_decision_part": _decision_parts(this),
        "core_usage_report": map(typed_record, this.accepted("core_usage_report")),
        "core_event": _events(this),
        "core_booking": map(typed_record, this.accepted("core_booking")),
    }


def _recipients(this: Computed) -> list[Record]:
    """The bodies of the round's year, each with its place in the Swedish order of their names."""
    bodies = [body for body in this.received.register.bodies if valid_in(body, this.received.key.year)]
    names = sorted((alphabetical(body["recipient_name"]), body["recipient_code"]) for body in bodies)
    places = {code: number for number, (_, code) in enumerate(names, start=1)}
    return [{**body, "name_no": places[body["recipient_code"]]} for body in bodies]


def _events(this: Computed) -> Iterator[Record]:
    """The events that count, those about money of a grant with the day of its first decision."""
    decided: dict[str, dt.date] = {}
    for each in this.counted:
        day = each.row.values.get("decided_date") if "core_decision" in each.row.tables else None
        if day and each.grant_id and each.fate in (ACCEPTED, SUPERSEDED):
            decided[each.grant_id] = min(day, decided.get(each.grant_id, day))
    for each in this.accepted("core_event"):
        row = typed_record(each)
        yield row | {"granted_date": decided.get(row["grant_id"]) if row["event"] in OF_MONEY else None}


def _round(this: Computed) -> Record:
    return {
        "as_of_date": this.as_of,
        "known_date": this.known,
        "cost_period_start_date": this.spec.cost_period.from_,
        "cost_period_end_date": this.spec.cost_period.to,
        "late_reports": this.spec.late_reports,
        **of_round(this.set_aside),
        "provenance": this.provenance,
    }


def _source_files(this: Computed) -> Iterator[Record]:
    yield from _files(this)
    yield from (facts_of(file) | {"form": REGISTER} for file in this.received.register.files)
    if this.received.log:
        found = [record["provenance"] for record in corrections.records_of(this.log, this.programme, this.known)]
        yield facts_of(this.received.log.file) | {"form": CORRECTIONS, "provenance": provenance_of(found)}


def _row(each: Counted, this: Computed) -> Record:
    row = each.row
    identity = {
        "recipient_code": row.recipient_code,
        "respondent_id": this.respondents[respondent_of(each)],
        "name_as_reported": row.name_as_reported,
        "submitted_at": row.submitted_at if dates.moment(row.submitted_at) else None,
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


def typed_record(each: Counted) -> Record:
    """A row that counts, typed: what its form asks, whose it is, and where it stands."""
    return {
        **each.row.values,
        "recipient_code": each.row.recipient_code,
        "grant_id": each.grant_id,
        "name_as_reported": (each.row.name_as_reported or NOT_TOLD) if each.row.recipient_code else None,
        "late": each.late,
        "part_no": each.part_no,
        **_address(each),
    }


def _funnel(this: Computed) -> Iterator[Record]:
    files: dict[str, set[str]] = {}
    for each in this.counted:
        files.setdefault(each.row.export.path, set()).add(each.row.provenance)
    return (
        row | {"provenance": provenance_of(files[row["source_file"]])}
        for row in funnel(this.counted, are_awaited=this.are_awaited)
    )


def _decisions(this: Computed) -> Iterator[Record]:
    """One row for each grant, at the first of the rows that add up to it."""
    rows = {each.row.address: each for each in this.accepted("core_decision")}
    for grant in (followed.grant for followed in this.grants):
        if decision := grant.decision:
            amounts = {"decided_sek": decision.granted_sek, "granted_sek": grant.granted_sek}
            due = {"report_due_date": decision.report_due_date}
            yield typed_record(rows[decision.source.address]) | amounts | due


def _decision_parts(this: Computed) -> Iterator[Record]:
    """The rows of the grants that several rows add up to."""
    accepted = this.accepted("core_decision")
    rows = Counter(each.grant_id for each in accepted)
    return (typed_record(each) for each in accepted if rows[each.grant_id] > 1)
