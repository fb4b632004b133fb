"""What received rows state, since when: the rows that count or have counted, as the ledger needs them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import narwhals as nw

from assets.domain.dates import day
from assets.domain.fields import typed
from assets.domain.forms import Change, Received, text_rows
from assets.domain.frames import ROUND_KEY, Frame, constant, extended, first_of, is_true, nothing
from assets.domain.records import NOTHING
from assets.domain.submissions import REPLACED_RULE, is_supplement, known_at, known_with_its_file
from schemas.words.vocabulary import ACCEPTED, SUPERSEDED

DATED_BY = {"core_decision": "decided_date", "core_usage_report": "submitted_at", "core_event": "event_date"}
"""The field of a form that says when what a row states happened, by the table that the form fills."""

AMOUNTS = {
    "core_decision": ("granted_sek",),
    "core_usage_report": ("used_sek", "salary_sek", "unused_sek"),
    "core_event": ("amount_sek",),
}


@dataclass(frozen=True)
class Reading:
    """A file as it was read for a while: which rows, with which changes, since and until when (ISO days)."""

    file: Received
    rows: tuple[int, ...] | None = None
    """Only these rows; None: all but those in `but`."""
    but: tuple[int, ...] = ()
    since: str | None = None
    until: str | None = None


def readings(file: Received, dated: list[tuple[str, Change]]) -> list[Reading]:
    """The file as it was read before, between and after the corrections of its amounts.

    Args: file with its other changes; dated: the corrections of amounts with the day (ISO) of each.
    """
    touched = tuple(sorted({change.row for _, change in dated}))
    days = sorted({each for each, _ in dated})
    bounds = [None, *days, None]
    return [Reading(file, but=touched)] + [
        Reading(
            replace(file, changes=[*file.changes, *(change for each, change in dated if since and each <= since)]),
            rows=touched,
            since=since,
            until=until,
        )
        for since, until in itertools.pairwise(bounds)
        if touched
    ]


def stated_rows(raw_rows: Frame, fates: Frame, reading: Reading, table: str) -> Frame:
    """The rows of a reading that count, or did until another one did, as rows of `ledger.STATED` with their amounts.

    Args: raw_rows as table raw_row; fates: core_row of the round; table: the one that the form fills.
    """
    file = reading.file
    told = is_true(nw.col("fate").is_in([ACCEPTED, SUPERSEDED])) & ~is_true(nw.col("rule") == REPLACED_RULE)
    mine = fates.filter((nw.col("source_file") == file.source_file) & told)
    address = mine.select(*ROUND_KEY, "source_row", "recipient_code", "late", "fate", "provenance")
    rows = _with_dates(_of_reading(text_rows(raw_rows, file), reading), file, table)
    rows = typed(rows, file.form, AMOUNTS[table]).drop("recipient_code", "provenance", strict=False)
    absent = [name for name in ("case_number", *AMOUNTS[table]) if name not in {*file.form.fields, *file.form.sums}]
    rows = extended(rows, {name: NOTHING["string" if name == "case_number" else "int64"] for name in absent})
    return _caused(rows.join(address, on="source_row", how="inner"), table)


def _of_reading(rows: Frame, reading: Reading) -> Frame:
    if reading.rows is not None:
        return rows.filter(nw.col("source_row").is_in(list(reading.rows)))
    return rows.filter(~nw.col("source_row").is_in(list(reading.but))) if reading.but else rows


def _with_dates(rows: Frame, file: Received, table: str) -> Frame:
    """Add what depends on the texts of a row, before these become types."""
    happened = DATED_BY[table]
    has_date = happened in file.form.fields
    return rows.with_columns(
        known_at=known_at(file),
        recorded_is_assumed=known_with_its_file(file),
        happened=day(nw.col(happened)) if has_date else NOTHING["date32[day]"],
        is_supplement=is_supplement(file.form),
    )


def _caused(rows: Frame, table: str) -> Frame:
    """Add why the row is in the ledger, whether it counts, and since and until when it was read so."""
    if table != "core_usage_report":
        cause = constant("decision", "source_file")
    else:
        cases = [(nw.col("is_supplement"), "supplement"), (is_true(nw.col("late")), "late_report")]
        cause = first_of(cases, otherwise=constant("report", "source_file"))
    return rows.with_columns(cause=cause, is_last=nw.col("fate") == ACCEPTED, event_date=nw.col("happened"))


def with_bounds(rows: Frame, reading: Reading) -> Frame:
    """Add the days of the reading as dates."""
    bounds = {"since_date": reading.since, "until_date": reading.until}
    return rows.with_columns(
        **{
            name: (constant(text, "source_file") if text else nothing("source_file")).str.to_date(format="%Y-%m-%d")
            for name, text in bounds.items()
        }
    )
