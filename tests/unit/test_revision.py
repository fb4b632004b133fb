"""What was known when, as a table to read."""

import datetime as dt
from typing import Any

from pipelines.reports.revision import revisions


def row(measure: str, on: str, amount: int | None, **more: Any) -> dict[str, Any]:
    counts = {"known_count": int(amount is not None), "unknown_count": int(amount is None)}
    numbers = {"granted": 1, "unused": 6, "repayable": 9}
    return {
        "measure": measure,
        "measure_no": numbers[measure],
        "as_of_date": dt.date.fromisoformat(on),
        "amount_sek": amount,
        "is_assumed": False,
        "provenance": "real",
        **counts,
        **more,
    }


def days(*amounts: int | None, measure: str) -> list[dict[str, Any]]:
    return [row(measure, f"2024-01-0{number}", amount) for number, amount in enumerate(amounts, 1)]


def test_only_what_changed_is_shown_on_the_first_day_and_those_of_its_changes():
    found = revisions([*days(5, 5, 5, 5, measure="granted"), *days(None, 1, 1, 2, measure="unused")])
    assert found
    assert list(found.measures) == ["unused"]
    assert [date.day for date in found.days] == [1, 2, 4]
    assert [each["amount_sek"] for each in found.measures["unused"]] == [None, 1, 2]


def test_a_day_is_shown_for_all_measures_that_are():
    found = revisions([*days(1, 2, 2, measure="unused"), *days(7, 7, 8, measure="repayable")])
    assert found
    amounts = {name: [each["amount_sek"] for each in rows] for name, rows in found.measures.items()}
    assert amounts == {"unused": [1, 2, 2], "repayable": [7, 7, 8]}


def test_an_amount_that_is_known_of_more_recipients_has_changed():
    rows = [row("unused", "2024-01-01", 5), row("unused", "2024-01-02", 5, known_count=2)]
    found = revisions(rows)
    assert found
    assert len(found.days) == 2


def test_nothing_that_changed_is_no_table():
    assert revisions(days(5, 5, measure="granted")) is None
    assert revisions([]) is None


def test_a_day_keeps_its_mark_and_a_table_its_origin():
    rows = [row("unused", "2024-01-01", 1), row("unused", "2024-01-02", 2, is_assumed=True, provenance="synthetic")]
    found = revisions(rows)
    assert found
    assert list(found.days.values()) == [False, True]
    assert found.provenance == "mixed"


def days_in_a_row(count: int) -> list[dict[str, Any]]:
    """An amount that changes every day from 2023-12-30 on."""
    dates = ["2023-12-30", "2023-12-31", *(f"2024-01-{number:02}" for number in range(1, count - 1))]
    return [row("unused", on, amount) for amount, on in enumerate(dates)]


def test_as_many_days_as_a_page_has_room_for_are_all_shown():
    found = revisions(days_in_a_row(8))
    assert found
    assert len(found.days) == 8


def test_of_more_days_the_last_of_each_month_is_shown():
    found = revisions(days_in_a_row(9))
    assert found
    assert [date.isoformat() for date in found.days] == ["2023-12-31", "2024-01-07"]
    assert [each["amount_sek"] for each in found.measures["unused"]] == [1, 8]
