"""Between any two days every change of a figure has a cause, and the changes add up to the difference, to the krona."""

import datetime as dt

from hypothesis import given

from tests.spec.stories import DAY, SOURCES, stories, tried
from tests.spec.time_language import (
    NOTHING_ELSE,
    START,
    Said,
    book,
    book_of,
    bridge,
    changes,
    known_on,
)

DECIDED = "2023-11-01 Exempelkommun 01 beslut 700 000"
PAID = "2023-11-15 Exempelkommun 01 utbetalt 700 000"
REPORTED = "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt"


def test_the_footnote_of_the_annex_explains_itself():
    """On top of the 184 363 reported unused, 110 191 more were repaid after a decision on recovery."""
    footnote = "2024-07-31 Exempelkommun 01 återkrävt och återbetalt 110 191 (antaget datum)"
    rows = bridge(book(DECIDED, REPORTED, footnote), "2024-06-30", "2024-07-31", NOTHING_ELSE)
    assert changes("repayable", rows) == [("Exempelkommun 01", "recovery", 110_191)]
    assert changes("unused", rows) == []
    assert {row["is_assumed"] for row in rows} == {True}


def test_a_late_report_is_told_from_one_in_time():
    rows = bridge(book(DECIDED, REPORTED.replace("rapport", "sen rapport")), "2024-01-01", "2024-06-30")
    assert changes("unused", rows) == [("Exempelkommun 01", "late_report", 184_363)]


def test_a_supplement_changes_what_the_report_said_by_the_difference():
    later = "2024-02-20 Exempelkommun 01 komplettering 600 000 använt, 100 000 oanvänt"
    rows = bridge(book(DECIDED, PAID, REPORTED, later), "2024-02-01", "2024-06-30")
    assert changes("used", rows) == [("Exempelkommun 01", "supplement", 600_000 - 515_637)]
    assert changes("repayable", rows) == [("Exempelkommun 01", "supplement", 515_637 - 600_000)]


def test_a_correction_changes_what_the_report_said_by_the_difference():
    later = "2024-03-01 Exempelkommun 01 rättelse 500 000 använt, 200 000 oanvänt"
    rows = bridge(book(DECIDED, PAID, REPORTED, later), "2024-02-01", "2024-06-30")
    assert changes("unused", rows) == [("Exempelkommun 01", "correction", 200_000 - 184_363)]


def test_an_adjusted_decision_replaces_what_was_granted_and_never_adds_to_it():
    rows = bridge(book(DECIDED, "2023-12-01 Exempelkommun 01 ändrat beslut 600 000"), "2023-11-30", "2023-12-31")
    assert changes("granted", rows) == [("Exempelkommun 01", "adjusted_decision", 600_000 - 700_000)]


def test_each_cause_has_the_part_that_is_its_own():
    """Owed are 184 363; 10 000 more are not accepted and claimed back; 50 000 is waived and 100 000 comes in."""
    entries = book(
        DECIDED,
        PAID,
        REPORTED,
        "2024-03-01 Exempelkommun 01 ej godtaget 10 000",
        "2024-03-01 Exempelkommun 01 återkrävt 194 363",
        "2024-04-01 Exempelkommun 01 efterskänkt 50 000",
        "2024-05-01 Exempelkommun 01 återbetalt 100 000",
        "2024-06-01 Exempelkommun 01 avskrivet 44 363",
    )
    told = changes("outstanding", bridge(entries, "2024-02-01", "2024-06-30"))
    assert told == [
        ("Exempelkommun 01", "recovery", 10_000),
        ("Exempelkommun 01", "waiver", -50_000),
        ("Exempelkommun 01", "repayment", -100_000),
        ("Exempelkommun 01", "write_off", -44_363),
    ]
    assert sum(change for _, _, change in told) == 0 - 184_363


def test_of_one_day_each_cause_is_told_apart():
    entries = book(
        DECIDED,
        PAID,
        "2024-01-30 Exempelkommun 01 återbetalt 100 000",
        "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
    )
    told = changes("outstanding", bridge(entries, "2024-01-01", "2024-06-30"))
    assert told == [("Exempelkommun 01", "report", 184_363), ("Exempelkommun 01", "repayment", -100_000)]


def test_an_amount_that_becomes_known_was_unknown_and_not_zero():
    [row] = [row for row in bridge(book(DECIDED, REPORTED), "2024-01-01", "2024-06-30") if row["measure"] == "unused"]
    assert (row["before_sek"], row["after_sek"]) == (None, 184_363)


def test_what_happened_outside_the_days_is_not_told():
    entries = book(DECIDED, PAID, REPORTED)
    assert bridge(entries, "2023-11-15", "2024-01-29") == []
    assert bridge(entries, "2024-01-30", "2024-06-30") == []
    assert changes("unused", bridge(entries, "2024-01-29", "2024-01-30")) == [("Exempelkommun 01", "report", 184_363)]


def test_the_others_have_no_part_in_what_one_recipient_changed():
    entries = book(
        DECIDED,
        REPORTED,
        "2023-11-01 Exempelkommun 02 beslut 300 000",
        "2024-01-30 Exempelkommun 02 rapport 300 000 använt, 0 oanvänt",
        "2024-03-01 Exempelkommun 01 ej godtaget 5",
    )
    rows = bridge(entries, "2024-02-01", "2024-06-30")
    assert {row["recipient_code"] for row in rows} == {"9901"}


# -- whatever happens -----------------------------------------------------------------------------------------------
@tried
@given(stories(), DAY, DAY, SOURCES)
def test_the_changes_of_a_figure_add_up(story: list[Said], on: str, later: str, told: frozenset[str]):
    since, until = sorted((on, later))
    entries = book_of(story)
    rows = bridge(entries, since, until, told)
    before, after = (known_on(entries, on, told) for on in (since, until))
    for measure, amount in after.items():
        told_of = sum(change for _, _, change in changes(measure, rows))
        assert (before[measure] or 0) + told_of == (amount or 0), measure


@tried
@given(stories(), SOURCES)
def test_the_changes_of_a_recipient_follow_each_other_without_a_gap(story: list[Said], told: frozenset[str]):
    first = (START - dt.timedelta(days=1)).isoformat()
    rows = bridge(book_of(story), first, "2024-12-31", told)
    for grant, measure in {(row["grant_id"], row["measure"]) for row in rows}:
        steps = [row for row in rows if (row["grant_id"], row["measure"]) == (grant, measure)]
        befores, afters = ([row[side] for row in steps] for side in ("before_sek", "after_sek"))
        assert befores == [None, *afters[:-1]]
