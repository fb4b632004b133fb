"""The total row of a list of decisions is held against its rows: the only control total that an export carries."""

import pytest

from assets.conform import faults, name_rows
from assets.frames import records_of
from tests.frames import raw_rows, received
from tests.spec.language import PROGRAMME, REGISTER


def found(*amounts: str, total: str, replaced: bool = False) -> list[tuple[int, str]]:
    """The problems of a list of decisions: the row they stand in, and their rule."""
    file = received(PROGRAMME.forms["decisions"], replaced=replaced)
    rows = [{"recipient_name": f"Exempelkommun {n:02}", "granted_sek": amount} for n, amount in enumerate(amounts, 1)]
    named = name_rows(
        raw_rows(file, *rows, {"recipient_name": "Summa", "granted_sek": total}), file, REGISTER, PROGRAMME
    )
    return [(row["source_row"], row["rule"]) for row in records_of(faults(named, file, PROGRAMME))]


def test_a_total_that_is_the_sum_of_its_rows_is_nothing_to_remark():
    assert found("94 500", "287 454", total="381 954") == []


@pytest.mark.parametrize("total", ["381 953", "381 955", "0", "oläsligt", ""])
def test_a_total_that_is_a_krona_off_or_no_amount_at_all_is_listed_at_its_own_cell(total: str):
    assert found("94 500", "287 454", total=total) == [(4, "total_row_differs")]


def test_the_total_of_a_list_that_another_one_replaces_is_nothing_to_mend():
    """It may be why the list was corrected: as with its rows, there is nothing left to do."""
    assert found("94 500", "287 454", total="381 955", replaced=True) == []
