"""The round of 2021 of the second programme, reckoned by hand from its exports (raw/motesplatser-for-aldre/2021).

Five grants of four recipients. One has two of them and money that is not placed; a claim goes with a waiver; a claim
was reconsidered; an invoice was sent without a decision; the extract of the cases is replaced by a corrected one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.command import statsbidrag
from tests.integration.publishing import current, rows, run_rounds

NAME, YEAR = "motesplatser-for-aldre", 2021
GRANTED = 100_000 + 60_000 + 80_000 + 120_000 + 40_000
UNUSED = 20_000 + 0 + 40_000 + 40_000 + 5_000
CLAIMED = 25_000 + 30_000
RECEIVED = 25_000 + 30_000 + 2_000
TO_DECIDE = 20_000 + (40_000 - 30_000)
OVERDUE = 5_000 - 2_000


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("several") / "warehouse"
    done = run_rounds("--programme", NAME, "--year", str(YEAR), warehouse=warehouse)
    assert done.returncode == 0, done.stderr
    return warehouse


@pytest.fixture(scope="module")
def figures(warehouse: Path) -> Callable[..., list[Any]]:
    def asked(columns: str, table: str, more: str = "1") -> list[Any]:
        # Columns and tables are written in this file.
        return rows(current(warehouse), f"SELECT {columns} FROM {table} WHERE year = {YEAR} AND {more}")

    return asked


def case(number: int) -> str:
    return f"EX 3.1-{number:04}/2021"


def test_the_round_is_the_sum_of_its_grants(figures):
    assert (GRANTED, UNUSED) == (400_000, 105_000)
    measures = dict(figures("measure, amount_kr", "out_balance"))
    expected = {
        "granted": GRANTED,
        "used": GRANTED - UNUSED,
        "unused": UNUSED,
        "repayable": UNUSED,
        "claimed": CLAIMED,
        "waived": 15_000,
        "received": RECEIVED,
        "undecided": TO_DECIDE,
        "notified": OVERDUE,
        "claim_left": 0,
        "outstanding": TO_DECIDE + OVERDUE,
        "overpaid": 0,
    }
    assert {name: measures[name] for name in expected} == expected
    assert UNUSED == RECEIVED + 15_000 + TO_DECIDE + OVERDUE


ACCOUNTS = [
    # granted, unused, claimed, waived, received, outstanding, to decide, notified and left
    (case(1), 100_000, 20_000, 0, 0, 0, 20_000, 20_000, 0),
    (case(2), 60_000, 0, 0, 0, 0, 0, 0, 0),
    (case(3), 80_000, 40_000, 25_000, 15_000, 25_000, 0, 0, 0),
    (case(4), 120_000, 40_000, 30_000, 0, 30_000, 10_000, 10_000, 0),
    (case(5), 40_000, 5_000, 0, 0, 2_000, 3_000, 0, 3_000),
]


def test_where_the_money_of_each_grant_stands(figures):
    columns = "granted_sek, unused_sek, claimed_sek, waived_sek, received_sek, outstanding_sek, undecided_sek"
    found = figures(f"grant_id, {columns}, notified_sek", "core_account", "1 ORDER BY grant_id")
    assert found == ACCOUNTS


def test_one_recipient_has_two_grants_and_money_of_neither(figures):
    """12 000 came from Exempelkommun 11, which does not say of which grant: nothing is received of either."""
    assert figures("count(*), sum(granted_sek)", "core_decision", "recipient_code = '9911'") == [(2, 160_000)]
    assert figures("recipient_code, event_date, amount_kr", "core_unplaced") == [("9911", "2022-03-11", 12_000)]
    assert figures("recipient_count", "out_grant_by_year") == [(4,)]


def test_what_the_replaced_extract_said_of_a_claim_is_nowhere(figures):
    """It said 52 000, which was mistyped: 25 000 is claimed and 15 000 waived in one decision."""
    decided = figures("claimed_sek, waived_sek, received_sek", "core_recovery_decision", f"grant_id = '{case(3)}'")
    assert decided == [(25_000, 15_000, 25_000)]
    assert figures("count(*)", "core_case_event", "amount_kr = 52000") == [(0,)]


def test_a_claim_that_was_reconsidered_counts_by_the_later_decision(figures):
    columns = "is_in_force, claimed_sek, received_sek"
    decided = figures(columns, "core_recovery_decision", f"grant_id = '{case(4)}' ORDER BY decided_date")
    assert decided == [(0, 0, 0), (1, 30_000, 30_000)]


def test_what_is_left_to_do(figures):
    assert figures("grant_id, todo, amount_sek", "core_todo", "1 ORDER BY grant_id") == [
        (case(1), "place_money", 12_000),
        (case(4), "decide_on_unused", 10_000),
        (case(5), "hear_on_unpaid", OVERDUE),
    ]


def test_no_letter_demands_and_none_goes_to_whom_money_waits_or_who_has_paid(warehouse: Path, tmp_path: Path):
    """Who has 10 000 to decide or 3 000 overdue is heard; 11 may have paid already, and 12 has."""
    chosen = ("--programme", NAME, "--year", str(YEAR), "--warehouse", warehouse, "--out", tmp_path / "letters")
    done = statsbidrag("drafts", *chosen)
    assert done.returncode == 0, done.stderr
    letters = sorted(path.name for path in (tmp_path / "letters").rglob("*.docx"))
    assert letters == ["kommunicering-9913.docx", "kommunicering-9914.docx"]
