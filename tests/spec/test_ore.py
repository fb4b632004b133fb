"""What adds up in öre adds up in kronor: use is rounded, and what was not used is what is left of the grant.

The tolerance is 1 krona, for reports and for the books, and only what was told in öre is given it: a krona that is
missing in whole kronor is missing.
"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.configuration import catalogue
from tests.rows import export_of, rows
from tests.spec.language import Rows, accounts, decisions, reconciliation, reports
from tests.spec.money_words import decided, happened, ledger, money, reported

WHO = "Exempelkommun 01"
MEETING_PLACES = catalogue.programme("motesplatser-for-aldre").forms["usage_report_2025"]
"""A form that asks what was used quarter by quarter."""


def account(said: str, granted: str = "100 000") -> tuple[Any, ...]:
    """What was used, what was not, what is missing, and how the grant stands."""
    row = accounts(decisions(f"{WHO}: {granted}"), _reports(said))[WHO]
    return row["used_sek"], row["unused_sek"], row["difference_sek"], row["outcome"]


def _reports(said: str) -> Rows:
    used, unused = (part.strip() for part in said.split("+"))
    [row] = reports(f"{WHO}: 0 använt")
    return [{**row, "used_sek": used, "unused_sek": unused}]


@pytest.mark.parametrize(
    ("said", "used", "unused"),
    [
        ("66 666,50 + 33 333,50", 66_667, 33_333),
        ("66 666,49 + 33 333,51", 66_666, 33_334),
        ("66 666,51 + 33 333,49", 66_667, 33_333),
        ("0,50 + 99 999,50", 1, 99_999),
        ("99 999,50 + 0,50", 100_000, 0),
        ("66 666,50 + 33 333,25", 66_667, 33_333),
    ],
)
def test_use_is_rounded_and_what_was_not_used_is_what_is_left(said: str, used: int, unused: int):
    assert account(said) == (used, unused, 0, "unused_reported" if unused else "all_used")


def test_quarters_in_ore_are_added_before_they_are_rounded():
    """Two times 12 500,50 is 25 001, and with 0,50 in each of the others 25 002: rounded one by one it were 25 004."""
    row = {"recipient_name": WHO, "use_by_quarter.q1": "12 500,50", "use_by_quarter.q2": "12 500,50"}
    row |= {"use_by_quarter.q3": "0,50", "use_by_quarter.q4": "0,50", "unused_sek": "0"}
    [read] = rows(export_of(MEETING_PLACES, row))
    assert read.values["used_sek"] == 25_002


def test_a_rest_under_one_krona_is_no_difference_and_is_shown():
    assert account("66 666,40 + 33 333") == (66_666, 33_333, 1, "unused_reported")
    assert account("66 667,40 + 33 333,40") == (66_667, 33_334, -1, "unused_reported")


def test_two_kronor_in_ore_are_a_difference():
    assert account("66 665,40 + 33 333,40") == (66_665, 33_334, 1, "unused_reported")
    assert account("66 664,40 + 33 333,40") == (66_664, 33_334, 2, "difference")


def test_one_krona_in_whole_kronor_is_a_difference():
    assert account("66 666 + 33 333") == (66_666, 33_333, 1, "difference")


def test_the_finding_about_ore_says_what_was_written():
    found = reconciliation(decisions(f"{WHO}: 100 000"), _reports("66 666,50 + 33 333,50"))["core_finding"]
    said = [row["message_sv"] for row in found if row["rule"] == "amount_has_ore"]
    assert [any(amount in each for each in said) for amount in ("66 666,50", "33 333,50")] == [True, True]


BOOK = ledger(
    decided(f"2022-10-03 {WHO}: 100 000"),
    [{**reported(f"2023-01-30 {WHO}: 1 använt")[0], "used_sek": "66 666,50", "unused_sek": "33 333,50"}],
    happened(f"2022-11-01 utbetalning {WHO}: 100 000", f"2023-02-10 återbetalning {WHO}: 33 333,50"),
)


def test_what_was_not_used_is_settled_when_it_is_repaid_in_ore():
    """33 333 is left and 33 334 came in: both are 33 333,50, and nobody has paid too much."""
    assert money(BOOK, "2023-02-09")[WHO]["status"] == "unused_outstanding"
    settled = money(BOOK, "2023-02-10")[WHO]
    assert (settled["unused_sek"], settled["received_sek"], settled["status"]) == (33_333, 33_334, "unused_repaid")


def in_ore(ore: int) -> str:
    """An amount as a person writes it."""
    return f"{ore // 100},{ore % 100:02}"


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000_000))
def test_whatever_adds_up_in_ore_adds_up_in_kronor(used: int):
    told_used, told_unused, difference, _ = account(f"{in_ore(used)} + {in_ore(10_000_000 - used)}")
    assert (told_used + told_unused, difference) == (100_000, 0)
    assert abs(100 * told_used - used) <= 50
