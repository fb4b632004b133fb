"""Rows become records: named, judged, addressed, and — those that count — typed and shaped as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import narwhals as nw

from assets.domain import dates
from assets.domain.answers import answer_predicates, long_answers
from assets.domain.fields import cell_of, constraint_predicates, field_predicates, place_of, typed, with_values
from assets.domain.forms import Received, text_rows
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, extended, is_true, nothing
from assets.domain.names import FINDINGS
from assets.domain.rules import Predicate, exploded, masked, parts, without_consequences
from assets.domain.submissions import decide_fates, exclusion_rule, is_late, is_supplement, known_at
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.rules.rule import consequences, rules
from schemas.tables import TABLES, project
from schemas.words.vocabulary import ACCEPTED, DATA, MIXED, TOTAL


@cache
def _blocking() -> list[str]:
    return [rule.id for rule in rules().values() if rule.severity == "quarantine"]


JUDGED_BY = (
    "source_file",
    "source_row",
    "row_kind",
    "excluded_by",
    "broken_rule",
    "submitted_at",
    "late",
    "is_supplement",
    "recipient_code",
    "respondent_id",
)
PROBLEM_CELL = ("source_row", "rule", "header", "source_column")
WRITTEN = ("recipient_name", "county_name", "code_as_reported")
"""What a row says of whose it is: a code that it gives is no match yet."""

ASKED_OR_NULL = (*WRITTEN, "respondent_id", "submitted_at")
SLOTS_OF_NAMES = {"county": "county_name", "code": "recipient_code"}
"""Where a finding about a name leads, if not to the name: to what contradicts it."""


def named_rows(raw_rows: Frame, received: Received, names: Frame, recipients: Frame) -> Frame:
    """A file's text rows with recipient_code, respondent_id and the provenance of each row.

    Args: names: one row for each distinct thing that rows say of whose they are (WRITTEN, recipient_code,
        official_name, how, score, suggestions).
    In a file of real and fictitious recipients a row is as real as its recipient.
    """
    rows = _with_keys(written_rows(raw_rows, received))
    matched = _with_keys(names).select(*KEYS, "recipient_code", "official_name", "score", "suggestions", "how")
    rows = rows.join(matched, on=list(KEYS), how="left")
    bodies = recipients.select("recipient_code", nw.col("provenance").alias("body_provenance"))
    rows = rows.join(bodies, on="recipient_code", how="left")
    return rows.with_columns(
        provenance=_provenance(received),
        respondent_id=nw.col("recipient_code" if received.form.identity == "recipient" else "respondent_id"),
    )


def written_rows(raw_rows: Frame, received: Received) -> Frame:
    """A file's text rows with all that any file may say of whose they are; null where the form does not ask."""
    rows, fields = text_rows(raw_rows, received), set(received.form.fields)
    if "recipient_code" in fields:
        rows, fields = rows.rename({"recipient_code": "code_as_reported"}), fields | {"code_as_reported"}
    return extended(rows, {name: nothing("source_file") for name in ASKED_OR_NULL if name not in fields})


KEYS = ("recipient_name", "county_key", "code_key")


def _with_keys(rows: Frame) -> Frame:
    """Beside a name, nothing said is a key like any other: null would join nothing."""
    return rows.with_columns(
        county_key=nw.col("county_name").fill_null(""), code_key=nw.col("code_as_reported").fill_null("")
    )


def _provenance(received: Received) -> nw.Expr:
    if received.provenance != MIXED:
        return constant(received.provenance, "source_file")
    return nw.col("body_provenance").fill_null(MIXED)


def due_dates(decisions: list[tuple[Frame, Form]]) -> list[Frame]:
    """The last reporting dates in the rows of the decision files (recipient_code, report_due_date)."""
    frames = []
    for rows, form in decisions:
        data = rows.filter(nw.col("row_kind") == DATA)
        known = typed(data, form, ["report_due_date"]).select("recipient_code", "report_due_date")
        frames.append(known.filter(~nw.col("recipient_code").is_null() & ~nw.col("report_due_date").is_null()))
    return frames


def with_lateness(rows: Frame, due: Frame) -> Frame:
    """Add `late`: did the report come after its recipient's last day? Null where either date is unknown."""
    last = due.group_by("recipient_code").agg(nw.col("report_due_date").max())
    rows = rows.join(last, on="recipient_code", how="left")
    return rows.with_columns(late=is_late(nw.col("submitted_at"), nw.col("report_due_date")))


def predicates(received: Received, programme: Programme) -> list[Predicate]:
    """Every rule that a file's data rows are held against, one by one."""
    every = [
        *field_predicates(received.form),
        *answer_predicates(received, programme),
        *constraint_predicates(received.form),
        *_name_predicates(received.form, programme),
        *_row_predicates(received),
    ]
    there = [each for each in every if not each.slot or each.slot in received.positions]
    return without_consequences(there, consequences())


def predicate_places(received: Received, programme: Programme) -> list[dict[str, Any]]:
    """What to tell of each predicate: its rule, its cell, its part and its power of two in the part's mask."""
    return [
        {"rule": each.rule, **cell_of(received, each), "part": number, "power": 2**place}
        for number, part in enumerate(parts(predicates(received, programme)))
        for place, each in enumerate(part)
    ]


def problems(rows: Frame, received: Received, programme: Programme, places: Frame) -> Frame:
    """Everything wrong with a file's data rows (source_row, rule, header, source_column): one row per fault.

    Args: places as from `predicate_places`.
    """
    data = with_values(rows.filter(nw.col("row_kind") == DATA), received.form)
    found = [
        exploded(masked(data, part), places.filter(nw.col("part") == number)).select(*PROBLEM_CELL)
        for number, part in enumerate(parts(predicates(received, programme)))
    ]
    return nw.concat([*found, *_total_problems(rows, received)], how="vertical")


def _total_problems(rows: Frame, received: Received) -> list[Frame]:
    """A total row that is not the sum of the file's data rows: an amount was changed, or a row is missing.

    Where an amount cannot be read, that is what is wrong: the sum is not known. A total that cannot be read is no sum.
    A replaced file is past mending.
    """
    if not (mark := received.form.total_row) or received.is_replaced:
        return []
    read = typed(rows, received.form, [mark.sums])
    amounts = read.select("source_file", "source_row", "row_kind", amount=nw.col(mark.sums))
    data = amounts.filter(nw.col("row_kind") == DATA).with_columns(unknown=counted(nw.col("amount").is_null()))
    sums = data.group_by("source_file").agg(nw.col("amount").sum(), nw.col("unknown").sum())
    sums = sums.filter(nw.col("unknown") == 0).select("source_file", sum=nw.col("amount").cast(nw.Int64))
    totals = amounts.filter(nw.col("row_kind") == TOTAL).join(sums, on="source_file", how="left")
    differing = totals.filter(~nw.col("sum").is_null() & ~is_true(nw.col("amount") == nw.col("sum")))
    cell = {"rule": "total_row_differs", **place_of(received, mark.sums)}
    told = differing.with_columns(**{name: constant(text, "source_file") for name, text in cell.items()})
    return [told.select(*PROBLEM_CELL)]


def _name_predicates(form: Form, programme: Programme) -> Iterator[Predicate]:
    """What can keep a name from being certain."""
    for how, rule in FINDINGS.items():
        slot = SLOTS_OF_NAMES.get(how, "recipient_name")
        if {slot, "recipient_name"} <= form.fields.keys() and how not in programme.recipients:
            yield Predicate(rule, nw.col("how") == how, slot)


def _row_predicates(received: Received) -> Iterator[Predicate]:
    """What can be wrong with a row as a whole."""
    yield Predicate("row_too_long", nw.col("beyond_count") > 0)
    if received.own_columns:
        yield Predicate("row_of_two_versions", nw.col("version_count") > 1)
    if received.provenance != MIXED:
        yield Predicate("reality_differs", nw.col("body_provenance") != received.provenance)
    if "event_date" in received.form.fields:
        happened, known = dates.moment(nw.col("event_date")), known_at(received)
        yield Predicate("event_in_the_future", happened.str.slice(0, 10) > known.str.slice(0, 10), "event_date")
    if "recorded_date" in received.form.fields and received.known_date:
        recorded = dates.moment(nw.col("recorded_date")).str.slice(0, 10)
        yield Predicate("event_in_the_future", recorded > received.known_date, "recorded_date")
    if received.form.identity == "respondent":
        yield Predicate("row_almost_empty", nw.col("filled_count") == 1)


def marked_rows(rows: Frame, faults: Frame, received: Received, as_of: str, *, late_is_excluded: bool) -> Frame:
    """The rows of one file with the rule that excludes each (`excluded_by`) and the first it breaks (`broken_rule`).

    Args: rows with `late`; faults as from `problems`; as_of an ISO date.
    """
    blocking = faults.filter(nw.col("rule").is_in(_blocking()))
    first = blocking.group_by("source_row").agg(nw.col("rule").min()).rename({"rule": "broken_rule"})
    rows = rows.with_columns(is_supplement=is_supplement(received.form))
    rows = rows.with_columns(excluded_by=exclusion_rule(received, as_of, late_is_excluded=late_is_excluded))
    return rows.join(first, on="source_row", how="left")


def judged_rows(marked: Sequence[tuple[Frame, Form]], late_reports: str) -> list[Frame]:
    """The rows of each file with `fate`, `rule` and `late`; files that compete for one place are judged together.

    Args: rows as from `marked_rows`, and their form; late_reports: the round's policy.
    """
    fates = {_competition(form): _fates(marked, form, late_reports) for _, form in marked}
    return [_with_fate(rows, fates[_competition(form)]) for rows, form in marked]


def _competition(form: Form) -> str:
    return form.fills or form.form


def _fates(marked: Sequence[tuple[Frame, Form]], form: Form, late_reports: str) -> Frame:
    rivals = [rows.select(*JUDGED_BY) for rows, other in marked if _competition(other) == _competition(form)]
    decided = decide_fates(nw.concat(rivals, how="vertical"), form, late_reports)
    return decided.select("source_file", "source_row", "fate", "rule", "late", "excluded_by")


def _with_fate(rows: Frame, fates: Frame) -> Frame:
    judged = [name for name in rows.collect_schema().names() if name not in ("late", "excluded_by")]
    decided = rows.select(judged).join(fates, on=["source_file", "source_row"], how="left")
    return decided.with_columns(is_accepted_late=is_true(nw.col("late")) & is_true(nw.col("fate") == ACCEPTED))


def accepted_records(rows: Frame, fates: Frame, received: Received, table: str) -> Frame:
    """The rows of one file that count, typed, as rows of a table without its round columns.

    Args: fates: core_row of the round. Columns that the form does not ask for are null.
    """
    mine = fates.filter((nw.col("source_file") == received.source_file) & is_true(nw.col("fate") == ACCEPTED))
    address = ["source_row", "recipient_code", "respondent_id", "name_as_reported", "late", "provenance"]
    own = typed(rows, received.form).drop("recipient_code", strict=False)
    kept = own.join(mine.select(*address), on="source_row", how="inner")
    present = {*received.form.fields, *received.form.sums, *address, "source_file", "source_sheet"}
    return completed(kept, table, present)


def completed(rows: Frame, table: str, present: set[str]) -> Frame:
    """The table's columns without those of the round; those that are not present are null, in the table's type."""
    wanted = {field.name: str(field.type) for field in project.arrow_schema(TABLES[table])}
    for name in ROUND_KEY:
        del wanted[name]
    absent = {name: NOTHING[kind] for name, kind in wanted.items() if name not in present}
    return extended(rows, absent).select(*wanted)


NOTHING = {
    "string": nothing("source_file"),
    "int64": nothing("source_row"),
    "bool": nothing("source_row") > 0,
    "date32[day]": nothing("source_file").str.to_date(format="%Y-%m-%d"),
}
"""Null in each type a table may have, from the columns every sourced row has."""


def accepted_answers(rows: Frame, fates: Frame, received: Received, programme: Programme) -> list[Frame]:
    """The answers of the rows that count: one frame per option, as rows of core_answer without its round columns."""
    mine = fates.filter((nw.col("source_file") == received.source_file) & is_true(nw.col("fate") == ACCEPTED))
    address = mine.select("source_row", "recipient_code", "respondent_id", "provenance")
    return [
        answers.join(address, on="source_row", how="inner").with_columns(
            form=constant(received.form.form, "question"),
            source_file=constant(received.source_file, "question"),
            source_sheet=_sheet(received),
        )
        for answers in long_answers(rows, received, programme)
    ]


def _sheet(received: Received) -> nw.Expr:
    return constant(received.source_sheet, "question") if received.source_sheet else nothing("question")
