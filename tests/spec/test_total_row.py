"""The total row of a list of decisions is held against its rows: the only control total that an export carries."""

import datetime as dt

import pytest

from assets.domain.findings import of_totals
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, PROGRAMME, Rows

LISTS = rounds.programme_of(PROGRAMME, DECISIONS)


def found(*amounts: str, total: str, replaced: bool = False) -> list[tuple[int, str]]:
    """The problems of a list of decisions: the row they stand in, and their rule."""
    listed: Rows = [
        {"recipient_name": f"Exempelkommun {n:02}", "granted_sek": amount} for n, amount in enumerate(amounts, 1)
    ]
    files = [rounds.file(DECISIONS, *listed, {"recipient_name": "Summa", "granted_sek": total}, name="list.csv")]
    if replaced:
        files.append(rounds.file(DECISIONS, *listed, name="next.csv", replaces="list.csv"))
    history = rounds.history_of(rounds.received(files, BODIES), LISTS)
    mine = [row for row in history.on(rounds.TODAY) if row.export.file is files[0]]
    in_rows = [(row.number, fault.rule) for row in mine for fault in row.faults]
    in_total = of_totals(mine[0].export, mine, rounds.TODAY)
    return in_rows + [(each.source_row or 0, each.rule) for each in in_total]


def test_a_total_that_is_the_sum_of_its_rows_is_nothing_to_remark():
    assert found("94 500", "287 454", total="381 954") == []


@pytest.mark.parametrize("total", ["381 953", "381 955", "0", "oläsligt", ""])
def test_a_total_that_is_a_krona_off_or_no_amount_at_all_is_listed_at_its_own_cell(total: str):
    assert found("94 500", "287 454", total=total) == [(4, "total_row_differs")]


def test_the_total_of_a_list_that_another_one_replaces_is_nothing_to_mend():
    """It may be why the list was corrected: as with its rows, there is nothing left to do."""
    assert found("94 500", "287 454", total="381 955", replaced=True) == []


def test_the_total_of_a_list_that_has_not_come_yet_is_nothing_to_mend_either():
    listed: Rows = [{"recipient_name": "Exempelkommun 01", "granted_sek": "94 500"}]
    total = {"recipient_name": "Summa", "granted_sek": "1"}
    came = rounds.TODAY
    files = [
        rounds.file(DECISIONS, *listed, name="list.csv"),
        rounds.file(DECISIONS, *listed, total, name="next.csv", replaces="list.csv", date=came),
    ]
    received = rounds.received(files, BODIES)
    days = (came - dt.timedelta(days=1), came)
    found = [[row["rule"] for row in rounds.found_in_rows(received, LISTS, day)] for day in days]
    assert ["total_row_differs" in rules for rules in found] == [False, True]
