"""Conform: every received row gets a recipient and a fate, and those that count become typed tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import dagster as dg
import narwhals as nw
import pyarrow as pa

from assets.domain import findings, records
from assets.domain.forms import Received, text_rows
from assets.domain.frames import Frame, constant, nothing
from assets.domain.ledger import adjusted_decisions, dated_events
from assets.domain.names import Written, match_names
from assets.domain.register import Body, RoundRegister, valid_in
from assets.domain.submissions import funnel
from assets.frames import frame_of, records_of
from assets.ports import Inbox, RoundKey
from assets.received import received_files
from assets.rounds import ROUNDS, current_round, described, in_one_sentence, round_table
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.rules.rule import received_rules
from schemas.tables import TABLES, project
from schemas.words.vocabulary import DATA

NAMES = pa.schema(
    [
        *((name, pa.string()) for name in records.WRITTEN),
        ("recipient_code", pa.string()),
        ("official_name", pa.string()),
        ("how", pa.string()),
        ("score", pa.int64()),
        ("suggestions", pa.string()),
    ]
)
DUE = pa.schema([("recipient_code", pa.string()), ("report_due_date", pa.date32())])
PLACES = pa.schema(
    [
        ("rule", pa.string()),
        ("header", pa.string()),
        ("source_column", pa.string()),
        ("part", pa.int64()),
        ("power", pa.int64()),
    ]
)
SAID = pa.schema([(name, pa.int64() if name == "source_row" else pa.string()) for name in findings.FINDING])
PROBLEMS = pa.schema([(name, pa.int64() if name in findings.NUMBERS else pa.string()) for name in findings.PROBLEM])


@dg.multi_asset(
    partitions_def=ROUNDS,
    outs={name: dg.AssetOut(**described(name, "conform")) for name in ("core_row", "raw_finding")},
)
def conformed(  # noqa: PLR0913, PLR0917 - one argument per table, and where the register lies
    raw_file: Frame,
    raw_row: Frame,
    raw_correction: Frame,
    core_recipient: Frame,
    core_round: Frame,
    inbox: dg.ResourceParam[Inbox],
) -> tuple[Frame, Frame]:
    """Name every row's recipient, decide every row's fate, and list what was found."""
    with in_one_sentence():
        round_key = current_round()
        programme = catalogue.programme(round_key.programme)
        others = [Body.of(body) for body in inbox.register().bodies if not valid_in(body, round_key.year)]
        files = received_files(raw_file, raw_correction)
        named = [(name_rows(raw_row, file, core_recipient, programme, others), file) for file in files]
        judged = judge(named, programme, core_round)
        found = raw_findings(judged, unread(raw_file))
        return in_round(core_rows(judged), round_key), in_round(found, round_key)


@dataclasses.dataclass(frozen=True)
class Judged:
    """One file's rows with their fates, and what is wrong with them."""

    received: Received
    rows: Frame
    faults: Frame


def name_rows(
    raw_row: Frame, file: Received, recipients: Frame, programme: Programme, others: Iterable[Body] = ()
) -> Frame:
    """The file's rows with their recipients. Names are matched file by file: within one, no body is guessed twice.

    Args: others: bodies that the register knows in other years only.
    """
    bodies = [Body.of(body) for body in records_of(recipients)]
    register = RoundRegister(bodies, list(others), programme.recipients, programme.aliases)
    matches = match_names(_written(raw_row, file), register)
    names = (dataclasses.asdict(match.written) | dataclasses.asdict(match) for match in matches)
    return records.named_rows(raw_row, file, frame_of(names, NAMES), recipients)


def _written(raw_row: Frame, file: Received) -> list[Written]:
    rows = records.written_rows(raw_row, file).filter(nw.col("row_kind") == DATA)
    said = records_of(rows.filter(~nw.col("recipient_name").is_null()).select(*records.WRITTEN).unique())
    return [Written(**{name: text or "" for name, text in each.items()}) for each in said]


def judge(named: list[tuple[Frame, Received]], programme: Programme, core_round: Frame) -> list[Judged]:
    """Every file's rows with their fates. Reports are held against the deadlines of the round's decisions."""
    this_round = records_of(core_round)[0]
    standing = [(rows, file.form) for rows, file in named if not file.is_replaced]
    decisions = [(rows, form) for rows, form in standing if "report_due_date" in form.fields]
    due = nw.concat([frame_of([], DUE), *records.due_dates(decisions)], how="vertical")
    marked = [mark(rows, file, due, programme, this_round) for rows, file in named]
    fates = records.judged_rows([(each.rows, each.received.form) for each in marked], this_round["late_reports"])
    return [dataclasses.replace(each, rows=rows) for each, rows in zip(marked, fates, strict=True)]


def mark(rows: Frame, file: Received, due: Frame, programme: Programme, this_round: dict[str, Any]) -> Judged:
    """One file's rows, what is wrong with them, and which do not count whatever the others say."""
    rows = records.with_lateness(rows, due) if _is_report(file) else rows.with_columns(late=nothing("source_row") > 0)
    found = faults(rows, file, programme)
    as_of = this_round["as_of_date"].isoformat()
    excluded = _is_report(file) and this_round["late_reports"] == "exclude"
    return Judged(file, records.marked_rows(rows, found, file, as_of, late_is_excluded=excluded), found)


def faults(rows: Frame, file: Received, programme: Programme) -> Frame:
    """Everything wrong with a file's data rows (source_row, rule, header, source_column): one row per fault."""
    return records.problems(rows, file, programme, frame_of(records.predicate_places(file, programme), PLACES))


def _is_report(file: Received) -> bool:
    return file.form.fills == "core_usage_report"


def core_rows(judged: Iterable[Judged]) -> Frame:
    """Every row of every file with its fate, as table core_row without its round columns."""
    return nw.concat([_core_rows(each) for each in judged], how="vertical")


def _core_rows(each: Judged) -> Frame:
    wanted = [name for name in project.columns(TABLES["core_row"]) if name not in ("programme", "year")]
    is_data = nw.col("row_kind") == DATA
    named = nw.when(~nw.col("recipient_code").is_null()).then(nw.col("recipient_name"))
    of_form = {"form": each.received.form.form, "form_version": each.received.version}
    told = {name: constant(text, "source_file") if text else nothing("source_file") for name, text in of_form.items()}
    rows = each.rows.with_columns(**told, name_as_reported=named)
    identity = ("recipient_code", "respondent_id", "name_as_reported", "submitted_at")
    return rows.with_columns(*(nw.when(is_data).then(nw.col(name)).alias(name) for name in identity)).select(*wanted)


def raw_findings(judged: Iterable[Judged], unread_sheets: Frame) -> Frame:
    """What was found, in words and numbered, as table raw_finding without its round columns."""
    of_rows = [problem for each in judged for problem in findings.of_rows(each.rows)]
    of_cells = [findings.of_cells(each.rows, each.faults) for each in judged]
    problems = nw.concat([*of_cells, *of_rows, unread_sheets], how="vertical")
    broken = {record["rule"] for record in records_of(problems.select("rule").unique())}
    said = findings.worded(problems, [rule for rule in received_rules() if rule.id in broken])
    return findings.numbered(nw.concat([frame_of([], SAID), *said], how="vertical"))


def unread(raw_file: Frame) -> Frame:
    """Sheets of the round's workbooks that hold something and that no form claims, as problems."""
    files = records_of(raw_file.select("source_file", "provenance", "unread_sheets"))
    return frame_of(
        (
            {**file, "source_sheet": sheet, "rule": "sheet_not_read"}
            for file in files
            for sheet in file["unread_sheets"]
        ),
        PROBLEMS,
    )


def in_round(frame: Frame, round_key: RoundKey) -> Frame:
    """The frame with the columns that say which round its rows belong to."""
    like_text, like_number = "provenance", "source_row"
    return frame.with_columns(
        programme=constant(round_key.programme, like_text), year=constant(round_key.year, like_number)
    )


@round_table("conform")
def core_funnel(core_row: Frame) -> Frame:
    """Per file: received = accepted + superseded + excluded + quarantined."""
    return funnel(core_row)


@round_table("conform")
def core_application(raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The applications that count, typed."""
    return accepted("core_application", raw_file, raw_row, raw_correction, core_row)


@round_table("conform")
def core_decision(  # noqa: PLR0913, PLR0917 - one argument per table
    raw_file: Frame,
    raw_row: Frame,
    raw_correction: Frame,
    core_row: Frame,
    core_event: Frame,
    core_source_file: Frame,
) -> Frame:
    """The decisions that count, typed, and as they were last adjusted."""
    decided = accepted("core_decision", raw_file, raw_row, raw_correction, core_row)
    return adjusted_decisions(decided, dated_events(core_event, core_source_file))


@round_table("conform")
def core_event(raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The events that count, typed."""
    return accepted("core_event", raw_file, raw_row, raw_correction, core_row)


@round_table("conform")
def core_usage_report(raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The reports that count, typed, and whether they came late."""
    return accepted("core_usage_report", raw_file, raw_row, raw_correction, core_row)


@round_table("conform")
def core_answer(raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The answers of the submissions that count, one row per option."""
    programme = catalogue.programme(current_round().programme)
    answers = [
        rows
        for file in received_files(raw_file, raw_correction)
        for rows in records.accepted_answers(text_rows(raw_row, file), core_row, file, programme)
    ]
    return gathered("core_answer", answers)


def accepted(table: str, raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The rows that count of every file that fills the table; an empty table if no file does."""
    rows = [
        records.accepted_records(text_rows(raw_row, file), core_row, file, table)
        for file in received_files(raw_file, raw_correction, table)
    ]
    return gathered(table, rows)


def gathered(table: str, rows: list[Frame]) -> Frame:
    """The rows of several files as a table of the round; no rows if no file has any to give."""
    if not rows:
        return frame_of([], project.arrow_schema(TABLES[table]))
    return in_round(nw.concat(rows, how="vertical"), current_round())
