"""What changed, in words: a line for each changed sum, answer and printed cell, and why; for the terminal and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.domain.changed.answers import AnswerChange, Said
from assets.domain.changed.causes import Cause
from assets.domain.changed.printed import CellChange, Member
from pipelines.reports.changed.comparison import Comparison
from pipelines.reports.changed.money import Measure
from pipelines.reports.changed.sides import Row
from pipelines.reports.swedish import formatted, in_unit
from schemas.configuration import catalogue
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import ANSWERED, LEFT_BLANK, NOT_ASKED, Language

LISTED = 5
"""So many who came into a figure or left it are named; the others are counted."""


@dataclass(frozen=True)
class Line:
    """What is not as it was, before and after, and why."""

    what: str
    before: str
    after: str
    why: str


# -- causes -----------------------------------------------------------------------------------------------------------
def why(causes: Sequence[Cause], language: Language, *, is_shown: bool) -> str:
    """The cause where it is shown; else that it is not known, and what it may be."""
    told = list(dict.fromkeys(because(each, language) for each in causes))
    if is_shown and told:
        return text("changed_because", language).format(causes="; ".join(told))
    if not told:
        return text("changed_unknown", language)
    return text("changed_not_known", language).format(causes="; ".join(told))


def because(cause: Cause, language: Language) -> str:
    """One cause, as a clause that a sentence goes on with."""
    name = f"because_{cause.kind}"
    of = short_of(cause.of)
    if not known(name):
        return text("because_recorded", language).format(of=text(f"cause_{cause.kind}", language))
    return text(name, language).format(of=of).replace(" ()", "")


def short_of(of: str | None) -> str:
    """A file without its folders; a cell of it as it is."""
    return ", ".join(each.rpartition("/")[2] for each in (of or "").split(", "))


# -- money ------------------------------------------------------------------------------------------------------------
def money(found: Comparison, language: Language) -> Iterator[Line]:
    """Each change of a measure, by recipient."""
    for measure in found.moved:
        yield from (_of_money(measure, row, language) for row in measure.changes)


def _of_money(measure: Measure, row: Row, language: Language) -> Line:
    what = f"{text(f'measure_{measure.name}', language)}, {row['recipient']} ({row['recipient_code']})"
    if row["grant"]:
        what += f" {row['grant']}"
    before, after = (_amount(row[f"{side}_sek"], language) for side in ("before", "after"))
    return Line(what, before, after, why(row["causes"], language, is_shown=len(row["causes"]) == 1))


def _amount(amount: int | None, language: Language) -> str:
    return text("restate_unknown", language) if amount is None else formatted(amount)


# -- answers ----------------------------------------------------------------------------------------------------------
def answers(found: Comparison, language: Language) -> Iterator[Line]:
    """Each changed answer, by who gave it."""
    for change in found.answers or ():
        before = _said(change, change.before, change.after, found, language)
        after = _said(change, change.after, change.before, found, language)
        yield Line(
            _answered(change, found, language),
            before,
            after,
            why(change.causes, language, is_shown=len(change.causes) == 1),
        )


def _answered(change: AnswerChange, found: Comparison, language: Language) -> str:
    who = respondent(change.respondent, change.recipient_code, found, language)
    if change.question is None:
        return text("changed_every_answer", language).format(who=who)
    questions = catalogue.programme(found.now.programme).questions
    label = questions[change.question].sentence(language) if change.question in questions else change.question
    return f"{label}, {who}"


def respondent(name: str, code: str | None, found: Comparison, language: Language) -> str:
    """Who answered: the recipient where it is known, else the respondent's own number."""
    if code is None:
        return text("changed_respondent", language).format(name=name.rpartition(":")[2])
    return f"{found.now.names.get(code) or found.then.names.get(code, code)} ({code})"


def _said(change: AnswerChange, said: Said | None, other: Said | None, found: Comparison, language: Language) -> str:
    """What was answered, beside the other answer: of several options only those that are not in both."""
    if said is None:
        return text("changed_absent", language)
    if change.question is None:
        return text("changed_there", language)
    asked = catalogue.programme(found.now.programme).questions.get(change.question)
    labels = {name: each.sentence(language) for name, each in asked.options.items()} if asked else {}
    order = dict.fromkeys((*labels, *said.chosen, *(other.chosen if other else ())))
    chosen = {*said.chosen, *(other.chosen if other else ())}
    told = [labels.get(option, option) for option in order if option in said.chosen]
    if asked and asked.type == "multiple" and other and told and other.chosen:
        told = [labels.get(each, each) for each in order if each in said.chosen and each not in other.chosen]
        without = text("changed_without", language)
        told += [without.format(option=labels.get(each, each)) for each in order if each in chosen - {*said.chosen}]
    told += [f"{labels.get(option, option)}: {formatted(amount)}" for option, amount in said.amounts]
    return "; ".join(told) or _of_none(said, language)


def _of_none(said: Said, language: Language) -> str:
    """Why nothing was chosen."""
    status = next((each for each in (LEFT_BLANK, NOT_ASKED) if said.statuses == (each,)), ANSWERED)
    return text(f"changed_{status}", language)


# -- printed tables ---------------------------------------------------------------------------------------------------
def printed(cells: Iterable[CellChange], found: Comparison, language: Language) -> Iterator[Line]:
    """Each changed cell of a printed table."""
    for change in cells:
        before, after = (_value(cell, language) for cell in (change.before, change.after))
        reason = why(change.causes, language, is_shown=change.is_shown)
        if members := ", ".join(_members(change.members, found, language)):
            reason += f": {members}"
        yield Line(place_of(change, language), before, after, reason)


def place_of(change: CellChange, language: Language) -> str:
    """Report, table, row and column of a printed cell."""
    suffix = "" if language == "sv" else "_en"
    cell = change.cell
    return text("changed_cell", language).format(
        report=cell["report"],
        number=cell["table_no"],
        row=cell.get(f"row_label{suffix}") or cell["row_label"],
        column=cell.get(f"column_label{suffix}") or cell["column_name"],
    )


def _value(cell: object, language: Language) -> str:
    if not isinstance(cell, dict):
        return text("changed_no_cell", language)
    return text("restate_unknown", language) if cell["value"] is None else in_unit(cell["value"], cell["unit"])


def _members(members: Sequence[Member], found: Comparison, language: Language) -> Iterator[str]:
    for each in members[:LISTED]:
        who = respondent(each.key, each.recipient_code, found, language)
        yield text(f"changed_{each.way}", language).format(who=who)
    if members[LISTED:]:
        yield text("changed_more", language).format(count=formatted(len(members) - LISTED))
