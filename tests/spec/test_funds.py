"""Available funds = administration + granted + not distributed. What is not printed is unknown, never zero."""

from typing import Any

from tests.spec.language import Rows, computed, decisions, funds


def year(granted: Rows, available: Rows) -> dict[str, Any]:
    [row] = computed(granted, told=available)["out_funds_by_year"]
    return row


def test_2023_to_the_krona():
    row = year(
        decisions("Exempelkommun 01: 21 117 795"),
        funds("disponibla medel: 30 000 000", "administration: 2 500 000"),
    )
    assert row["distributable_sek"] == 30_000_000 - 2_500_000
    assert row["undistributed_sek"] == 6_382_205
    assert row["available_sek"] == row["administration_sek"] + row["granted_sek"] + row["undistributed_sek"]


def test_2022_has_no_printed_administration_so_what_was_left_is_unknown():
    row = year(decisions("Exempelkommun 01: 1 761 018"), funds("disponibla medel: 3 500 000"))
    assert (row["available_sek"], row["granted_sek"]) == (3_500_000, 1_761_018)
    assert row["administration_sek"] is None
    assert row["distributable_sek"] is None
    assert row["undistributed_sek"] is None


def test_unknown_available_funds_make_what_was_left_unknown():
    row = year(decisions("Exempelkommun 01: 100"), funds("administration: 20"))
    assert (row["available_sek"], row["administration_sek"], row["undistributed_sek"]) == (None, 20, None)


def test_an_administration_of_zero_kronor_is_known():
    row = year(decisions("Exempelkommun 01: 70"), funds("disponibla medel: 100", "administration: 0"))
    assert (row["administration_sek"], row["undistributed_sek"]) == (0, 100 - 0 - 70)


def test_grants_above_the_funds_show_as_less_than_nothing_left():
    row = year(decisions("Exempelkommun 01: 101"), funds("disponibla medel: 100", "administration: 0"))
    assert row["undistributed_sek"] == -1


def test_a_fund_that_was_entered_by_mistake_and_reversed_does_not_count():
    [entered, right] = funds("disponibla medel: 3 500 000", "disponibla medel: 3 000 000")
    wrong, back = {**entered, "event_no": "1"}, {**entered, "event_no": "2", "reverses_no": "1"}
    told = year(decisions("Exempelkommun 01: 1 761 018"), [wrong, back, right])
    assert told["available_sek"] == 3_000_000
    unknown = year(decisions("Exempelkommun 01: 1 761 018"), [wrong, back])
    assert unknown["available_sek"] is None
