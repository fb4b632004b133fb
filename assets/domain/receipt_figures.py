"""What a recipient's report was understood as: its amounts and answers, with those of the earlier round beside them.

Two years stand side by side only where they can be compared; otherwise with the reason why not, as a text's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.configuration.questions import FormQuestion
from schemas.words.vocabulary import ANSWERED, NOT_ASKED

Record = Mapping[str, Any]

REPORTED = ("granted_as_reported_sek", "used_sek", "salary_sek", "unused_sek")
"""What a report tells in kronor, in the order of a receipt."""

GRANTED, USED = "granted_sek", "used_sek"


@dataclass(frozen=True)
class Year:
    """What one round has of one recipient."""

    programme: Programme
    year: int
    decisions: Sequence[Record]
    reports: Sequence[Record]
    reconciliations: Sequence[Record]
    answers: Sequence[Record]

    @property
    def forms(self) -> list[Form]:
        """The forms of the round."""
        return [self.programme.forms[name] for name in self.programme.rounds[self.year].forms]

    def asks(self, amount: str) -> bool:
        """Whether a form of its reports asks for an amount, or has what it is the sum of."""
        return any(amount in {**form.fields, **form.sums} for form in self.forms if "core_usage_report" in form.fills)

    def question(self, name: str) -> FormQuestion | None:
        """How the round asked a question; None if it did not."""
        return next((form.questions[name] for form in self.forms if name in form.questions), None)


@dataclass(frozen=True)
class Amount:
    """One amount, this round and the one before."""

    name: str
    now: int | None
    then: int | None = None
    why_not: str | None = None
    """Why the one before cannot be compared, or is not there."""

    is_derived: bool = False
    """Whether use is what was granted less what is left: the form does not ask."""


@dataclass(frozen=True)
class Answered:
    """One question, and what was answered, in words; nothing chosen is an answer, and `status` says what is none."""

    question: str
    said: tuple[str, ...]
    status: str
    then: tuple[str, ...] | None = None
    why_not: str | None = None


# -- amounts ----------------------------------------------------------------------------------------------------------
def amounts_of_grant(year: Year, grant_id: str) -> list[Amount]:
    """What was granted and reported of one grant; only what was asked for, and what follows from it."""
    return list(_amounts(year, [grant_id]))


def amounts_together(year: Year, earlier: Year | None) -> list[Amount]:
    """The same of all grants of the recipient together, with the earlier round beside it."""
    found = _amounts(year, _grants(year))
    if earlier is None:
        return list(found)
    then = {amount.name: amount for amount in _amounts(earlier, _grants(earlier))}
    return [_beside(amount, then.get(amount.name), year, earlier) for amount in found]


def _grants(year: Year) -> list[str]:
    return list(dict.fromkeys(row["grant_id"] for row in (*year.decisions, *year.reports)))


def _amounts(year: Year, grants: Sequence[str]) -> Iterator[Amount]:
    of = {
        name: [row for row in rows if row["grant_id"] in grants]
        for name, rows in (("decided", year.decisions), ("told", year.reports), ("held", year.reconciliations))
    }
    if of["decided"]:
        yield Amount(GRANTED, _sum(of["decided"], GRANTED))
    if not of["told"]:
        return
    for name in REPORTED:
        if year.asks(name):
            yield Amount(name, _sum(of["told"], name))
        elif name == USED and any(row["used_derived"] for row in of["held"]):
            yield Amount(name, _sum(of["held"], name), is_derived=True)


def _sum(rows: Sequence[Record], name: str) -> int | None:
    """The sum; unknown where any is."""
    values = [row[name] for row in rows]
    return None if None in values else sum(values)


def _beside(amount: Amount, then: Amount | None, year: Year, earlier: Year) -> Amount:
    if then is None:
        why_not = "not_reported" if not earlier.reports and amount.name != GRANTED else "not_asked"
        return Amount(amount.name, amount.now, None, why_not, amount.is_derived)
    return Amount(amount.name, amount.now, then.now, why_not_amounts(year, earlier), amount.is_derived)


def why_not_amounts(year: Year, earlier: Year) -> str | None:
    """Why amounts of two rounds cannot be compared: their costs are of periods of other lengths, or not known."""
    lengths = []
    for each in (year, earlier):
        period = each.programme.rounds[each.year].cost_period
        if period.from_ is None:
            return "period_unknown"
        lengths.append((period.to - period.from_).days)
    return None if abs(lengths[0] - lengths[1]) <= LEAP_DAY else "period_differs"


LEAP_DAY = 1


# -- answers ----------------------------------------------------------------------------------------------------------
def answers_of(year: Year, respondent: str, earlier: Year | None, language: str) -> list[Answered]:
    """What one respondent answered, question by question as the forms ask them."""
    mine = [row for row in year.answers if row["respondent_id"] == respondent]
    found = []
    for name in (name for form in year.forms for name in form.questions):
        rows = [row for row in mine if row["question"] == name]
        if rows:
            now = Answered(name, tuple(_said(year.programme, name, rows, language)), _status(rows))
            found.append(now if earlier is None else _compared(now, year, earlier, language))
    return found


def _status(rows: Sequence[Record]) -> str:
    """Answered where any of it is; blank where any part of it was asked."""
    found = {row["status"] for row in rows}
    return ANSWERED if ANSWERED in found else NOT_ASKED if found == {NOT_ASKED} else "blank"


def _said(programme: Programme, question: str, rows: Sequence[Record], language: str) -> Iterator[str]:
    """The options that were chosen, or their amounts, in the order in which the question has them."""
    by_option = {row["option"]: row for row in rows}
    for option, label in programme.questions[question].options.items():
        row = by_option.get(option)
        called = label.sv if language == "sv" else label.en
        if row and row["amount_sek"] is not None:
            yield f"{called}: {row['amount_sek']:,}".replace(",", "\N{NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}kr"
        elif row and row["selected"]:
            yield called


def _compared(now: Answered, year: Year, earlier: Year, language: str) -> Answered:
    rows = [row for row in earlier.answers if row["question"] == now.question]
    why_not = why_not_answers(now.question, year, earlier)
    if why_not is None and len({row["respondent_id"] for row in (*rows, *_of(year, now.question))}) > 1:
        why_not = "several_grants"
    if (
        rows
        and why_not == "options_differ"
        and (common := _in_common(now.question, rows, earlier, language)) is not None
    ):
        return Answered(now.question, now.said, now.status, common, "in_common")
    if why_not or not rows or _status(rows) != ANSWERED:
        why_not = why_not or ("not_reported" if not rows else f"was_{_status(rows)}")
        return Answered(now.question, now.said, now.status, None, why_not)
    then = tuple(_said(earlier.programme, now.question, rows, language))
    return Answered(now.question, now.said, now.status, then)


def _in_common(question: str, rows: Sequence[Record], earlier: Year, language: str) -> tuple[str, ...] | None:
    """What was chosen, in the options by which the question is compared between years; None if it is not."""
    crosswalks = [each for each in earlier.programme.indicators.comparisons.values() if each.question == question]
    if not crosswalks or _status(rows) != ANSWERED:
        return None
    chosen = {row["option"] for row in rows if row["selected"]}
    found = [option for option in crosswalks[0].options.values() if chosen & set(option.any_of)]
    return tuple(option.sv if language == "sv" else option.en for option in found)


def _of(year: Year, question: str) -> list[Record]:
    return [row for row in year.answers if row["question"] == question]


def why_not_answers(question: str, year: Year, earlier: Year) -> str | None:
    """Why the answers to a question cannot be compared: it was not asked, or of others, or with other options."""
    now, then = year.question(question), earlier.question(question)
    if now is None or then is None:
        return "not_asked"
    if now.base != then.base:
        return "base_differs"
    return None if set(now.options) == set(then.options) else "options_differ"
