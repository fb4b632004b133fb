"""A figure is kept as it was known on every day: what came later never changes what was known before.

The source's annex: 3 119 562 was reported unused for 2023, 184 363 of it by one recipient. A footnote tells of 110 191
more that it repaid after a decision on recovery. So what is reported as unused stays, and what is repayable grows.
"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.spec.stories import DAY, SOURCES, stories, tried
from tests.spec.time_language import NOTHING_ELSE, Said, book, book_of, known_on, revised, revisions, standing, until

FOOTNOTE = book(
    "2023-12-31 Exempelkommun 01 beslut 700 000",
    "2024-05-31 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
    "2024-07-31 Exempelkommun 01 återkrävt och återbetalt 110 191 (antaget datum)",
)


def test_what_was_reported_unused_stays_when_more_is_recovered():
    assert revised(FOOTNOTE, NOTHING_ELSE)["unused"] == [
        ("2023-12-31", None),
        ("2024-05-31", 184_363),
        ("2024-07-31", 184_363),
    ]


def test_what_is_repayable_grows_by_what_is_recovered_on_the_day_it_is_recorded():
    assert revised(FOOTNOTE, NOTHING_ELSE)["repayable"] == [
        ("2023-12-31", 0),
        ("2024-05-31", 184_363),
        ("2024-07-31", 184_363 + 110_191),
    ]


def test_the_day_before_it_is_recorded_nothing_of_it_is_known():
    assert known_on(FOOTNOTE, "2024-07-30", NOTHING_ELSE)["repayable"] == 184_363
    assert known_on(FOOTNOTE, "2024-07-31", NOTHING_ELSE)["repayable"] == 184_363 + 110_191


def test_before_the_report_its_amounts_are_unknown_and_not_zero():
    assert known_on(FOOTNOTE, "2024-05-30", NOTHING_ELSE)["used"] is None
    assert known_on(FOOTNOTE, "2024-05-30", NOTHING_ELSE)["unused"] is None


def test_a_day_that_is_only_that_of_a_file_is_marked_as_assumed():
    days = {row["as_of_date"].isoformat(): row["is_assumed"] for row in revisions(FOOTNOTE, NOTHING_ELSE)}
    assert days == {"2023-12-31": False, "2024-05-31": False, "2024-07-31": True}


def test_a_corrected_report_counts_as_it_was_read_until_the_correction():
    entries = book(
        "2023-11-01 Exempelkommun 01 beslut 700 000",
        "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
        "2024-03-01 Exempelkommun 01 rättelse 500 000 använt, 200 000 oanvänt",
    )
    assert revised(entries)["unused"] == [("2023-11-01", None), ("2024-01-30", 184_363), ("2024-03-01", 200_000)]


def test_a_supplement_counts_from_the_day_it_came_and_not_before():
    entries = book(
        "2023-11-01 Exempelkommun 01 beslut 700 000",
        "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
        "2024-02-20 Exempelkommun 01 komplettering 600 000 använt, 100 000 oanvänt",
    )
    assert revised(entries)["used"] == [("2023-11-01", None), ("2024-01-30", 515_637), ("2024-02-20", 600_000)]


def test_a_recipient_counts_from_the_day_of_its_decision():
    entries = book(
        "2023-11-01 Exempelkommun 01 beslut 700 000",
        "2023-11-15 Exempelkommun 02 beslut 300 000",
        "2023-11-20 Exempelkommun 02 ändrat beslut 250 000",
    )
    assert revised(entries)["granted"] == [
        ("2023-11-01", 700_000),
        ("2023-11-15", 700_000 + 300_000),
        ("2023-11-20", 700_000 + 250_000),
    ]


# -- whatever happens, and in whatever order ------------------------------------------------------------------------
def known_by(story: list[Said], on: str) -> list[Said]:
    """What was known of a story on a day."""
    return [row for row in story if row["on"] <= on]


@tried
@given(stories(), DAY, SOURCES)
def test_what_was_known_on_a_day_is_what_a_book_of_that_day_says(story: list[Said], on: str, told: frozenset[str]):
    assert known_on(book_of(story), on, told) == known_on(book_of(known_by(story, on)), on, told)


@tried
@given(stories(), st.randoms(use_true_random=False), SOURCES)
def test_the_order_in_which_things_arrive_does_not_matter(story: list[Said], random: Any, told: frozenset[str]):
    shuffled = random.sample(story, len(story))
    assert revised(book_of(shuffled), told) == revised(book_of(story), told)


@tried
@given(stories(), SOURCES)
def test_every_day_of_the_revision_table_says_what_the_accounts_of_that_day_say(
    story: list[Said], told: frozenset[str]
):
    entries = book_of(story)
    rows = revisions(entries, told)
    on_day = {on: standing(until(entries, on.isoformat()), told) for on in {row["as_of_date"] for row in rows}}
    for row in rows:
        everybody = on_day[row["as_of_date"]]
        known = [amount for account in everybody if (amount := account[f"{row['measure']}_sek"]) is not None]
        assert row["amount_sek"] == (sum(known) if known else None)
        assert (row["known_count"], row["unknown_count"]) == (len(known), len(everybody) - len(known))


@tried
@given(stories(), DAY, SOURCES)
def test_the_identities_of_the_money_hold_on_every_day(story: list[Said], on: str, told: frozenset[str]):
    for account in standing(until(book_of(story), on), told):
        amounts = {name.removesuffix("_sek"): value for name, value in account.items() if name.endswith("_sek")}
        above = max(0, (amounts["paid"] or 0) + (amounts["withheld"] or 0) - (amounts["granted"] or 0))
        assert _adds_up(amounts | {"above": above}, ("granted", "above"), ("paid", "withheld", "unpaid"))
        assert _adds_up(amounts, ("paid", "to_pay_out"), ("accepted_use", "repayable", "unaccounted"))
        settled = {name: amounts[name] or 0 for name in ("waived", "written_off")}
        left = ("received", "waived", "written_off", "outstanding")
        assert _adds_up(amounts | settled, ("repayable", "overpaid"), left)
        assert _adds_up(amounts, ("outstanding",), ("claim_left", "notified", "undecided"))
        assert [name for name, amount in amounts.items() if amount is not None and amount < 0] == []


def _adds_up(amounts: dict[str, int | None], whole: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """An identity in which something is unknown says nothing."""
    left, right = ([amounts[name] for name in side] for side in (whole, parts))
    return None in (*left, *right) or sum(filter(None, left)) == sum(filter(None, right))
