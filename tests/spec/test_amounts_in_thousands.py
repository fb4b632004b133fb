"""Amounts in thousands of kronor: the form declares them, they are read to the krona, and it is told. Never guessed."""

from decimal import Decimal

import pytest

from assets.domain.reading.amounts import read_amount
from schemas.configuration.layouts import FieldAt
from tests.rows import export_of, file_of_cells, lines
from tests.spec.bodies_language import ASSOCIATION, DECIDED, REPORTED, Outcome, decided, outcome, reported
from tests.spec.odd_forms import QUARTERS

WHO = f"Exempelföreningen | {ASSOCIATION}"
THOUSANDS = DECIDED.model_copy(update={"amounts_in": "thousands"})
ONE_FIELD = REPORTED.model_copy(
    update={"fields": {**REPORTED.fields, "unused_sek": FieldAt(header="Kvar", amounts_in="thousands")}}
)
BUT_ONE = REPORTED.model_copy(
    update={
        "amounts_in": "thousands",
        "fields": {**REPORTED.fields, "unused_sek": FieldAt(header="Kvar", amounts_in="kronor")},
    }
)


def of(amount: str) -> Outcome:
    """A decision of so much, in a form in thousands."""
    return outcome(decided(f"{WHO} | {amount}", form=THOUSANDS), forms=(THOUSANDS, REPORTED))


@pytest.mark.parametrize(
    ("written", "kronor"),
    [
        ("412,5", 412_500),
        ("412.5", 412_500),
        ("412,525", 412_525),
        ("1 412", 1_412_000),
        ("0,001", 1),
        ("0", 0),
        ("412,5 tkr", 412_500),
        ("1 412 kkr", 1_412_000),
    ],
)
def test_an_amount_in_thousands_is_read_to_the_krona(written: str, kronor: int):
    assert list(of(written).granted.values()) == [kronor]


@pytest.mark.parametrize(
    ("cell", "kronor"), [(412, 412_000), (Decimal("412.5"), 412_500), (Decimal("0.30000000000000004"), 300)]
)
def test_a_number_of_a_workbook_is_too(cell: object, kronor: int):
    headers = list(DECIDED.headers().values())
    file = file_of_cells(headers, ["Exempelföreningen", ASSOCIATION, cell, None], name="decided.csv")
    whole = outcome(file, forms=(THOUSANDS, REPORTED))
    assert list(whole.granted.values()) == [kronor]


def test_that_the_form_is_in_thousands_is_told_once_of_a_file():
    whole = of("412,5")
    [told] = [row for row in whole.tables["core_finding"] if row["rule"] == "amounts_in_thousands"]
    assert (told["source_file"], told["source_row"]) == ("p/2023/decided.csv", None)
    assert "kolumn C är angivna i tusental kronor i källan" in told["message_sv"]


def test_an_amount_that_says_kronor_is_in_kronor_and_told_at_its_cell():
    whole = of("412 500 kr")
    assert list(whole.granted.values()) == [412_500]
    assert whole.found == [("amounts_in_thousands", None), ("amount_in_kronor", "C")]


def test_an_amount_that_says_millions_is_in_millions_and_told_as_ever():
    whole = of("0,4 mnkr")
    assert list(whole.granted.values()) == [400_000]
    assert whole.found == [("amounts_in_thousands", None), ("amount_in_unit", "C")]


def test_what_may_be_thousands_or_a_thousand_thousands_is_not_read():
    whole = of("1.412")
    assert (whole.granted, whole.found) == ({}, [("amounts_in_thousands", None), ("amount_unreadable", "C")])


def test_one_field_may_be_in_thousands_and_the_others_in_kronor():
    whole = outcome(
        decided(f"{WHO} | 100 000"), reported(f"{WHO} | 60 000 | 40", form=ONE_FIELD), forms=(DECIDED, ONE_FIELD)
    )
    [report] = whole.tables["core_usage_report"]
    assert (report["used_sek"], report["unused_sek"]) == (60_000, 40_000)


def test_one_field_may_be_in_kronor_and_the_others_in_thousands():
    whole = outcome(
        decided(f"{WHO} | 100 000"), reported(f"{WHO} | 60 | 40 000", form=BUT_ONE), forms=(DECIDED, BUT_ONE)
    )
    [report] = whole.tables["core_usage_report"]
    assert (report["used_sek"], report["unused_sek"]) == (60_000, 40_000)


def test_decisions_in_thousands_and_a_report_in_kronor_are_one_account():
    whole = outcome(
        decided(f"{WHO} | 412,5", form=THOUSANDS), reported(f"{WHO} | 400 000 | 12 500"), forms=(THOUSANDS, REPORTED)
    )
    [account] = whole.tables["core_reconciliation"]
    assert (account["granted_sek"], account["difference_sek"], account["amount_doubt"]) == (412_500, 0, "none")


def test_a_report_in_kronor_that_looks_like_thousands_is_a_doubt_and_is_not_scaled():
    whole = outcome(decided(f"{WHO} | 412 500"), reported(f"{WHO} | 400 | 13"))
    [report] = whole.tables["core_usage_report"]
    [account] = whole.tables["core_reconciliation"]
    assert (report["used_sek"], report["unused_sek"], account["amount_doubt"]) == (400, 13, "thousandth")
    assert "amount_thousandth" in {row["rule"] for row in whole.tables["core_finding"]}


def test_kronor_in_a_form_that_is_declared_in_thousands_are_a_doubt_too():
    whole = outcome(
        decided(f"{WHO} | 412 500"), reported(f"{WHO} | 400 000 | 0", form=BUT_ONE), forms=(DECIDED, BUT_ONE)
    )
    [account] = whole.tables["core_reconciliation"]
    assert (account["used_sek"], account["amount_doubt"]) == (400_000_000, "thousandfold")


def test_whole_kronor_stay_whole_kronor():
    whole = outcome(decided(f"{WHO} | 412 500"))
    assert (list(whole.granted.values()), whole.found) == ([412_500], [])


def test_a_total_in_thousands_is_held_against_amounts_in_thousands():
    lines = (f"{WHO} | 412,5 | EX 1", f"{WHO} | 100 | EX 2")
    whole = outcome(decided(*lines, "Summa | | 512,5", form=THOUSANDS), forms=(THOUSANDS, REPORTED))
    assert [rule for rule, _ in whole.found] == ["amounts_in_thousands"]
    differs = outcome(decided(*lines, "Summa | | 512", form=THOUSANDS), forms=(THOUSANDS, REPORTED))
    assert [rule for rule, _ in differs.found] == ["amounts_in_thousands", "total_row_differs"]


def test_a_part_of_a_krona_is_rounded_as_ever_and_told():
    amount = read_amount(Decimal("412.5005"), 1_000)
    assert (amount.kronor, amount.has_ore) == (412_501, True)


def test_amounts_by_option_may_be_in_thousands_and_are_summed_to_the_krona():
    by_quarter = QUARTERS.model_copy(update={"amounts_in": "thousands"})
    [line] = lines(export_of(by_quarter, {"recipient_name": "Exempelkommun 01", "used.q1": "100,5", "used.q2": "0,25"}))
    assert (line.amount("used.q1"), line.amount("used.q2"), line.amount("used_sek")) == (100_500, 250, 100_750)


def test_a_header_of_amounts_by_option_that_says_thousands_must_be_declared_too():
    asked = QUARTERS.questions["used"].model_copy(update={"header": "Använt {option} (tkr)"})
    silent = QUARTERS.model_copy(update={"questions": {"used": asked}})
    assert [each["type"].type for each in silent.faults()] == ["unit_not_told"]
    assert list(silent.model_copy(update={"amounts_in": "thousands"}).faults()) == []
