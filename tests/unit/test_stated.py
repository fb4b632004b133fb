"""What received rows state, since when: a correction of an amount holds from its day, not from the report's."""

import datetime as dt

import narwhals as nw
import pytest

from assets.domain.forms import Change
from assets.domain.frames import Frame
from assets.domain.ledger import as_read, dated_events, entries_of_events, entries_of_reports
from assets.domain.stated import readings, stated_rows, with_bounds
from assets.frames import records_of
from assets.ledger import wanted
from schemas.configuration import catalogue
from tests.frames import raw_rows, received, table

FILE = received(catalogue.programme("stadigvarande-boende").forms["usage_report_2022"])
UNUSED = FILE.positions["unused_sek"]
USED = FILE.positions["used_sek"]
FIRST, LATER = "2023-03-01", "2023-04-01"


def rows(*sent: tuple[str, str, str]):
    """Reports of Exempelkommun 01: when, used, unused."""
    slots = ("submitted_at", "used_sek", "unused_sek")
    return raw_rows(FILE, *(dict(zip(slots, each, strict=True)) for each in sent))


def fates(*of_rows: str):
    told = ({"source_row": row, "fate": fate, "row_kind": "data"} for row, fate in enumerate(of_rows, 2))
    return table("core_row", *told, recipient_code="9901", late=False)


def entries(raw: Frame, told: Frame, *dated: tuple[str, Change]) -> list[tuple[str, str, int, str]]:
    """When an entry was recorded, what it is of, how much, and why; in that order."""
    stated = [
        with_bounds(stated_rows(raw, told, each, "core_usage_report"), each).select(*wanted("core_usage_report"))
        for each in readings(FILE, list(dated))
    ]
    made = records_of(entries_of_reports(nw.concat(stated, how="vertical")))
    return sorted((str(row["recorded_date"]), row["event"], row["amount_sek"], row["cause"]) for row in made)


def test_a_report_states_its_amounts_from_the_day_it_came():
    found = entries(rows(("2023-01-30 10:00", "90", "10")), fates("accepted"))
    assert found == [("2023-01-30", "reported_unused", 10, "report"), ("2023-01-30", "reported_use", 90, "report")]


def test_a_corrected_amount_is_reversed_and_stated_anew_on_the_day_of_the_correction():
    found = entries(rows(("2023-01-30 10:00", "90", "10")), fates("accepted"), (FIRST, Change(2, UNUSED, "10", "12")))
    assert [each for each in found if each[1] == "reported_unused"] == [
        ("2023-01-30", "reported_unused", 10, "report"),
        (FIRST, "reported_unused", -10, "correction"),
        (FIRST, "reported_unused", 12, "correction"),
    ]


def test_two_corrections_of_a_row_hold_one_after_the_other():
    changes = (FIRST, Change(2, UNUSED, "10", "12")), (LATER, Change(2, USED, "90", "88"))
    found = entries(rows(("2023-01-30 10:00", "90", "10")), fates("accepted"), *changes)
    assert sum(amount for _, event, amount, _ in found if event == "reported_unused") == 12
    assert [(day, amount) for day, event, amount, _ in found if event == "reported_use" and day == LATER] == [
        (LATER, -90),
        (LATER, 88),
    ]


def test_an_amount_that_could_not_be_read_is_stated_from_its_correction_on():
    found = entries(
        rows(("2023-01-30 10:00", "90", "ca 10")), fates("accepted"), (FIRST, Change(2, UNUSED, "ca 10", "10"))
    )
    assert [each for each in found if each[1] == "reported_unused"] == [(FIRST, "reported_unused", 10, "correction")]


def test_the_rows_that_no_correction_touches_are_read_once():
    raw = rows(("2023-01-30 10:00", "90", "10"), ("2023-01-31 10:00", "5", "5"))
    told = fates("accepted", "accepted").with_columns(
        recipient_code=nw.when(nw.col("source_row") == 2).then(nw.lit("9901")).otherwise(nw.lit("9902"))
    )
    found = entries(raw, told, (FIRST, Change(2, UNUSED, "10", "12")))
    assert [each for each in found if each[2] == 5] == [
        ("2023-01-31", "reported_unused", 5, "report"),
        ("2023-01-31", "reported_use", 5, "report"),
    ]


def test_a_report_that_a_later_one_replaced_is_reversed_on_that_day():
    raw = rows(("2023-01-30 10:00", "90", "10"), ("2023-02-20 10:00", "80", "20"))
    unused = [each for each in entries(raw, fates("superseded", "accepted")) if each[1] == "reported_unused"]
    assert unused == [
        ("2023-01-30", "reported_unused", 10, "report"),
        ("2023-02-20", "reported_unused", -10, "report"),
        ("2023-02-20", "reported_unused", 20, "report"),
    ]


@pytest.mark.parametrize("fate", ["quarantined", "excluded"])
def test_a_row_that_never_counted_states_nothing(fate: str):
    assert entries(rows(("2023-01-30 10:00", "90", "10")), fates(fate)) == []


def test_a_row_of_a_replaced_file_states_nothing():
    told = fates("superseded").with_columns(rule=nw.lit("replaced_file"))
    assert entries(rows(("2023-01-30 10:00", "90", "10")), told) == []


def test_a_correction_of_a_report_that_was_replaced_before_it_changes_nothing():
    raw = rows(("2023-01-30 10:00", "90", "10"), ("2023-02-20 10:00", "80", "20"))
    corrected = entries(raw, fates("superseded", "accepted"), (FIRST, Change(2, UNUSED, "10", "12")))
    assert corrected == entries(raw, fates("superseded", "accepted"))


EVENTS = received(catalogue.programme("stadigvarande-boende").forms["events"])


def test_an_event_whose_amount_is_corrected_is_reversed_and_entered_again_on_the_day_of_the_correction():
    raw = raw_rows(EVENTS, {"event": "Återbetalning", "event_date": "2023-02-10", "amount_sek": "17 799"})
    told = table("core_row", {"source_row": 2, "fate": "accepted", "row_kind": "data"}, recipient_code="9901")
    change = Change(2, EVENTS.positions["amount_sek"], "17 799", "16 799")
    read = [
        with_bounds(stated_rows(raw, told, each, "core_event"), each).select(*wanted("core_event"))
        for each in readings(EVENTS, [(LATER, change)])
    ]
    repaid = {"event": "repaid", "amount_sek": 16_799, "source_row": 2, "recorded_date": dt.date(2023, 2, 10)}
    events = dated_events(table("core_event", repaid, recipient_code="9901"), table("core_source_file"))
    made = records_of(entries_of_events(as_read(events, nw.concat(read, how="vertical"))))
    assert sorted((str(row["recorded_date"]), row["amount_sek"], row["cause"]) for row in made) == [
        ("2023-02-10", 17_799, "repayment"),
        (LATER, -17_799, "correction"),
        (LATER, 16_799, "correction"),
    ]


def test_an_event_without_a_day_of_its_own_is_known_from_the_day_of_its_file():
    events = table("core_event", {"event": "repaid", "amount_sek": 5, "recorded_date": None})
    [row] = records_of(dated_events(events, table("core_source_file", {"known_date": dt.date(2024, 7, 31)})))
    assert (row["recorded_date"], row["recorded_is_assumed"]) == (dt.date(2024, 7, 31), True)
