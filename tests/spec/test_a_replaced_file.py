"""A file that is replaced said what it said until the day that the next one came; nothing is patched backwards.

10 000 not used are reported and published on 1 March. The file that replaces the export on 15 April says 40 000.
"""

import datetime as dt

from assets.domain.grant.entries import Entry, known_by
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, REPORTS, SPECIFIED, Rows, decisions, reports
from tests.spec.money_words import LAST_DAY
from tests.spec.time_language import NOTHING_ELSE, bridge, changes

WHO, OTHER, THIRD = (f"Exempelkommun 0{number}" for number in (1, 2, 3))
GRANTED = [
    {**row, "decided_date": "2022-10-03"} for row in decisions(*(f"{who}: 100 000" for who in (WHO, OTHER, THIRD)))
]
PUBLISHED, CAME = "2023-03-01", "2023-04-15"
DAY_BEFORE = "2023-04-14"


def said(*lines: str, on: str = "2023-02-20") -> Rows:
    """What was reported, and when."""
    return [{**row, "submitted_at": on} for row in reports(*lines)]


def exports(*versions: tuple[str, Rows]) -> rounds.Received:
    """The round with an export of reports and those that replace it: the day of each, and its rows."""
    files = []
    for number, (date, sent) in enumerate(versions, 1):
        replaced = f"export-{number - 1}.csv" if number > 1 else None
        came = dt.date.fromisoformat(date)
        files.append(rounds.file(REPORTS, *sent, name=f"export-{number}.csv", date=came, replaces=replaced))
    return rounds.received([rounds.file(DECISIONS, *GRANTED), *files, rounds.file(EVENTS)], BODIES)


def entries(received: rounds.Received) -> list[Entry]:
    """The ledger of the round."""
    return list(rounds.known(received, SPECIFIED, LAST_DAY).ledger)


def unused(received: rounds.Received, on: str) -> dict[str, int | None]:
    """What was not used, as the round that is computed as of a day says."""
    tables = rounds.tables_of(received, SPECIFIED, dt.date.fromisoformat(on))
    return {row["recipient_code"]: row["unused_sek"] for row in tables["core_account"]}


def on(day: str, made: list[Entry], event: str = "reported_unused") -> list[tuple[str | None, int, str]]:
    """The entries of a day: whose, how much, why."""
    mine = [each for each in made if (each.recorded_date.isoformat(), each.event) == (day, event)]
    return sorted((each.recipient_code, each.amount_sek, each.cause) for each in mine)


REPLACED = exports((PUBLISHED, said(f"{WHO}: 10 000 oanvänt")), (CAME, said(f"{WHO}: 40 000 oanvänt")))


def test_as_of_a_day_before_the_next_file_came_the_first_one_is_what_is_known():
    assert unused(REPLACED, PUBLISHED)["9901"] == 10_000
    assert unused(REPLACED, DAY_BEFORE)["9901"] == 10_000


def test_from_the_day_that_it_came_the_next_one_is():
    assert unused(REPLACED, CAME)["9901"] == 40_000


def test_on_that_day_the_ledger_reverses_what_the_first_said_and_enters_what_the_next_says():
    made = entries(REPLACED)
    assert on(CAME, made) == [("9901", -10_000, "replacement"), ("9901", 40_000, "replacement")]
    assert on("2023-02-20", made) == [("9901", 10_000, "report")]
    assert [each.event for each in made if each.recorded_date.isoformat() == CAME] == ["reported_unused"] * 2


def test_the_bridge_from_the_day_of_publication_says_that_a_file_was_replaced():
    [row] = [row for row in bridge(entries(REPLACED), PUBLISHED, "2023-12-31") if row["measure"] == "unused"]
    assert (row["before_sek"], row["after_sek"], row["cause"]) == (10_000, 40_000, "replacement")
    assert row["recorded_date"].isoformat() == CAME


def test_one_amount_that_is_changed_is_one_line_of_one_recipient():
    """Three recipients; of one the amount is 5 000 higher, and all else is as it was."""
    first = said(f"{WHO}: 10 000 oanvänt", f"{OTHER}: 20 000 oanvänt", f"{THIRD}: 0 oanvänt")
    after = said(f"{WHO}: 10 000 oanvänt", f"{OTHER}: 25 000 oanvänt", f"{THIRD}: 0 oanvänt")
    found = bridge(entries(exports((PUBLISHED, first), (CAME, after))), PUBLISHED, "2023-12-31", NOTHING_ELSE)
    assert changes("unused", found) == [(OTHER, "replacement", 5_000)]
    assert changes("repayable", found) == [(OTHER, "replacement", 5_000)]
    assert {(row["recipient_code"], row["cause"]) for row in found} == {("9902", "replacement")}


def test_a_file_that_says_the_same_changes_nothing():
    same = said(f"{WHO}: 10 000 oanvänt", f"{OTHER}: 20 000 oanvänt")
    assert on(CAME, entries(exports((PUBLISHED, same), (CAME, same[::-1])))) == []


def test_a_row_that_only_the_next_file_has_is_known_from_the_day_that_it_came():
    more = exports((PUBLISHED, said(f"{WHO}: 0 oanvänt")), (CAME, said(f"{WHO}: 0 oanvänt", f"{OTHER}: 5 oanvänt")))
    assert on(CAME, entries(more)) == [("9902", 5, "report")]
    assert (unused(more, DAY_BEFORE)["9902"], unused(more, CAME)["9902"]) == (None, 5)


def test_a_row_that_the_next_file_does_not_have_is_reversed():
    fewer = exports((PUBLISHED, said(f"{WHO}: 0 oanvänt", f"{OTHER}: 5 oanvänt")), (CAME, said(f"{WHO}: 0 oanvänt")))
    assert on(CAME, entries(fewer)) == [("9902", -5, "replacement")]
    assert (unused(fewer, DAY_BEFORE)["9902"], unused(fewer, CAME)["9902"]) == (5, None)


def test_a_file_may_be_replaced_again():
    thrice = exports(
        ("2023-03-01", said(f"{WHO}: 10 000 oanvänt")),
        ("2023-04-15", said(f"{WHO}: 40 000 oanvänt")),
        ("2023-05-01", said(f"{WHO}: 30 000 oanvänt")),
    )
    days = ("2023-02-20", "2023-04-15", "2023-05-01")
    assert [unused(thrice, day)["9901"] for day in days] == [10_000, 40_000, 30_000]


def test_the_first_file_holds_from_the_dates_of_its_rows_and_not_from_its_own():
    """An export is received later than what it tells of: it is dated in June, and the report came in February."""
    once = exports(("2023-06-30", said(f"{WHO}: 10 000 oanvänt")))
    assert (unused(once, "2023-02-19")["9901"], unused(once, "2023-02-20")["9901"]) == (None, 10_000)


def test_a_report_that_came_after_the_next_file_is_known_from_its_own_day():
    later = exports(
        (PUBLISHED, said(f"{WHO}: 0 oanvänt")),
        (CAME, [*said(f"{WHO}: 0 oanvänt"), *said(f"{OTHER}: 5 oanvänt", on="2023-05-20")]),
    )
    assert (unused(later, "2023-05-19")["9902"], unused(later, "2023-05-20")["9902"]) == (None, 5)


def test_no_entry_is_called_after_the_file_that_it_stands_in():
    ids = [each.entry_id for each in entries(REPLACED)]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if "export" in each or "csv" in each] == []


def test_the_same_rows_under_another_name_have_the_same_entries():
    first = said(f"{WHO}: 10 000 oanvänt")
    other = rounds.received(
        [rounds.file(DECISIONS, *GRANTED), rounds.file(REPORTS, *first, name="annan.csv"), rounds.file(EVENTS)], BODIES
    )
    assert [each.entry_id for each in entries(other)] == [
        each.entry_id for each in entries(exports((PUBLISHED, first)))
    ]


def test_entries_that_were_made_are_never_changed():
    before = known_by(entries(REPLACED), dt.date.fromisoformat(DAY_BEFORE))
    assert before == list(rounds.known(REPLACED, SPECIFIED, dt.date.fromisoformat(DAY_BEFORE)).ledger)
