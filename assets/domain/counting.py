"""Which submission counts: every data row gets exactly one fate, and no row is dropped silently.

Everything here is asked of the rows of one recipient, or of one respondent, as they were known on one day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.placing import Cases, grant_ids, is_of_grant, placed, states_a_case
from assets.domain.reading import dates
from assets.domain.reading.rows import Row
from assets.domain.same_case import REPLACED_DECISION, Verdict, verdicts_of
from schemas.configuration.forms import Form
from schemas.tables import TABLES, project
from schemas.words.vocabulary import (
    ACCEPTED,
    EXCLUDED,
    QUARANTINED,
    SUPERSEDED,
)

SUPERSEDED_RULE = "superseded_submission"
SUPPLEMENTED_RULE = "supplemented_submission"
ALONE_RULE = "supplement_of_nothing"
REPLACED_RULE = "replaced_file"
DUPLICATE_RULE = "duplicate_key"
REPEATED_RULE = "repeated_submission"
LATE_RULE = "late_report_excluded"
UNDATED_RULE = "report_undated"
UNPLACED_RULE = "grant_not_told"
ANOTHERS_RULE = "case_of_another"
AFTER_RULE = "after_as_of"


@dataclass(frozen=True, slots=True)
class Counted:
    """A row and what became of it. `late`: whether it came after its last day, where both are known.

    `is_undated`: it has a last day, and does not say when it came. `is_anothers`: its case number is another
    recipient's. `beside`: the rows that its rule names beside it. `parts`: what a correction splits it into.
    """

    row: Row
    grant_id: str | None = None
    late: bool | None = None
    is_undated: bool = False
    excluded_by: str | None = None
    fate: str | None = None
    rule: str | None = None
    is_anothers: bool = False
    beside: tuple[Row, ...] = ()
    parts: tuple[Counted, ...] = ()
    part_no: int = 1

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
        """Whether it is about a grant and does not tell which, or tells that of another recipient."""
        if self.parts:
            return is_of_grant(self.row) and any(part.grant_id is None for part in self.parts)
        return self.grant_id is None and self.row.recipient_code is not None and is_of_grant(self.row)

    @property
    def is_late_original(self) -> bool:
        """Whether it came late. A supplement is asked for after the deadline, and is never late by itself."""
        return self.late is True and not self.row.is_supplement


# -- which rows count -------------------------------------------------------------------------------------------------
def count_recipient(
    rows: Sequence[Row], day: dt.date, late_reports: str, cases: Cases, beside: Sequence[Row] = ()
) -> list[Counted]:
    """Every data row of one recipient with its fate on a day, under the round's policy for late reports.

    Args: beside: decisions of the recipient that are not to be counted, but may be what the rows are about.
    """
    grants = grant_ids([row for row in (*rows, *beside) if may_decide(row, day)], cases)
    known = dict.fromkeys(grants.values())
    placed_ones = [_placed(row, grants.get(row.address), known, cases, day) for row in rows]
    judged = [each for group in _rivals(placed_ones) for each in _judged_decisions(group)]
    due = _due_dates(judged)
    marked = [_marked(each, due, late_reports) for each in judged]
    return [decided for group in _rivals(marked) for decided in _decided(group, late_reports)]


def _rivals(counted: Iterable[Counted]) -> list[list[Counted]]:
    """The rows, in groups of which only one may count."""
    groups: dict[Any, list[Counted]] = defaultdict(list)
    for each in counted:
        groups[_rivalry(each)].append(each)
    return list(groups.values())


def _decided(group: Sequence[Counted], late_reports: str) -> list[Counted]:
    """The fates of rows of one group: decisions of one case have theirs already, the others are submissions."""
    settled = [each for each in group if each.fate and each.excluded_by is None]
    rest = [each for each in group if each not in settled]
    return [*settled, *(decide(rest, late_reports) if rest else ())]


def may_decide(row: Row, day: dt.date) -> bool:
    """Whether a row is a decision that stands on a day; also one that cannot be used otherwise is about a grant."""
    return "core_decision" in row.form.fills and _excluded(row, day) is None


def _placed(row: Row, own: str | None, grants: Collection[str], cases: Cases, day: dt.date) -> Counted:
    """A row with the grant that it is of. Args: own: that of a decision; grants: those of its recipient."""
    parts = tuple(replace(part, grant_id=placed(part.row, grants, cases)) for part in _as_parts(row))
    ids = {part.grant_id for part in parts} or {own or placed(row, grants, cases)}
    beside = [other for each in ([part.row for part in parts] or [row]) for other in cases.others(each)]
    return Counted(
        row,
        next(iter(ids)) if len(ids) == 1 else None,
        excluded_by=_excluded(row, day),
        is_anothers=bool(beside),
        beside=tuple(beside),
        parts=parts,
    )


def _as_parts(row: Row) -> Iterator[Counted]:
    """What a correction splits a row into, each as a row of its own."""
    sign = -1 if (row.values.get("amount_sek") or 0) < 0 else 1
    said = ({"case_number": part.case_number, "amount_sek": sign * part.amount_sek} for part in row.parts)
    for number, part in enumerate(said, start=1):
        yield Counted(replace(row, values={**row.values, **part}, parts=()), part_no=number)


def parted(counted: Counted) -> Sequence[Counted]:
    """A row as it counts: in its parts where a correction splits it."""
    if not (counted.parts and counted.is_accepted):
        return (counted,)
    return [part.decided(ACCEPTED) for part in counted.parts]


# -- decisions --------------------------------------------------------------------------------------------------------
def _judged_decisions(group: Sequence[Counted]) -> list[Counted]:
    """The decisions of one case, as its form says what a second one means; what else there is waits for `decide`."""
    verdicts = verdicts_of([each.row for each in group if each.is_valid])
    return [_judged(each, verdicts.get(each.row.address)) for each in group]


def _judged(each: Counted, verdict: Verdict | None) -> Counted:
    if verdict is None:
        return each
    fate = ACCEPTED if verdict.rule is None else SUPERSEDED if verdict.rule == REPLACED_DECISION else QUARANTINED
    return replace(each.decided(fate, verdict.rule), beside=verdict.beside)


def _due_dates(decisions: Iterable[Counted]) -> dict[str, dt.date]:
    """The last day to report on each grant; the last of several. A decision that another replaces does not say."""
    due: dict[str, dt.date] = {}
    for each in decisions:
        is_decision = "core_decision" in each.row.form.fills and each.excluded_by is None and each.fate != SUPERSEDED
        if is_decision and (last := each.row.values.get("report_due_date")):
            grant = str(each.grant_id)
            due[grant] = max(last, due.get(grant, last))
    return due


def _marked(each: Counted, due: Mapping[str, dt.date], late_reports: str) -> Counted:
    row = each.row
    last = due.get(each.grant_id or "") if row.export.is_report else None
    is_told = row.broken_rule is not None or dates.day(row.submitted_at) is not None
    undated = last is not None and not is_told and not row.is_supplement
    marked = replace(each, late=is_late(row.submitted_at, last), is_undated=undated)
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

    The newest valid one counts, also where a cell of it is set aside: it is what was said last. A supplement is as late
    as what it supplements, and without anything to supplement it is quarantined. By the policy `if_none_in_time` a late
    one counts only where none came in time.
    """
    if len(group) == 1 and (group[0].is_unplaced or not group[0].row.is_supplement):
        return [_with_fate(group[0])]
    judged = _as_late_as_their_originals(_late_ones_out(group, late_reports))
    originals = [each for each in judged if each.excluded_by is None and not each.row.is_supplement]
    alone = [each for each in judged if each.is_valid and each.row.is_supplement and not originals]
    rivals = [each for each in judged if each.is_valid and each not in alone]
    repeated = _repeated(rivals)
    newest, unclear = _newest([each for each in rivals if each not in repeated])
    rules = {each.row.address: (QUARANTINED, ALONE_RULE) for each in alone}
    rules |= {each.row.address: (SUPERSEDED, REPEATED_RULE) for each in repeated}
    rules |= {each.row.address: (QUARANTINED, DUPLICATE_RULE) for each in unclear}
    return [
        _with_fate(each) if not each.is_valid else _ruled(each, newest, rules.get(each.row.address)) for each in judged
    ]


def _ruled(each: Counted, newest: Counted | None, by: tuple[str, str] | None) -> Counted:
    if by:
        return each.decided(*by)
    if newest is None or each is newest:
        return _with_fate(each)
    by_supplement = newest.row.is_supplement and not each.row.is_supplement
    return each.decided(SUPERSEDED, SUPPLEMENTED_RULE if by_supplement else SUPERSEDED_RULE)


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


def _repeated(rivals: Sequence[Counted]) -> list[Counted]:
    """The rows that say what another of the same moment says too: of equal ones one counts, the first by number."""
    seen: set[object] = set()
    found = []
    for each in sorted(rivals, key=lambda each: (_numbered(each), each.row.address)):
        said = (each.row.export.is_report, dates.moment(each.row.submitted_at), each.row.said)
        if each.row.export.is_report and said in seen:
            found.append(each)
        seen.add(said)
    return found


def _newest(rivals: Sequence[Counted]) -> tuple[Counted | None, list[Counted]]:
    """The newest of the rows, and those of which nobody knows whether they are newer.

    Of one moment the number decides, where numbers follow each other; where they do not the row before those holds. Of
    several without a date none is known to be the newest.
    """
    by_moment: dict[tuple[str, bool], list[Counted]] = defaultdict(list)
    for each in rivals:
        by_moment[_moment(each, rivals), each.row.is_supplement].append(each)
    if len(rivals) > 1 and any(not moment for moment, _ in by_moment):
        return None, list(rivals)
    unclear: list[Counted] = []
    for moment in sorted(by_moment, reverse=True):
        mine = by_moment[moment]
        if len(mine) == 1 or _follow_each_other(mine):
            return max(mine, key=_numbered), unclear
        unclear += mine
    return None, unclear


FIRST, LAST = "0", "9"
"""Before and after every moment that is known."""


def _moment(each: Counted, rivals: Sequence[Counted]) -> str:
    """When a row came; empty if that is not known. A supplement came after what it supplements, whatever is told."""
    supplements = [other for other in rivals if other.row.is_supplement]
    if moment := dates.moment(each.row.submitted_at):
        return moment
    if each.row.is_supplement:
        return LAST if len(supplements) == 1 else ""
    return FIRST if supplements else ""


def _numbered(each: Counted) -> tuple[str, int]:
    """The number of a submission as it is counted: what stands before its last digits, and those."""
    number = str(each.row.values.get("submission_id") or "")
    before = number.rstrip("0123456789")
    return before, int(number[len(before) :] or -1)


def _follow_each_other(rows: Sequence[Counted]) -> bool:
    """Whether numbers tell in which order rows came: all are of one series, and each has its own."""
    numbers = {_numbered(each) for each in rows}
    is_counted = all(number >= 0 for _, number in numbers)
    return is_counted and len(numbers) == len(rows) and len({series for series, _ in numbers}) == 1


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
        return each.decided(QUARANTINED, ANOTHERS_RULE if each.is_anothers else UNPLACED_RULE)
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
    cases = cases_of(every, day)
    for (kind, _), mine in rows_by_owner(every).items():
        if kind == "row":
            found += [_of_nobody(row, day, cases) for row in mine]
        else:
            found += count_recipient(mine, day, late_reports, cases)
    return sorted(found, key=lambda each: each.row.address)


def _of_nobody(row: Row, day: dt.date, cases: Cases) -> Counted:
    """A row of nobody that is known; a booking that names no counterparty is of the grant whose number it states."""
    alone = count_alone(row, day)
    parts = tuple(replace(part, grant_id=cases.only(part.row.values["case_number"])) for part in _as_parts(row))
    if "core_booking" in row.form.fills:
        return replace(alone, grant_id=cases.only(row.values.get("case_number")), parts=parts)
    return alone


def cases_of(rows: Iterable[Row], day: dt.date) -> Cases:
    """Whose the case numbers are that decisions and applications state on a day."""
    return Cases.of(row for row in rows if row.is_data and states_a_case(row) and _excluded(row, day) is None)
