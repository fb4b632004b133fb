"""What was known when: revisions that mark what is made up, and a bridge whose steps add up."""

import datetime as dt
from typing import Any

from assets.domain.grant.account import account_of
from assets.domain.grant.entries import Entry
from assets.domain.past import UNEXPLAINED, bridge, revisions, unexplained
from schemas.words.events import EVENTS
from schemas.words.vocabulary import ACCOUNT_MEASURES
from tests.grants import source

EVERYTHING = frozenset(EVENTS)
FIRST, LATER, LAST = dt.date(2022, 12, 31), dt.date(2023, 3, 1), dt.date(2023, 4, 1)


def entry(event: str, amount_sek: int, day: dt.date = FIRST, **said: Any) -> Entry:
    """An entry of Exempelkommun 01. Args: said: cause, who, provenance, and whether its day is assumed."""
    who = said.get("who", "9901")
    return Entry(
        entry_id=f"{who}:{event}:{amount_sek}@{day}",
        row_id=f"{who}:{event}",
        event=event,
        cost_category=None,
        cause=said.get("cause", event if event in ("decision", "report") else "report"),
        recipient_code=who,
        grant_id=who and f"{who}-1",
        case_number=None,
        event_date=None,
        recorded_date=day,
        recorded_is_assumed=said.get("assumed", False),
        amount_sek=amount_sek,
        reverses=None,
        source=source(provenance=said.get("provenance", "synthetic")),
    )


def funds(provenance: str) -> Entry:
    return entry("available_funds", 3_500_000, who=None, cause="funds", provenance=provenance)


# -- revisions --------------------------------------------------------------------------------------------------------
def revised(*entries: Entry, told: frozenset[str] = EVERYTHING) -> dict[tuple[str, dt.date], dict[str, Any]]:
    return {(row["measure"], row["as_of_date"]): row for row in revisions(entries, told)}


def test_what_is_not_known_is_as_made_up_as_the_recipients_that_it_is_not_known_of():
    for people, of_funds in (("synthetic", "real"), ("real", "synthetic")):
        found = revised(entry("decision", 700_000, provenance=people), funds(of_funds), told=frozenset())
        provenances = [found[measure, FIRST]["provenance"] for measure in ("granted", "unused")]
        assert provenances == [people, people], people
    assert {row["provenance"] for row in revised(funds("real")).values()} == {"real"}


def test_a_day_says_of_how_many_a_measure_is_known_and_what_changed():
    found = revised(
        entry("decision", 100),
        entry("decision", 50, who="9902"),
        entry("reported_unused", 10, LATER),
        entry("reported_unused", 5, LAST, who="9902", assumed=True),
    )
    unused = [found["unused", day] for day in (FIRST, LATER, LAST)]
    columns = ("amount_sek", "known_count", "unknown_count", "change_sek", "is_assumed")
    assert [tuple(row[name] for name in columns) for row in unused] == [
        (None, 0, 2, None, False),
        (10, 1, 1, None, False),
        (15, 2, 0, 5, True),
    ]
    assert [found["granted", day]["change_sek"] for day in (FIRST, LATER)] == [None, 0]
    assert [row["measure_no"] for row in revised(entry("decision", 1)).values()] == list(
        range(1, len(ACCOUNT_MEASURES) + 1)
    )


def test_an_account_without_a_decision_is_in_no_sum():
    found = revised(entry("reported_unused", 10), entry("decision", 100, LATER))
    assert (found["unused", FIRST]["amount_sek"], found["unused", FIRST]["unknown_count"]) == (None, 0)
    assert (found["unused", LATER]["amount_sek"], found["unused", LATER]["unknown_count"]) == (10, 0)


def test_a_decision_that_is_taken_back_leaves_every_sum():
    found = revised(entry("decision", 100), entry("decision", 50, who="9902"), _reversed(entry("decision", 100), LATER))
    assert (found["granted", LATER]["amount_sek"], found["granted", LATER]["known_count"]) == (50, 1)


def _reversed(each: Entry, day: dt.date) -> Entry:
    reversal = {"entry_id": f"{each.entry_id}:reversed", "reverses": each.entry_id, "recorded_date": day}
    return Entry(**{**vars(each), **reversal, "amount_sek": -each.amount_sek})


# -- the bridge -------------------------------------------------------------------------------------------------------
BEFORE = [entry("decision", 100), entry("reported_use", 90), entry("reported_unused", 10)]


def steps(measure: str, *added: Entry, before: list[Entry] | None = None) -> list[tuple[Any, ...]]:
    rows = bridge(BEFORE if before is None else before, added, EVERYTHING)
    names = ("recorded_date", "cause", "before_sek", "after_sek")
    return [tuple(row[name] for name in names) for row in rows if row["measure"] == measure]


def test_a_step_is_what_one_cause_recorded_on_one_day_and_a_day_is_told_in_the_order_of_causes():
    added = [
        entry("recovery_decided", 12, LATER, cause="recovery"),
        entry("reported_unused", -10, LATER, cause="correction"),
        entry("reported_unused", 11, LATER, cause="correction"),
        entry("reported_unused", 4, LAST, cause="supplement"),
    ]
    paid = [*BEFORE, entry("payment", 100, cause="payment")]
    assert steps("unused", *added, before=paid) == [(LATER, "correction", 10, 11), (LAST, "supplement", 11, 15)]
    assert steps("claimed", *added, before=paid) == [(LATER, "recovery", 0, 12)]


def test_the_steps_of_a_measure_add_up_whatever_it_is_derived_from():
    added = [
        entry("payment", 100, LATER, cause="payment"),
        entry("use_disallowed", 30, LATER, cause="recovery"),
        entry("repaid", 10, LAST, cause="repayment"),
        entry("decision", 20, LAST, cause="adjusted_decision"),
    ]
    before, after = account_of(BEFORE, EVERYTHING), account_of([*BEFORE, *added], EVERYTHING)
    for measure in ACCOUNT_MEASURES:
        change = sum(now - was for _, _, was, now in steps(measure, *added))
        assert change == (after.measure(measure) or 0) - (before.measure(measure) or 0), measure


def test_what_becomes_known_comes_from_nothing_and_what_changes_nothing_is_no_step():
    assert steps("unused", entry("reported_unused", 10, LATER), before=[entry("decision", 100)]) == [
        (LATER, "report", None, 10)
    ]
    assert steps("granted", entry("reported_unused", 1, LATER)) == []
    assert bridge([], [entry("reported_unused", 10, LATER)], EVERYTHING) == [], "in no sum without a decision"


def test_a_step_is_as_assumed_and_as_made_up_as_any_of_its_entries():
    added = [entry("reported_unused", 1, LATER, assumed=True, provenance="real"), entry("reported_use", -1, LATER)]
    [*_, row] = bridge(BEFORE, added, EVERYTHING)
    assert (row["is_assumed"], row["provenance"], row["grant_id"]) == (True, "mixed", "9901-1")


def test_what_a_version_published_otherwise_than_its_entries_say_is_of_rules_or_code():
    published = {
        **{f"{name}_sek": account_of(BEFORE, EVERYTHING).measure(name) for name in ACCOUNT_MEASURES},
        "grant_id": "9901-1",
        "recipient_code": "9901",
        "provenance": "synthetic",
    }
    assert list(unexplained([published], BEFORE, EVERYTHING)) == []
    # By its entries nothing was paid, so nothing is repayable.
    [row] = unexplained([published | {"repayable_sek": 3}], BEFORE, EVERYTHING)
    assert (row["measure"], row["before_sek"], row["after_sek"], row["cause"], row["recorded_date"]) == (
        "repayable",
        3,
        0,
        UNEXPLAINED,
        None,
    )
    assert list(unexplained([published | {"granted_sek": None}], BEFORE, EVERYTHING)) == []
