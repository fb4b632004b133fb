"""Every krona is an entry of the ledger, dated twice. Entries are never changed: one that no longer holds is reversed.

Amounts are those of the source's annex footnote where there are any: 700 000 granted, 184 363 not used.
"""

from tests.spec.money_words import decided, entries, happened, ledger, reported

GRANTED = decided("2022-10-03 Exempelkommun 01: 700 000")


def test_a_decision_and_a_report_are_three_amounts():
    book = ledger(GRANTED, reported("2023-01-30 Exempelkommun 01: 515 637 använt, 184 363 oanvänt"))
    assert entries(book, "event", "amount_sek") == [
        ("decision", 700_000),
        ("reported_unused", 184_363),
        ("reported_use", 515_637),
    ]


def test_use_is_told_by_category_of_cost_where_the_report_tells_it():
    book = ledger(GRANTED, reported("2023-01-30 Exempelkommun 01: 515 637 använt, 500 000 löner, 184 363 oanvänt"))
    used = [each for each in entries(book, "event", "cost_category", "amount_sek") if each[0] == "reported_use"]
    assert used == [("reported_use", "other", 515_637 - 500_000), ("reported_use", "salaries", 500_000)]


def test_a_form_that_does_not_ask_what_was_used_gives_no_entry_of_it():
    book = ledger(GRANTED, reported("2023-01-30 Exempelkommun 01: 184 363 oanvänt"))
    assert [event for (event,) in entries(book, "event")] == ["decision", "reported_unused"]


def test_a_second_report_reverses_the_first_on_the_day_it_comes():
    first, second = "2023-01-30 Exempelkommun 01: 0 oanvänt", "2023-02-20 Exempelkommun 01: 184 363 oanvänt"
    unused = [
        each
        for each in entries(ledger(GRANTED, reported(first, second)), "event", "recorded_date", "amount_sek")
        if each[0] == "reported_unused"
    ]
    assert [(str(on), amount) for _, on, amount in unused] == [
        ("2023-01-30", 0),
        ("2023-02-20", 184_363),
        ("2023-02-20", -0),
    ]


def test_an_adjusted_decision_replaces_and_never_adds():
    book = ledger(GRANTED, events=happened("2022-12-01 ändrat beslut Exempelkommun 01: 600 000"))
    assert [(event, amount) for event, amount in entries(book, "event", "amount_sek")] == [
        ("decision", 700_000),
        ("decision_adjusted", 600_000),
        ("decision", -700_000),
    ]


def test_of_two_adjusted_decisions_the_later_holds():
    events = happened(
        "2022-12-01 ändrat beslut Exempelkommun 01: 600 000", "2022-12-15 ändrat beslut Exempelkommun 01: 650 000"
    )
    assert sum(amount for (amount,) in entries(ledger(GRANTED, events=events), "amount_sek")) == 650_000


def test_an_adjusted_decision_that_was_known_before_the_original_still_replaces_it():
    book = ledger(GRANTED, events=happened("2022-09-01 ändrat beslut Exempelkommun 01: 600 000"))
    of_grant = [each[1:] for each in entries(book, "grant_id", "event", "amount_sek") if each[0] == "9901-1"]
    assert of_grant == [("decision_adjusted", 600_000)]


def test_a_mistake_is_reversed_by_an_entry_of_its_own():
    wrong, right = happened(
        "2022-11-15 utbetalning Exempelkommun 01: 70 000", "2022-11-20 utbetalning Exempelkommun 01: 70 000"
    )
    book = ledger(GRANTED, events=[wrong, {**right, "reverses_no": "H1"}])
    paid = [each for each in entries(book, "event", "amount_sek", "reverses") if each[0] == "payment"]
    assert [amount for _, amount, _ in paid] == [70_000, -70_000]
    assert paid[1][2] == next(name for name, event in entries(book, "entry_id", "event") if event == "payment")


def test_money_of_the_round_is_nobodys():
    [payment] = happened("2022-12-31 utbetalning Exempelkommun 01: 3 500 000")
    book = ledger(events=[{**payment, "event": "Disponibla medel", "recipient_name": None}])
    assert entries(book, "event", "recipient_code", "cause") == [("available_funds", None, "funds")]


def test_salaries_of_an_unknown_use_are_no_use():
    book = ledger(GRANTED, reported("2023-01-30 Exempelkommun 01: 500 000 löner, 184 363 oanvänt"))
    assert [event for (event,) in entries(book, "event")] == ["decision", "reported_unused"]


def test_of_adjusted_decisions_that_became_known_on_one_day_the_highest_number_holds():
    days = [f"2022-12-01 ändrat beslut Exempelkommun 01: {600 + number} 000" for number in range(11)]
    assert sum(amount for (amount,) in entries(ledger(GRANTED, events=happened(*days)), "amount_sek")) == 610_000


def test_of_adjusted_decisions_that_became_known_on_one_day_the_one_decided_last_holds():
    later, earlier = happened(
        "2022-12-01 ändrat beslut Exempelkommun 01: 650 000", "2022-12-01 ändrat beslut Exempelkommun 01: 600 000"
    )
    events = [{**later, "event_date": "2022-11-20"}, {**earlier, "event_date": "2022-11-01"}]
    assert sum(amount for (amount,) in entries(ledger(GRANTED, events=events), "amount_sek")) == 650_000


def test_the_number_of_anothers_event_reverses_nothing_of_theirs():
    first, second = happened(
        "2022-11-15 utbetalning Exempelkommun 01: 70 000", "2022-11-20 utbetalning Exempelkommun 02: 70 000"
    )
    book = ledger(events=[first, {**second, "reverses_no": "H1"}])
    assert entries(book, "recipient_code", "amount_sek", "reverses") == [("9901", 70_000, None)]


def test_reversals_take_back_no_more_than_there_is():
    """70 000 was paid; 50 000 of it is taken back, and 50 000 again: then nothing is left, and never less."""
    paid, *_ = told = happened(
        "2022-11-15 utbetalning Exempelkommun 01: 70 000",
        "2022-11-20 utbetalning Exempelkommun 01: 50 000",
        "2022-11-25 utbetalning Exempelkommun 01: 50 000",
    )
    book = ledger(GRANTED, events=[paid, *({**each, "reverses_no": "H1"} for each in told[1:])])
    moved = [amount for event, amount in entries(book, "event", "amount_sek") if event == "payment"]
    assert moved == [70_000, -50_000, -(70_000 - 50_000)]
