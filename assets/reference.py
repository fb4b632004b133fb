"""Reference: who can be a recipient, and the round itself with the date its figures are computed as of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import dagster as dg
import narwhals as nw

from assets.domain.fields import typed
from assets.domain.forms import text_rows
from assets.domain.frames import Frame, is_true
from assets.domain.register import valid_in
from assets.frames import frame_of, records_of
from assets.ports import Inbox, Settings
from assets.received import applied_corrections, file_facts, received_files
from assets.rounds import chosen_date, current_round, round_table
from schemas.configuration import catalogue
from schemas.configuration.forms import RECORDED_FIELDS, Form
from schemas.tables import TABLES, project
from schemas.words.vocabulary import CORRECTIONS, DATA, MIXED, REGISTER


@round_table("reference")
def core_recipient(inbox: dg.ResourceParam[Inbox]) -> Frame:
    """The register as of the round's year: municipalities, regions, and the declared fictitious bodies."""
    round_key = current_round()
    this_round = {"programme": round_key.programme, "year": round_key.year}
    records = [this_round | body for body in inbox.register().bodies if valid_in(body, round_key.year)]
    return frame_of(records, project.arrow_schema(TABLES["core_recipient"]))


@round_table("reference")
def core_source_file(raw_file: Frame, raw_correction: Frame, inbox: dg.ResourceParam[Inbox]) -> Frame:
    """What was read, without its content: the round's files, its corrections, and the register's files."""
    schema, round_key = project.arrow_schema(TABLES["core_source_file"]), current_round()
    others = [file_facts(round_key, file) | {"form": REGISTER} for file in inbox.register().files]
    if log := inbox.corrections(round_key):
        provenance = of_all(record["provenance"] for record in records_of(raw_correction.select("provenance")))
        others.append(file_facts(round_key, log.file) | {"form": CORRECTIONS, "provenance": provenance})
    return nw.concat([raw_file.select(*schema.names), frame_of(others, schema)], how="vertical")


@round_table("reference")
def core_round(raw_file: Frame, raw_row: Frame, raw_correction: Frame, settings: dg.ResourceParam[Settings]) -> Frame:
    """The round, as of the date chosen for the run or else the latest date in its files: never the clock."""
    round_key = current_round()
    programme = catalogue.programme(round_key.programme)
    spec = programme.rounds[round_key.year]
    record: dict[str, Any] = {
        "programme": round_key.programme,
        "year": round_key.year,
        "as_of_date": chosen_date(settings.as_of) or latest_date(raw_file, raw_row, raw_correction),
        "cost_period_start_date": spec.cost_period.from_,
        "cost_period_end_date": spec.cost_period.to,
        "late_reports": spec.late_reports,
        "provenance": of_all(record["provenance"] for record in records_of(raw_file.select("provenance"))),
    }
    return frame_of([record], project.arrow_schema(TABLES["core_round"]))


def of_all(provenances: Iterable[str]) -> str:
    """The provenance of what rests on several sources: theirs if they agree, else mixed."""
    return next(iter(found)) if len(found := set(provenances)) == 1 else MIXED


def latest_date(raw_file: Frame, raw_row: Frame, raw_correction: Frame) -> dt.date:
    """The latest date recorded in the round: of a source card, a correction, or a row that knows its own."""
    dates: list[dt.date] = [max(record.values()) for record in records_of(raw_file.select("source_date", "known_date"))]
    dates += [correction["corrected_date"] for correction in applied_corrections(raw_correction)]
    for received in received_files(raw_file, raw_correction):
        recorded = set(RECORDED_FIELDS) & set(received.form.fields)
        rows = typed(_counting(text_rows(raw_row, received), received.form), received.form, recorded)
        for field in recorded:
            known = rows.filter(is_true(~nw.col(field).is_null())).select(nw.col(field).cast(nw.String).max())
            dates += [dt.date.fromisoformat(text[:10]) for text in known_texts(known, field)]
    return max(dates)


def _counting(rows: Frame, form: Form) -> Frame:
    """The data rows but tests and drafts: a date that somebody tried out is no date of the round."""
    rows = rows.filter(nw.col("row_kind") == DATA)
    for exclusion in form.excluded_when:
        rows = rows.filter(~is_true(nw.col(exclusion.field) == exclusion.text))
    return rows


def known_texts(frame: Frame, field: str) -> list[str]:
    """The one text of a one-row frame, or nothing if it is null."""
    return [record[field] for record in records_of(frame) if record[field] is not None]
