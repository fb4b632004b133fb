"""What changed, in the words of a page: every line says why, few answers are not counted for everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from assets.domain.changed.answers import AnswerChange, Said
from assets.domain.changed.causes import Cause
from assets.domain.changed.printed import CellChange, Member
from pipelines.reports.changed import section, told
from pipelines.reports.changed.comparison import Comparison
from pipelines.reports.changed.money import Measure
from schemas.configuration import catalogue

PROGRAMME = "stadigvarande-boende"
FILE = Cause("replacement", f"{PROGRAMME}/2023/enkat.csv")
LEAST = catalogue.programme(PROGRAMME).least_base


@dataclass(frozen=True)
class Side:
    name: str


@dataclass(frozen=True)
class Round:
    """A round in a version, as far as words need it."""

    side: Side
    programme: str = PROGRAMME
    year: int = 2023
    names: dict[str, str] = field(default_factory=lambda: {"9901": "Exempelkommun 01"})


def comparison(**parts: Any) -> Comparison:
    sides = Round(Side("a" * 16)), Round(Side("b" * 16))
    return Comparison(*sides, **({"causes": (), "money": [], "answers": [], "printed": []} | parts))


def answers(count: int) -> list[AnswerChange]:
    said = Said(("answered",), ("yes",), ())
    return [AnswerChange(f"R{number}", None, None, None, said, (FILE,)) for number in range(count)]


def measure(change: int) -> Measure:
    row = {
        "recipient": "Exempelkommun 01",
        "recipient_code": "9901",
        "grant": None,
        "recorded_date": dt.date(2024, 1, 1),
    }
    row |= {"before_sek": 0, "after_sek": change, "change_sek": change, "causes": (Cause("late_report"),)}
    return Measure("unused", 0, change, [row])


def cell(before: int | None, after: int | None, *members: Member, causes: tuple[Cause, ...] = (FILE,)) -> CellChange:
    facts = {"report": "r", "table_no": 1, "row_label": "Rad", "column_label": "Antal", "unit": "count"}
    sides = [None if value is None else facts | {"value": value} for value in (before, after)]
    return CellChange(*sides, members, causes, frozenset({2023}))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# -- why --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("causes", "is_shown", "said"),
    [
        ((FILE,), True, "eftersom enkat.csv ersattes"),
        ((Cause("late_report"),), True, "eftersom sen återrapportering registrerades"),
        ((Cause("configuration"),), True, "eftersom programmets konfiguration ändrades"),
        ((), False, "orsaken är inte känd"),
        ((), True, "orsaken är inte känd"),
        (
            (FILE, Cause("program", "1 → 2")),
            False,
            "orsaken är inte känd; det kan vara att enkat.csv ersattes; koden ändrades (1 → 2)",
        ),
    ],
)
def test_a_cause_is_told_where_it_is_shown_and_else_what_it_may_be(causes: tuple, is_shown: bool, said: str):  # noqa: FBT001
    assert told.why(causes, "sv", is_shown=is_shown) == said


def test_a_printed_cell_says_whom_it_counts_now_and_the_rest_by_number():
    members = [Member("respondent", 2023, f"f:R{number}", None, "came", (FILE,)) for number in range(7)]
    [line] = told.printed([cell(30, 37, *members)], comparison(), "sv")
    assert (line.what, line.before, line.after) == ("r, tabell 1, Rad, Antal", "30", "37")
    assert line.why.startswith("eftersom enkat.csv ersattes: svarande R0 tillkom, svarande R1 tillkom")
    assert line.why.endswith("och 2 till")


def test_each_who_came_or_went_for_a_reason_of_its_own_is_shown_and_none_that_has_two():
    other = Cause("correction", "x.csv D3")
    one, another = (Member("grant", 2023, "1", "9901", "went", (cause,)) for cause in (FILE, other))
    assert cell(2, 1, one, another, causes=(FILE, other)).is_shown
    both = Member("grant", 2023, "1", "9901", "went", (FILE, other))
    assert not cell(2, 1, both, causes=(FILE, other)).is_shown


def test_a_cell_that_is_new_or_gone_was_not_there():
    lines = [*told.printed([cell(None, 3), cell(3, None)], comparison(), "sv")]
    assert [(line.before, line.after) for line in lines] == [("fanns inte", "3"), ("3", "fanns inte")]


# -- a section of a page ----------------------------------------------------------------------------------------------
def test_a_page_has_the_first_changes_and_says_where_the_others_are():
    found = comparison(answers=answers(section.SHOWN_LINES + 1))
    [part] = [each for each in section.parts(found, "sv") if each.name == "answers"]
    assert (len(part.lines), part.count) == (section.SHOWN_LINES, section.SHOWN_LINES + 1)
    assert f"statsbidrag restate --programme {PROGRAMME} --year 2023 --from {'a' * 16}" in part.sentence
    [part] = [each for each in section.parts(comparison(answers=answers(section.SHOWN_LINES)), "sv") if each.lines]
    assert part.sentence == ""


def test_what_cannot_be_compared_is_told_as_that_and_the_rest_is_compared():
    said = {each.name: each.sentence for each in section.parts(comparison(money=None), "sv")}
    assert (
        said["money"] == f"Pengar: versionen {'a' * 16} har inte huvudboken i nuvarande format och kan inte jämföras."
    )
    assert said["answers"] == "Svar: oförändrade."


# -- one line for everybody -------------------------------------------------------------------------------------------
def short(**parts: Any) -> str:
    return plain(str(section.in_short(comparison(**parts))["sv"]))


def test_nothing_changed_is_said():
    assert short() == f"Sedan version {'a' * 16}: inget ändrat."


@pytest.mark.parametrize(("change", "said"), [(5_000, "+5 000 kr"), (-5_000, "\u22125 000 kr")])
def test_money_is_told_as_the_change_of_the_sum_and_of_nobody_in_particular(change: int, said: str):
    line = short(money=[measure(change)])
    assert said in line
    assert "Exempelkommun" not in line


def test_fewer_answers_than_the_least_base_have_no_number():
    assert f"färre än {LEAST} ändrade svar" in short(answers=answers(LEAST - 1))
    assert f"färre än {LEAST} ändrade svar" in short(answers=answers(1))
    assert f": {LEAST} ändrade svar" in short(answers=answers(LEAST))


def test_a_printed_figure_is_counted_and_not_told():
    line = short(printed=[cell(11, 12)])
    assert "1 ändrade tal i tryckta tabeller" in line
    assert "12" not in line


def test_where_something_cannot_be_compared_it_is_not_said_that_nothing_changed():
    assert short(printed=None) == f"Sedan version {'a' * 16}: kan inte jämföras i allt."
