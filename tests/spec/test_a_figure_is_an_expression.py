"""A figure is an expression: which rows, and how they are summed. Units are held, and unknown is never zero.

The round: 01 was granted 700 000 and used 515 637 of it, 02 was granted 200 000 and used all, 03 was granted 100 000
and used nothing, 04 was granted 50 000 and has not reported.
"""

from fractions import Fraction

import pytest

from tests.figures import Records, cells, figure, outside, refusal, value
from tests.spec.language import decisions, funds, reconciliation, reports, survey
from tests.spec.rounds import YEAR

GRANTED = decisions(
    "Exempelkommun 01: 700 000",
    "Exempelkommun 02: 200 000",
    "Exempelkommun 03: 100 000",
    "Exempelkommun 04: 50 000",
    due="2024-02-01",
    decided="2023-03-01",
)
REPORTED = reports(
    "Exempelkommun 01: 515 637 använt, 184 363 oanvänt",
    "Exempelkommun 02: 200 000 använt, 0 oanvänt",
    "Exempelkommun 03: 0 använt, 100 000 oanvänt",
)
FUNDS = funds("disponibla medel: 30 000 000", "administration: 2 500 000")


@pytest.fixture(scope="module")
def account() -> dict[str, Records]:
    return reconciliation(GRANTED, REPORTED, FUNDS)


@pytest.fixture(scope="module")
def answers() -> dict[str, Records]:
    """Three answer with 4, 5 and 2; the fourth used nothing, so it is not asked."""
    used_all = {"funds_use": "Hela bidraget"}
    rated = [used_all | {"purpose_rating": rating} for rating in ("4", "5 (hög utsträckning)", "2")]
    return survey(*rated, {"funds_use": "Inget av bidraget"})


def of_year(expression: str) -> str:
    return expression.replace("YEAR", str(YEAR))


# -- what there is ----------------------------------------------------------------------------------------------------
def test_kronor_are_summed_over_every_grant(account: dict[str, Records]):
    assert value(of_year("sek(granted(YEAR))"), account) == 700_000 + 200_000 + 100_000 + 50_000


def test_recipients_are_counted_where_a_condition_holds(account: dict[str, Records]):
    assert value(of_year("count(recipients(YEAR, granted >= 100000))"), account) == 3


def test_a_condition_can_hold_one_amount_of_a_recipient_against_another(account: dict[str, Records]):
    assert value(of_year("count(recipients(YEAR, reported and unused >= granted))"), account) == 1


def test_one_amount_can_be_taken_from_another(account: dict[str, Records]):
    assert value(of_year("sek(available(YEAR) - administration(YEAR) - granted(YEAR))"), account) == (
        30_000_000 - 2_500_000 - 1_050_000
    )


def test_a_share_of_money_says_of_what_it_is_a_share(account: dict[str, Records]):
    found = figure(of_year("share(unused(YEAR, reported), of=granted(YEAR, reported))"), account)
    assert (found.numerator, found.denominator) == (284_363, 1_000_000)
    assert found.in_cell("percent") == 28


def test_a_share_of_recipients_is_of_all_that_they_were_chosen_among(account: dict[str, Records]):
    assert value(of_year("share(recipients(YEAR, granted < 100000))"), account) == Fraction(1, 4)


def test_days_are_counted_from_one_day_to_another(account: dict[str, Records]):
    """From 1 March 2023 to 1 February 2024 are 337 days."""
    assert value(of_year("mean(due_date(YEAR) - decided_date(YEAR))"), account) == 337


def test_a_figure_is_compared_with_a_number_or_another_figure(account: dict[str, Records]):
    assert value(of_year("count(recipients(YEAR)) > 3 and sek(granted(YEAR)) <= sek(available(YEAR))"), account) == 1


def test_a_share_of_answers_is_of_those_that_answered(answers: dict[str, Records]):
    found = figure(of_year("share(answered(YEAR, purpose_rating, any=[4, 5]))"), answers)
    assert (found.numerator, found.denominator) == (2, 3)


def test_a_mean_rating_is_of_those_that_answered(answers: dict[str, Records]):
    found = figure(of_year("mean(answered(YEAR, purpose_rating))"), answers)
    assert found.value == Fraction(4 + 5 + 2, 3)
    assert found.in_cell("hundredths") == 367


# -- what is not known ------------------------------------------------------------------------------------------------
def test_a_sum_of_which_a_part_is_not_known_is_not_known(account: dict[str, Records]):
    found = figure(of_year("sek(used(YEAR))"), account)
    assert found.value is None
    assert [why.sentence("sv") for why in found.why] == ["used är inte känt för 1 av 4"]


def test_a_sum_of_those_that_have_reported_is_known_and_says_who_is_left_out(account: dict[str, Records]):
    expression = of_year("sek(used(YEAR, reported))")
    assert value(expression, account) == 715_637
    assert outside(expression, account) == {"not_chosen": (1, 50_000)}


def test_who_has_an_unknown_amount_is_left_out_with_the_kronor_granted(account: dict[str, Records]):
    assert outside(of_year("sek(unused(YEAR))"), account) == {"no_value": (1, 50_000)}


def test_a_number_of_recipients_is_not_known_while_the_condition_is_unknown_of_any(account: dict[str, Records]):
    found = figure(of_year("count(recipients(YEAR, unused > 0))"), account)
    assert found.value is None
    assert [why.sentence("sv") for why in found.why] == ["för 1 är det inte känt om de ska räknas: talet är 2 till 3"]
    assert outside(of_year("count(recipients(YEAR, unused > 0))"), account) == {
        "not_known": (1, 50_000),
        "not_chosen": (1, 200_000),
    }


def test_what_is_known_settles_a_condition_where_it_can(account: dict[str, Records]):
    assert value(of_year("count(recipients(YEAR, unused > 0 or granted > 0))"), account) == 4
    assert value(of_year("count(recipients(YEAR, known(unused) and unused > 0))"), account) == 2


def test_a_figure_that_rests_on_nothing_is_not_known(account: dict[str, Records]):
    found = figure(of_year("sek(granted(YEAR, granted > 1000000))"), account)
    assert found.value is None
    assert [why.sentence("sv") for why in found.why] == ["den vilar på inga rader (av 4)"]


def test_nobody_is_a_number(account: dict[str, Records]):
    assert value(of_year("count(recipients(YEAR, granted > 1000000))"), account) == 0


def test_a_share_of_nobody_is_not_known(account: dict[str, Records]):
    nobody = "YEAR, granted > 1000000"
    found = figure(of_year(f"share(granted({nobody}), of=granted({nobody}))"), account)
    assert found.value is None


def test_funds_that_nothing_tells_of_are_not_known():
    assert value(of_year("sek(distributable(YEAR))"), reconciliation(GRANTED, REPORTED)) is None


def test_what_is_unused_above_the_grant_is_in_no_sum():
    """02 says that it did not use 300 000 of its 200 000: nobody knows what that is."""
    doubtful = reconciliation(GRANTED, reports("Exempelkommun 02: 0 använt, 300 000 oanvänt"))
    assert value(of_year("count(recipients(YEAR, reported))"), doubtful) == 0
    assert value(of_year("count(recipients(YEAR, without_report))"), doubtful) == 3
    assert value(of_year("count(recipients(YEAR, not reported and not without_report))"), doubtful) == 1
    assert outside(of_year("sek(unused(YEAR, not without_report))"), doubtful)["no_value"] == (1, 200_000)


# -- what is wrong ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        (
            "sek(granted(YEAR)) + count(recipients(YEAR))",
            "Kolumn 22: kronor och antal kan inte användas ihop här.",
        ),
        ("sek(recipients(YEAR))", "Kolumn 5: kronor och rader kan inte användas ihop här."),
        ("count(granted(YEAR))", "Kolumn 7: antal och kronor kan inte användas ihop här."),
        (
            "count(recipients(YEAR, unused > due_dat))",
            "Kolumn 33: en mottagare har ingen uppgift ”due_dat”.",
        ),
        ("sek(grantd(YEAR))", "Kolumn 5: det finns ingen funktion ”grantd”. Menade du ”granted”?"),
        ("sek(granted(1999))", "Kolumn 13: p har ingen publicerad omgång 1999; det finns 2023."),
        (
            "granted(YEAR)",
            "Kolumn 1: det här är en uppgift för varje rad; säg hur den ska summeras, till exempel sek(…).",
        ),
        ("5", "Kolumn 1: ett tal för sig är ingen uppgift ur tabellerna; ett tal kan bara jämföras med en figur."),
        ("", "Uttrycket är tomt; skriv till exempel sek(granted(2023))."),
    ],
)
def test_what_is_no_figure_is_said_in_one_sentence_with_its_column(
    expression: str, sentence: str, account: dict[str, Records]
):
    assert refusal(of_year(expression), account).startswith(sentence)


# -- what it rests on -------------------------------------------------------------------------------------------------
def test_an_expression_is_its_own_lineage(account: dict[str, Records]):
    """The one report that tells of unused money rests on its cell for it, in the second row of reports (row 2)."""
    [cell, decided] = sorted(
        cells(of_year("count(recipients(YEAR, reported and unused > 0 and unused < granted))"), account),
        key=lambda cell: cell.table,
        reverse=True,
    )
    assert (cell.table, cell.slot, cell.row) == ("core_usage_report", "unused_sek", 2)
    assert (decided.table, decided.slot, decided.row) == ("core_decision", "granted_sek", 2)


def test_a_share_of_answers_rests_on_the_cells_of_those_that_chose_and_then_on_the_others(answers: dict[str, Records]):
    found = cells(of_year("share(answered(YEAR, purpose_rating, any=[4, 5]))"), answers)
    assert [(cell.role, cell.row) for cell in found] == [("counted", 2), ("counted", 3), ("base", 4)]
