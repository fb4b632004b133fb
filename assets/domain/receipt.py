"""A receipt: what was understood of what one recipient sent in a round, what it can mend, and what is ours to mend.

It says what was received and read, and anticipates nothing. Of a row only what a form reads is in it: a column that
nobody asked for may be a note of the agency's own. What of it whose row is not sure is in no receipt at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.receipt_figures import (
    REPORTED,
    USED,
    Amount,
    Answered,
    Year,
    amounts_of_grant,
    amounts_together,
    answers_of,
)
from schemas.rules.rule import rules
from schemas.words.vocabulary import SUPERSEDED, Language

Record = Mapping[str, Any]
Place = tuple[str, int]
"""A received row: its file, and its number in it."""

LEFT_OUT = ("test_submission",)
"""Rows by these rules may be the agency's own trials: they are in no receipt."""

REPLACED, APPLIED = "replaced_file", "applied"
HIDDEN_CELLS = ("code_perhaps_personal", "code_unreadable")
"""What these rules found is not sent back: it may be the number of a person."""


@dataclass(frozen=True)
class Point:
    """Something that was found, said to the recipient; and the cell that it is about, if one of its rows has it."""

    rule: str
    said: str
    place: Place | None
    column: str | None


@dataclass(frozen=True)
class Cell:
    """One cell of a row that was sent: under which header, as it was written, and as it was corrected by us."""

    column: str
    header: str
    written: str | None
    """None where it is not sent back."""

    corrected: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Sent:
    """One row that the recipient sent, and what became of it."""

    place: Place
    grant_id: str | None
    submitted_at: str | None
    is_late: bool
    fate: str
    rule: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class GrantUnderstood:
    """One grant, with what was reported of it."""

    grant_id: str
    case_number: str | None
    submitted_at: str | None
    due_date: Any
    amounts: tuple[Amount, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Receipt:
    """What one recipient is told."""

    code: str
    name: str
    grants: tuple[GrantUnderstood, ...]
    together: tuple[Amount, ...]
    sent: tuple[Sent, ...]
    to_mend: tuple[Point, ...]
    ours: tuple[Point, ...]
    ours_count: int
    """What the agency looks into beside that, in its own files."""

    @property
    def corrected(self) -> list[Cell]:
        """Cells that the agency reads otherwise than they were written."""
        return [cell for sent in self.sent for cell in sent.cells if cell.corrected is not None]


@dataclass(frozen=True)
class Material:
    """What a round has of one recipient, beside its figures."""

    code: str
    name: str
    rows: Sequence[Record]
    """Of core_row: those of forms that recipients fill in, and of nobody else."""

    findings: Sequence[Record]
    """Of core_finding: at those rows, or of the recipient."""

    corrections: Sequence[Record]
    columns: Mapping[str, Sequence[Record]]
    """Of core_source_column, by file: those that a form reads."""

    cell: Callable[[Record, int], str]
    """What stands in a received row, in a column counted from 1."""

    amount: Callable[[int | None], str]
    """An amount as it is written in a sentence."""


def is_unsure(rows: Sequence[Record], findings: Sequence[Record]) -> bool:
    """Whether it is not settled that a row is this recipient's, or its alone: then nothing goes out."""
    doubted = {_place(each) for each in findings if rules()[each["rule"]].doubts_sender}
    return any(_place(row) in doubted or (row["rule"] and rules()[row["rule"]].doubts_sender) for row in rows)


def shown(rows: Sequence[Record]) -> list[Record]:
    """The rows that a receipt shows: no tests, and of replaced files only where there is nothing else."""
    kept = [row for row in rows if row["rule"] not in LEFT_OUT]
    return [row for row in kept if row["rule"] != REPLACED] or kept


def receipt(material: Material, year: Year, earlier: Year | None, language: Language) -> Receipt:
    """The receipt of one recipient in one language."""
    rows = shown(material.rows)
    found = [(_mender(each, material, rows), each) for each in material.findings]
    points = {who: [_point(each, material, year, language) for to, each in found if to == who] for who in MENDERS}
    to_mend, ours = (tuple(point for point in points[who] if point) for who in MENDERS)
    return Receipt(
        material.code,
        material.name,
        tuple(_grants(year, earlier, language)),
        tuple(amounts_together(year, earlier)),
        tuple(_sent(material, row, [*to_mend, *ours]) for row in rows),
        to_mend,
        ours,
        len(points["agency"]) - len(ours),
    )


MENDERS = ("sender", "agency")


# -- who mends what ---------------------------------------------------------------------------------------------------
def _mender(finding: Record, material: Material, rows: Sequence[Record]) -> str | None:
    """Who can mend a finding; None where there is nothing to mend, or no longer.

    In the agency's own rows what is wrong with a cell is the agency's to mend. A rule about the grant says itself.
    """
    rule, place = rules()[finding["rule"]], _place(finding)
    if rule.mends not in MENDERS:
        return None
    fates = {_place(row): row["fate"] for row in rows}
    if place in fates:
        return None if fates[place] == SUPERSEDED else rule.mends
    if place in {_place(row) for row in material.rows}:
        return None
    return rule.mends if rule.holds else "agency"


def _point(finding: Record, material: Material, year: Year, language: Language) -> Point | None:
    """What is said of a finding; None where it is only counted."""
    rule, place = rules()[finding["rule"]], _place(finding)
    mine = next((row for row in material.rows if _place(row) == place), None)
    if rule.to_sender is None or (mine is None and not rule.holds):
        return None
    column = finding["source_column"] if mine else None
    values = {
        "header": _header(material, place, column),
        "condition": _condition(year, mine, _slot(material, place, column)),
        **{name: material.amount(value) for name, value in _amounts(place, year).items()},
    }
    said = rule.to_sender[language].format(**values)
    return Point(rule.id, said, place if mine else None, column)


def _amounts(place: Place, year: Year) -> dict[str, int | None]:
    """The amounts of the report in a row, with what was granted when it came."""
    report: Record = next((each for each in year.reports if _place(each) == place), {})
    held = next((each for each in year.reconciliations if each["grant_id"] == report.get("grant_id")), {})
    told = {name: report.get(name) for name in REPORTED}
    return told | {USED: held.get(USED), "granted_when_reported_sek": held.get("granted_when_reported_sek")}


def _condition(year: Year, row: Record | None, slot: str | None) -> str:
    """What the form's constraints say that a finding in this column is about."""
    form = year.programme.forms.get(row["form"]) if row else None
    if form is None:
        return ""
    first = {each.says: next(iter(each.amounts().values())) for each in form.constraints}
    return "; ".join(
        says for says, name in first.items() if slot in (form.parts(name) if name in form.sums else (name,))
    )


def _column(material: Material, place: Place, column: str | None) -> Record:
    return next((each for each in material.columns.get(place[0], ()) if each["source_column"] == column), {})


def _header(material: Material, place: Place, column: str | None) -> str:
    return _column(material, place, column).get("header") or column or ""


def _slot(material: Material, place: Place, column: str | None) -> str | None:
    return _column(material, place, column).get("slot")


def _place(record: Record) -> Place:
    return record["source_file"], record["source_row"]


# -- what was sent, and what of it was understood ---------------------------------------------------------------------
def _sent(material: Material, row: Record, points: Sequence[Point]) -> Sent:
    place = _place(row)
    mine = [point for point in points if point.place == place]
    cells = tuple(_cell(material, row, column, mine) for column in material.columns.get(place[0], ()))
    return Sent(place, row["grant_id"], row["submitted_at"], bool(row["late"]), row["fate"], row["rule"], cells)


def _cell(material: Material, row: Record, column: Record, points: Sequence[Point]) -> Cell:
    """A cell as it was written and, if the log of corrections changed it, as it was read."""
    letter = column["source_column"]
    own = tuple(point for point in points if point.column == letter)
    is_hidden = any(each["rule"] in HIDDEN_CELLS for each in _at(material.findings, row, letter))
    changed = [each for each in _at(material.corrections, row, letter) if each["effect"] == APPLIED]
    corrected = None if is_hidden or not changed or changed[-1]["new_withheld"] else changed[-1]["new_value"] or ""
    written = None if is_hidden else material.cell(row, column["column_no"])
    return Cell(letter, column["header"] or letter, written, corrected, own)


def _at(records: Sequence[Record], row: Record, letter: str) -> list[Record]:
    return [each for each in records if _place(each) == _place(row) and each["source_column"] == letter]


def _grants(year: Year, earlier: Year | None, language: Language) -> list[GrantUnderstood]:
    """Each grant by itself; answers are of the recipient, or where it reports on several of each grant."""
    decided = {row["grant_id"]: row for row in year.decisions}
    told = {row["grant_id"]: row for row in year.reports}
    understood = []
    for grant in dict.fromkeys([*decided, *told]):
        decision, report = decided.get(grant, {}), told.get(grant, {})
        number = decision.get("case_number") or report.get("case_number")
        of_all = [row["respondent_id"] for row in year.answers]
        respondent = grant if grant in of_all else next(iter(of_all), "") if report else ""
        answers = tuple(answers_of(year, respondent, earlier, language))
        amounts = tuple(amounts_of_grant(year, grant))
        dates = report.get("submitted_at"), decision.get("report_due_date")
        understood.append(GrantUnderstood(grant, number, *dates, amounts, answers))
    return understood
