"""Which submission counts: every data row gets exactly one fate, and no row is dropped silently.

Everything here is asked of the rows of one recipient, or of one respondent, as they were known on one day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.reading import dates
from assets.domain.reading.forms import Export
from assets.domain.reading.rows import Row
from schemas.configuration.forms import Form
from schemas.tables import TABLES, project
from schemas.words.vocabulary import (
    ACCEPTED,
    BLANK,
    COUNTED,
    EMPTIED,
    EMPTY,
    EXCLUDED,
    FATES,
    NOTHING_YET,
    QUARANTINED,
    SET_ASIDE,
    SUPERSEDED,
)

SUPERSEDED_RULE = "superseded_submission"
SUPPLEMENTED_RULE = "supplemented_submission"
ALONE_RULE = "supplement_of_nothing"
REPLACED_RULE = "replaced_file"
DUPLICATE_RULE = "duplicate_key"
LATE_RULE = "late_report_excluded"
UNDATED_RULE = "report_undated"
UNPLACED_RULE = "grant_not_told"
AFTER_RULE = "after_as_of"

OF_GRANTS = ("core_decision", "core_usage_report", "core_event")
"""The tables whose rows belong to a grant."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A row and what became of it. `late`: whether it came after its last day, where both are known.

    `is_undated`: it has a last day, and does not say when it came.
    """

    row: Row
    grant_id: str | None = None
    late: bool | None = None
    is_undated: bool = False
    excluded_by: str | None = None
    fate: str | None = None
    rule: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the row counts."""
        return self.fate == ACCEPTED

    @property
    def is_valid(self) -> bool:
        """Whether nothing but another row can keep it from counting."""
        return self.excluded_by is None and self.row.broken_rule is None

    def decided(self, fate: str, rule: str | None = None) -> Counted:
        """The row with its fate, and the rule that decided it."""
        return replace(self, fate=fate, rule=rule)

    @property
    def is_unplaced(self) -> bool:
        """Whether it is about a grant and does not tell which."""
        return self.grant_id is None and self.row.recipient_code is not None and is_of_grant(self.row)

    @property
    def is_late_original(self) -> bool:
        """Whether it came late. A supplement is asked for after the deadline, and is never late by itself."""
        return self.late is True and not self.row.is_supplement


# -- whose grant ------------------------------------------------------------------------------------------------------
def shared_cases(decisions: Iterable[Row]) -> frozenset[str]:
    """The case numbers that decisions of several recipients state: such a number is no grant's own."""
    recipients: dict[str, set[str | None]] = defaultdict(set)
    for row in decisions:
        if case := row.values.get("case_number"):
            recipients[case].add(row.recipient_code)
    return frozenset(case for case, whose in recipients.items() if len(whose) > 1)


def grant_ids(decisions: Iterable[Row], shared: Collection[str]) -> dict[tuple[str, int], str]:
    """The grant of each decision of one recipient, by the address of its row. Args: shared: see `shared_cases`.

    A grant is one decision; its id is the case number. Where none is printed it is the recipient and the ordinal of the
    decision by date among those without one: "0114-1". Where recipients share one it is the recipient and the number.
    """
    rows = list(decisions)
    unnumbered = sorted({_decided(row) for row in rows if not row.values.get("case_number")})
    return {
        row.address: _by_case(row, shared) or f"{row.recipient_code}-{unnumbered.index(_decided(row)) + 1}"
        for row in rows
    }


def _by_case(row: Row, shared: Collection[str]) -> str | None:
    case: str | None = row.values.get("case_number")
    return f"{row.recipient_code}-{case}" if case in shared else case


def _decided(row: Row) -> str:
    return str(row.values.get("decided_date") or "")


def without_grant(recipient: str) -> str:
    """What stands for the grant of a recipient that has no decision."""
    return f"{recipient}-0"


def placed(row: Row, grants: Sequence[str], shared: Collection[str]) -> str | None:
    """The grant that a report or an event belongs to: by case number, or by recipient where it has one only."""
    if (case := _by_case(row, shared)) in grants:
        return case
    if len(grants) > 1:
        return None
    return grants[0] if grants else without_grant(str(row.recipient_code))


# -- which rows count -------------------------------------------------------------------------------------------------
def count_recipient(rows: Sequence[Row], day: dt.date, late_reports: str, shared: Collection[str]) -> list[Counted]:
    """Every data row of one recipient with its fate on a day, under the round's policy for late reports."""
    decisions = [row for row in rows if may_decide(row, day)]
    grants = grant_ids(decisions, shared)
    known = list(dict.fromkeys(grants.values()))
    due = _due_dates(decisions, grants)
    mine = [(row, grants.get(row.address) or _placed(row, known, shared)) for row in rows]
    marked = [_marked(row, grant, due, day, late_reports) for row, grant in mine]
    groups: dict[Any, list[Counted]] = defaultdict(list)
    for each in marked:
        groups[_rivalry(each)].append(each)
    return [decided for group in groups.values() for decided in decide(group, late_reports)]


def may_decide(row: Row, day: dt.date) -> bool:
    """Whether a row is a decision that stands on a day; also one that cannot be used otherwise is about a grant."""
    return "core_decision" in row.form.fills and _excluded(row, day) is None


def _placed(row: Row, grants: Sequence[str], shared: Collection[str]) -> str | None:
    return placed(row, grants, shared) if is_of_grant(row) else None


def is_of_grant(row: Row) -> bool:
    """Whether a row is about a grant."""
    return not set(OF_GRANTS).isdisjoint(row.form.fills)


def _due_dates(decisions: Iterable[Row], grants: Mapping[tuple[str, int], str]) -> dict[str, dt.date]:
    """The last day to report on each grant; the last of several."""
    due: dict[str, dt.date] = {}
    for row in decisions:
        if last := row.values.get("report_due_date"):
            grant = grants[row.address]
            due[grant] = max(last, due.get(grant, last))
    return due


def _marked(row: Row, grant: str | None, due: Mapping[str, dt.date], day: dt.date, late_reports: str) -> Counted:
    last = due.get(grant or "") if row.export.is_report else None
    is_told = row.broken_rule is not None or dates.day(row.submitted_at) is not None
    undated = last is not None and not is_told and not row.is_supplement
    marked = Counted(row, grant, is_late(row.submitted_at, last), undated, _excluded(row, day))
    if marked.excluded_by is None and late_reports == "exclude":
        return _out_of_time(marked)
    return marked


def _out_of_time(each: Counted) -> Counted:
    """The row, without counting if it came late, or does not say when it came."""
    if each.is_late_original:
        return replace(each, excluded_by=LATE_RULE)
    return replace(each, excluded_by=UNDATED_RULE) if each.is_undated else each


def is_late(submitted_at: str | None, due: dt.date | None) -> bool | None:
    """Did the report come after its last day? None where either date is not known."""
    submitted = dates.day(submitted_at)
    return submitted > due if submitted and due else None


def _excluded(row: Row, day: dt.date) -> str | None:
    """The rule by which a row does not count, whatever the others say: file replaced, not known yet, test or draft.

    Such a row decides nothing of others either.
    """
    if row.export.is_replaced(day):
        return REPLACED_RULE
    if row.first_date > day:
        return AFTER_RULE
    return row.set_aside_by


def _rivalry(counted: Counted) -> object:
    """What only one row may have: a grant one decision and one report, a recipient one answer to a form.

    A row that does not tell which grant it is about competes with none.
    """
    row = counted.row
    if counted.is_unplaced or not one_row_per_identity(row.form):
        return row.address
    return row.export.competition, counted.grant_id or row.respondent_id


def one_row_per_identity(form: Form) -> bool:
    """Can each grant or respondent have only one row that counts? Not where the table's key is the source row."""
    return not form.fills or any("grant_id" in project.key(TABLES[table]) for table in form.fills)


def count_alone(row: Row, day: dt.date) -> Counted:
    """A row of nobody that is known: it competes with none."""
    return _with_fate(Counted(row, excluded_by=_excluded(row, day)))


def decide(group: Sequence[Counted], late_reports: str = "accept") -> list[Counted]:
    """The fates of rows of which one may count.

    Of the valid submissions the latest counts; if none is the latest, or one of several has no date, all are
    quarantined. A supplement counts before what it supplements, and is as late as that was; without anything to
    supplement it is quarantined. By the policy `if_none_in_time` a late one counts only where none came in time.
    """
    if len(group) == 1 and (group[0].is_unplaced or not group[0].row.is_supplement):
        return [_with_fate(group[0])]
    judged = _as_late_as_their_originals(_late_ones_out(group, late_reports))
    originals = [each for each in judged if each.excluded_by is None and not each.row.is_supplement]
    supplements = [each for each in judged if each.is_valid and each.row.is_supplement]
    alone = bool(supplements) and not originals
    rivals = [] if alone else supplements or [each for each in judged if each.is_valid]
    latest = _latest(rivals)
    return [_decided_among(each, latest, is_alone=alone, is_supplemented=bool(supplements)) for each in judged]


def _late_ones_out(group: Sequence[Counted], late_reports: str) -> list[Counted]:
    """Under `if_none_in_time`, late and undated rows of those that also came in time do not count."""
    in_time = [each for each in group if _is_in_time(each)]
    if late_reports != "if_none_in_time" or not in_time:
        return list(group)
    return [_out_of_time(each) if each.is_valid else each for each in group]


def _is_in_time(each: Counted) -> bool:
    return each.is_valid and not each.late and not each.is_undated and not each.row.is_supplement


def _as_late_as_their_originals(group: Sequence[Counted]) -> list[Counted]:
    originals = [each.late for each in group if each.excluded_by is None and not each.row.is_supplement]
    were_late = bool(originals) and all(originals)
    return [
        replace(each, late=were_late) if each.row.is_supplement and each.late is not None else each for each in group
    ]


def _latest(rivals: Sequence[Counted]) -> list[Counted]:
    """The newest of the rows; all of them where several are the newest, or one of several has no date."""
    moments = [dates.moment(each.row.submitted_at) or "" for each in rivals]
    if "" in moments and len(moments) > 1:
        return list(rivals)
    return [each for each, moment in zip(rivals, moments, strict=True) if moment == max(moments)]


def _decided_among(each: Counted, latest: Sequence[Counted], *, is_alone: bool, is_supplemented: bool) -> Counted:
    if not each.is_valid:
        return _with_fate(each)
    if is_alone and each.row.is_supplement:
        return each.decided(QUARANTINED, ALONE_RULE)
    if each not in latest:
        by_supplement = is_supplemented and not each.row.is_supplement
        return each.decided(SUPERSEDED, SUPPLEMENTED_RULE if by_supplement else SUPERSEDED_RULE)
    if len(latest) > 1:
        return each.decided(QUARANTINED, DUPLICATE_RULE)
    return _with_fate(each)


def _with_fate(each: Counted) -> Counted:
    """What becomes of a row that competes with none."""
    if not each.row.is_data:
        return each
    if each.excluded_by == UNDATED_RULE:
        return each.decided(QUARANTINED, UNDATED_RULE)
    if each.excluded_by:
        return each.decided(SUPERSEDED if each.excluded_by == REPLACED_RULE else EXCLUDED, each.excluded_by)
    if each.row.broken_rule:
        return each.decided(QUARANTINED, each.row.broken_rule)
    if each.is_unplaced:
        return each.decided(QUARANTINED, UNPLACED_RULE)
    return each.decided(ACCEPTED)


# -- the round --------------------------------------------------------------------------------------------------------
def rows_by_owner(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """The data rows of each recipient, and of each respondent of a form, in order of address.

    Rows of nobody that is known stand alone, each under its own address.
    """
    owned: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.is_data:
            owned[owner(row)].append(row)
    return owned


def owner(row: Row) -> tuple[str, str]:
    """Whose a data row is: a recipient's, a respondent's of a form, or nobody's."""
    if row.form.identity == "recipient":
        return ("recipient", row.recipient_code) if row.recipient_code else ("row", f"{row.export.path}:{row.number}")
    if row.respondent_id:
        return row.export.competition, row.respondent_id
    return "row", f"{row.export.path}:{row.number}"


def count(rows: Iterable[Row], day: dt.date, late_reports: str) -> list[Counted]:
    """Every row with its fate on a day, in order of address; rows that are no data have none."""
    every = list(rows)
    found = [Counted(row) for row in every if not row.is_data]
    shared = shared_cases(row for row in every if row.is_data and row.recipient_code and may_decide(row, day))
    for (kind, _), mine in rows_by_owner(every).items():
        alone = kind == "row"
        found += [count_alone(row, day) for row in mine] if alone else count_recipient(mine, day, late_reports, shared)
    return sorted(found, key=lambda each: each.row.address)


def funnel(counted: Iterable[Counted], *, are_awaited: bool = False) -> list[dict[str, Any]]:
    """Per file: data rows received and their fates; rows of other kinds are counted apart. As table core_funnel.

    Args: are_awaited: whether no report need have come yet.
    """
    by_file: dict[str, Counter[str]] = defaultdict(Counter)
    facts: dict[str, dict[str, Any]] = {}
    may_be_empty: dict[str, bool] = {}
    for each in counted:
        path = each.row.export.path
        facts.setdefault(path, {"source_file": path, "form": each.row.form.form} | lines_of_file(each.row.export))
        may_be_empty[path] = "core_decision" not in each.row.form.fills and (
            are_awaited or not each.row.export.is_report
        )
        by_file[path]["received" if each.row.is_data else "other"] += 1
        by_file[path][BLANK] += each.row.line.kind == BLANK
        by_file[path][each.fate or ""] += 1
    return [
        facts[path]
        | {f"{name}_count": counts[name] for name in ("received", *FATES, "other", BLANK)}
        | {"result": _result(counts, may_be_empty=may_be_empty[path])}
        for path, counts in by_file.items()
    ]


def lines_of_file(export: Export) -> dict[str, int | None]:
    """How many lines a text file has: its rows, blank ones too, and those that go on with a cell."""
    if export.file.delimiter is None:
        return {"line_count": None, "continued_count": None}
    continued = sum(extra for _, extra in export.sheet.continued)
    return {"line_count": len(export.sheet.rows) + continued, "continued_count": continued}


def _result(counts: Counter[str], *, may_be_empty: bool) -> str:
    if not counts["received"]:
        return NOTHING_YET if may_be_empty else EMPTY
    if counts[ACCEPTED]:
        return COUNTED
    return EMPTIED if counts[QUARANTINED] else SET_ASIDE
