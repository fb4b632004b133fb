"""Years compared through the crosswalk: a common option stands for several, and what cannot be compared says why."""

import pytest

from assets import grouped
from assets.domain.indicators import comparisons
from assets.frames import frame_of, records_of
from assets.grouped import COMPARED, CROSSWALK
from schemas.configuration import catalogue
from schemas.configuration.forms import Form
from schemas.configuration.indicators import ComparedOption, Comparison, Indicators
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from tests.frames import Record, table

NAME, OLD, NEW = "stadigvarande-boende", 2022, 2023
QUESTION = "cooperation"
LABEL = {"sv": "x", "en": "x"}


def programme(*, base: str | None = "everyone", **any_of: tuple[str, ...]) -> Programme:
    """The programme with one comparison, of these common options; all years ask it of one base, or each of its own."""
    options = {name: ComparedOption(any_of=each, **LABEL) for name, each in any_of.items()}
    compared = Indicators(comparisons={"c": Comparison(question=QUESTION, options=options, **LABEL)})
    of = catalogue.programme(NAME)
    forms = {name: asked_of(form, base) if base else form for name, form in of.forms.items()}
    return of.model_copy(update={"indicators": compared, "forms": forms})


def asked_of(form: Form, base: str) -> Form:
    questions = {name: each.model_copy(update={"base": base}) for name, each in form.questions.items()}
    return form.model_copy(update={"questions": questions})


def answered(*chosen: str | None, options: tuple[str, ...]) -> list[Record]:
    """A respondent for each: what it chose, several apart by spaces; None left the question blank."""
    return [
        {
            "form": "f",
            "respondent_id": str(number),
            "question": QUESTION,
            "option": option,
            "status": "blank" if each is None else "answered",
            "selected": None if each is None else option in each.split(),
        }
        for number, each in enumerate(chosen)
        for option in options
    ]


def compared(of: Programme, year: int, answers: list[Record]) -> dict[str, Record]:
    this_round = {"programme": NAME, "year": year, "provenance": "mixed"}
    asked = frame_of(grouped.compared_options(of, this_round), COMPARED)
    rows = comparisons(table("core_answer", *answers), frame_of(grouped.crosswalk(of), CROSSWALK), asked)
    return {row["option"]: row for row in records_of(rows)}


LANDLORDS = programme(landlords=("landlords", "municipal_landlords", "private_landlords"), authority=("authority",))
SPLIT = ("municipal_landlords", "private_landlords", "authority")


def test_who_chose_any_of_the_options_is_counted_once():
    """Of five, one chose both kinds of landlord, one a single kind, one another option, one none; one left it blank."""
    said = answered("municipal_landlords private_landlords", "private_landlords", "authority", "", None, options=SPLIT)
    found = compared(LANDLORDS, NEW, said)
    landlords, authority = found["landlords"], found["authority"]
    assert (landlords["numerator"], landlords["denominator"], landlords["percent"]) == (2, 4, 50)
    assert (authority["numerator"], authority["denominator"], authority["percent"]) == (1, 4, 25)


def test_a_common_option_that_a_years_form_has_as_one_is_compared_with_the_two_of_another():
    found = compared(LANDLORDS, OLD, answered("landlords", "", "authority", options=("landlords", "authority")))
    assert (found["landlords"]["numerator"], found["landlords"]["denominator"], found["landlords"]["percent"]) == (
        1,
        3,
        33,
    )
    assert (found["landlords"]["is_comparable"], found["landlords"]["why_not_sv"]) == (True, None)


@pytest.mark.parametrize("year", [OLD, NEW])
def test_what_is_asked_of_the_same_in_both_years_can_be_compared(year: int):
    assert compared(LANDLORDS, year, [])["landlords"]["is_comparable"]


def why(of: Programme, year: int, option: str = "o") -> str | None:
    row = compared(of, year, [])[option]
    assert row["is_comparable"] == (row["why_not_sv"] is None)
    assert (row["why_not_sv"] is None) == (row["why_not_en"] is None)
    return row["why_not_sv"]


def test_what_was_not_asked_this_year_cannot_be_compared_and_has_no_figure():
    only_old = programme(o=("landlords",))
    assert why(only_old, NEW) == text("comparison_not_asked", "sv")
    row = compared(only_old, NEW, [])["o"]
    assert (row["numerator"], row["denominator"], row["percent"]) == (None, None, None)


def test_what_was_asked_in_no_other_year_cannot_be_compared_and_keeps_its_figure():
    only_old = programme(o=("landlords",))
    assert why(only_old, OLD) == text("comparison_alone", "sv")
    row = compared(only_old, OLD, answered("landlords", "", options=("landlords",)))["o"]
    assert (row["numerator"], row["denominator"], row["percent"]) == (1, 2, 50)


@pytest.mark.parametrize("year", [OLD, NEW])
def test_what_was_asked_of_others_cannot_be_compared(year: int):
    """The sample as it is: everybody in one year, those that used something in the other."""
    assert why(programme(base=None, o=("authority",)), year) == text("comparison_bases_differ", "sv")
