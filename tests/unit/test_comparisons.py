"""Years compared through the crosswalk: a common option stands for several, and what cannot be compared says why."""

from typing import Any

from assets.domain.evaluation.comparisons import comparisons
from schemas.configuration.forms import Form
from schemas.configuration.indicators import ComparedOption, Comparison, Indicators
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from tests.questions import answers, missing, said
from tests.rows import PROGRAMME, Record

OLD, NEW = 2022, 2023
QUESTION = "cooperation"
LABEL = {"sv": "x", "en": "x"}


def programme(*, base: str | None = "everyone", **any_of: tuple[str, ...]) -> Programme:
    """The programme with one comparison, of these common options; all years ask it of one base, or each of its own."""
    options = {name: ComparedOption(any_of=each, **LABEL) for name, each in any_of.items()}
    compared = Indicators(comparisons={"c": Comparison(question=QUESTION, options=options, **LABEL)})
    forms = {name: asked_of(form, base) if base else form for name, form in PROGRAMME.forms.items()}
    return PROGRAMME.model_copy(update={"indicators": compared, "forms": forms})


def asked_of(form: Form, base: str) -> Form:
    questions = {name: each.model_copy(update={"base": base}) for name, each in form.questions.items()}
    return form.model_copy(update={"questions": questions})


def answered(*chosen: str | None, options: str) -> list[Record]:
    """A respondent for each: what it chose, several apart by spaces; None left the question blank."""
    return said(QUESTION, options, {str(number): each for number, each in enumerate(chosen)})


def compared(of: Programme, year: int, rows: list[Record]) -> dict[str, Any]:
    known = answers(of, rows)
    return {row["option"]: row for row in comparisons(known, missing(known), year, "mixed")}


def share(row: Record) -> tuple[int, int, int]:
    return row["numerator"], row["denominator"], row["percent"]


LANDLORDS = programme(landlords=("landlords", "municipal_landlords", "private_landlords"), authority=("authority",))
SPLIT = "municipal_landlords private_landlords authority"


def test_who_chose_any_of_the_options_is_counted_once():
    """Of five, one chose both kinds of landlord, one a single kind, one another option, one none; one left it blank."""
    rows = answered("municipal_landlords private_landlords", "private_landlords", "authority", "", None, options=SPLIT)
    found = compared(LANDLORDS, NEW, rows)
    assert share(found["landlords"]) == (2, 4, 50)
    assert share(found["authority"]) == (1, 4, 25)


def test_a_common_option_that_a_years_form_has_as_one_is_compared_with_the_two_of_another():
    found = compared(LANDLORDS, OLD, answered("landlords", "", "authority", options="landlords authority"))
    assert share(found["landlords"]) == (1, 3, 33)
    assert (found["landlords"]["is_comparable"], found["landlords"]["why_not_sv"]) == (True, None)


def test_a_figure_is_as_made_up_as_its_answers_and_one_of_nobody_as_its_round():
    assert compared(LANDLORDS, NEW, answered("authority", options=SPLIT))["authority"]["provenance"] == "synthetic"
    assert compared(LANDLORDS, NEW, [])["authority"]["provenance"] == "mixed"


def test_what_is_asked_of_the_same_in_both_years_can_be_compared():
    for year in (OLD, NEW):
        assert compared(LANDLORDS, year, [])["landlords"]["is_comparable"], year


def why(of: Programme, year: int, option: str = "o") -> str | None:
    row = compared(of, year, [])[option]
    assert row["is_comparable"] == (row["why_not_sv"] is None)
    assert (row["why_not_sv"] is None) == (row["why_not_en"] is None)
    reason: str | None = row["why_not_sv"]
    return reason


def test_what_was_not_asked_this_year_cannot_be_compared_and_has_no_figure():
    only_old = programme(o=("landlords",))
    assert why(only_old, NEW) == text("comparison_not_asked", "sv")
    row = compared(only_old, NEW, [])["o"]
    assert (row["numerator"], row["denominator"], row["percent"]) == (None, None, None)


def test_what_was_asked_in_no_other_year_cannot_be_compared_and_keeps_its_figure():
    only_old = programme(o=("landlords",))
    assert why(only_old, OLD) == text("comparison_alone", "sv")
    assert share(compared(only_old, OLD, answered("landlords", "", options="landlords"))["o"]) == (1, 2, 50)


def test_what_was_asked_of_others_cannot_be_compared():
    """The sample as it is: everybody in one year, those that used something in the other."""
    for year in (OLD, NEW):
        assert why(programme(base=None, o=("authority",)), year) == text("comparison_bases_differ", "sv"), year
