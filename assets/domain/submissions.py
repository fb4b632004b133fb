"""Which submission counts: every data row gets exactly one fate, and no row is dropped silently."""

from __future__ import annotations

import narwhals as nw

from assets.domain import dates
from assets.domain.forms import Received
from assets.domain.frames import (
    ROUND_KEY,
    Frame,
    always,
    constant,
    counted,
    first_of,
    is_true,
    never,
    nothing,
    summed,
    with_group,
)
from schemas.configuration.forms import RECORDED_FIELDS, Form
from schemas.tables import TABLES, project
from schemas.words.vocabulary import (
    ACCEPTED,
    COUNTED,
    DATA,
    EMPTIED,
    EMPTY,
    EXCLUDED,
    FATES,
    QUARANTINED,
    SET_ASIDE,
    SUPERSEDED,
)

IDENTITY = {"recipient": "recipient_code", "respondent": "respondent_id"}
SUPERSEDED_RULE = "superseded_submission"
SUPPLEMENTED_RULE = "supplemented_submission"
ALONE_RULE = "supplement_of_nothing"
REPLACED_RULE = "replaced_file"
DUPLICATE_RULE = "duplicate_key"
LATE_RULE = "late_report_excluded"


def is_late(submitted: nw.Expr, due: nw.Expr) -> nw.Expr:
    """Did the report come after its last day? Null where either date is not known."""
    day = dates.moment(submitted).str.slice(0, 10)
    return nw.when(~day.is_null() & ~due.is_null()).then(day > due.cast(nw.String))


def exclusion_rule(received: Received, as_of: str, *, late_is_excluded: bool) -> nw.Expr:
    """The rule by which a row does not count, or null: file replaced, after the as-of date, test, draft or late.

    Needs the form's slots as text, and columns `late` and `is_supplement`. A row that has no date of its own became
    known with its file. A supplement is asked for after the deadline, and is never late by itself.
    """
    form = received.form
    cases = [(always(), REPLACED_RULE)] if received.is_replaced else []
    cases.append((known_at(received).str.slice(0, 10) > as_of, "after_as_of"))
    cases += [(nw.col(exclusion.field) == exclusion.text, exclusion.rule) for exclusion in form.excluded_when]
    if late_is_excluded:
        cases.append((is_true(nw.col("late")) & ~nw.col("is_supplement"), LATE_RULE))
    return nw.when(nw.col("row_kind") == DATA).then(first_of(cases, otherwise=nothing("source_file")))


def known_at(received: Received) -> nw.Expr:
    """When a row became known, as text that sorts as time does: by its own date, or else with its file.

    Needs the form's slots as text.
    """
    return nw.coalesce(*_own_dates(received), constant(f"{received.known_date} 00:00:00", "source_file"))


def known_with_its_file(received: Received) -> nw.Expr:
    """Tell a row that has no date of its own."""
    own = _own_dates(received)
    return nw.all_horizontal(*(each.is_null() for each in own), ignore_nulls=True) if own else always()


def _own_dates(received: Received) -> list[nw.Expr]:
    return [dates.moment(nw.col(field)) for field in RECORDED_FIELDS if field in received.form.fields]


def is_supplement(form: Form) -> nw.Expr:
    """Tell a row that supplements an earlier submission."""
    return is_true(nw.col(form.supplement_when.field) == form.supplement_when.text) if form.supplement_when else never()


def decide_fates(rows: Frame, form: Form, late_reports: str = "accept") -> Frame:
    """Add `fate` and `rule` (null for rows that are no data), and `late` as it is in the end.

    Args: rows with row_kind, excluded_by and broken_rule (a rule id or null each), submitted_at (ISO text or null),
        late, is_supplement, recipient_code, respondent_id. late_reports: the round's policy.
    Of the valid submissions with one identity the latest counts; if none is the latest, or one of several has no date,
    all are quarantined. A supplement counts before what it supplements, and is as late as that was; without anything to
    supplement it is quarantined. By the policy `if_none_in_time` a late one counts only where none came in time.
    """
    if one_row_per_identity(form):
        rows = _compared(_supplemented(_late_ones_out(rows, form, late_reports), form), IDENTITY[form.identity])
    else:
        rows = rows.with_columns(is_latest=always(), is_single=always(), is_alone=never(), is_supplemented=never())
    return rows.with_columns(fate=_fate(), rule=_rule())


def _late_ones_out(rows: Frame, form: Form, late_reports: str) -> Frame:
    """Under `if_none_in_time`, late rows of those that also came in time do not count."""
    if late_reports != "if_none_in_time":
        return rows
    in_time = _valid() & ~is_true(nw.col("late")) & ~nw.col("is_supplement")
    rows = _with_count(rows.with_columns(in_time=counted(in_time)), form, "in_time")
    is_out = is_true(nw.col("late")) & ~nw.col("is_supplement") & (nw.col("in_time_count") > 0)
    cases = [(_valid() & is_out, LATE_RULE)]
    return rows.with_columns(excluded_by=first_of(cases, otherwise=nw.col("excluded_by")))


def _supplemented(rows: Frame, form: Form) -> Frame:
    """Supplements get the lateness of what they supplement; what they supplement, and those of nothing, are told."""
    identity = IDENTITY[form.identity]
    original = is_true(nw.col("row_kind") == DATA) & nw.col("excluded_by").is_null() & ~nw.col("is_supplement")
    rows = rows.with_columns(original=counted(original), supplement=counted(_valid() & nw.col("is_supplement")))
    rows = _with_count(_with_count(rows, form, "original"), form, "supplement")
    rows = rows.with_columns(late_original=nw.when(original).then(counted(nw.col("late"))))
    rows = with_group(rows, [identity], originals_late=nw.col("late_original").min())
    of_original = nw.when(~nw.col("late").is_null()).then(is_true(nw.col("originals_late") > 0))
    return rows.with_columns(
        late=nw.when(~nw.col("is_supplement")).then(nw.col("late")).otherwise(of_original),
        is_alone=_valid() & nw.col("is_supplement") & (nw.col("original_count") == 0),
        is_supplemented=_valid() & ~nw.col("is_supplement") & (nw.col("supplement_count") > 0),
    )


def _with_count(rows: Frame, form: Form, name: str) -> Frame:
    """The number of marked rows with the row's identity; none where it has no identity."""
    rows = with_group(rows, [IDENTITY[form.identity]], **{f"{name}_count": nw.col(name).sum()})
    return rows.with_columns(nw.col(f"{name}_count").fill_null(0).cast(nw.Int64))


def _valid() -> nw.Expr:
    is_data = is_true(nw.col("row_kind") == DATA)
    return is_data & nw.col("excluded_by").is_null() & nw.col("broken_rule").is_null()


def one_row_per_identity(form: Form) -> bool:
    """Can each recipient or respondent have only one row that counts? Not where the table's key is the source row."""
    return form.fills is None or IDENTITY[form.identity] in project.key(TABLES[form.fills])


def _compared(rows: Frame, identity: str) -> Frame:
    rows = rows.with_columns(
        is_valid=_valid() & ~nw.col("is_supplemented") & ~nw.col("is_alone"),
        moment=dates.moment(nw.col("submitted_at")).fill_null(""),
        identity=nw.col(identity).fill_null(""),
    )
    rows = rows.with_columns(valid_moment=nw.when(nw.col("is_valid")).then(nw.col("moment")))
    rows = rows.with_columns(valid=counted(nw.col("is_valid")), undated=counted(nw.col("valid_moment") == ""))
    valid, undated = nw.col("valid").sum(), nw.col("undated").sum()
    rows = with_group(rows, ["identity"], latest=nw.col("valid_moment").max(), valid_count=valid, undated_count=undated)
    is_unknown = is_true((nw.col("undated_count") > 0) & (nw.col("valid_count") > 1))
    is_last = is_true(nw.col("valid_moment") == nw.col("latest"))
    rows = rows.with_columns(is_latest=is_last | (is_unknown & nw.col("is_valid")))
    rows = rows.with_columns(counts=counted(nw.col("is_latest")))
    rows = with_group(rows, ["identity"], rivals=nw.col("counts").sum())
    return rows.with_columns(is_single=nw.col("rivals").cast(nw.Int64) <= 1)


def _fate() -> nw.Expr:
    cases = [
        (nw.col("excluded_by") == REPLACED_RULE, SUPERSEDED),
        (~nw.col("excluded_by").is_null(), EXCLUDED),
        (~nw.col("broken_rule").is_null() | nw.col("is_alone"), QUARANTINED),
        (~nw.col("is_latest"), SUPERSEDED),
        (~nw.col("is_single"), QUARANTINED),
    ]
    return nw.when(nw.col("row_kind") == DATA).then(first_of(cases, otherwise=constant(ACCEPTED, "source_file")))


def _rule() -> nw.Expr:
    superseded = ~nw.col("is_latest")
    supplemented = superseded & nw.col("is_supplemented")
    cases = [
        (nw.col("is_alone"), ALONE_RULE),
        (supplemented, SUPPLEMENTED_RULE),
        (superseded, SUPERSEDED_RULE),
        (~nw.col("is_single"), DUPLICATE_RULE),
    ]
    compared = first_of(cases, otherwise=nothing("source_file"))
    rule = nw.coalesce(nw.col("excluded_by"), nw.col("broken_rule"), compared)
    return nw.when(nw.col("row_kind") == DATA).then(rule)


def funnel(core_row: Frame) -> Frame:
    """Per file: data rows received and their fates; rows of other kinds are counted apart. One row per file."""
    is_data = nw.col("row_kind") == DATA
    fates = {f"{fate}_count": counted(nw.col("fate") == fate) for fate in FATES}
    kinds = {"received_count": counted(is_data), "other_count": counted(~is_data)}
    counts = summed(core_row, [*ROUND_KEY, "source_file", "form"], kinds | fates)
    cases = [
        (nw.col("received_count") == 0, EMPTY),
        (nw.col("accepted_count") > 0, COUNTED),
        (nw.col("quarantined_count") > 0, EMPTIED),
    ]
    return counts.with_columns(result=first_of(cases, otherwise=constant(SET_ASIDE, "source_file")))
