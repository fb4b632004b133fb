"""What received rows state, since when: a correction of an amount holds from its day, not from the report's."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from assets.domain.grant.entries import Entry
from assets.domain.past import days_of, ledger_of, revisions, spans_by_owner
from assets.domain.reading.corrections import entries as corrections
from assets.domain.reading.history import History, read
from assets.received import InputFile
from schemas.configuration.corrections import Correction
from schemas.words.events import EVENTS
from tests import rows

REPORTS = rows.PROGRAMME.forms["usage_report_2022"]
DECISIONS = rows.PROGRAMME.forms["decisions"]
CASE_EVENTS = rows.PROGRAMME.forms["events"]
FUNDS = rows.PROGRAMME.forms["funds"]
USED, UNUSED = (
    "Hur mycket av statsbidraget har kommunen använt?",
    "Hur mycket av statsbidraget har kommunen inte använt?",
)
FIRST, LATER, LAST = dt.date(2023, 3, 1), dt.date(2023, 4, 1), dt.date(2025, 12, 31)
Told = tuple[str, str, int, str]


def reported(*sent: tuple[str, str, str], who: str = "Exempelkommun 01", **of_file: object) -> InputFile:
    """A file of reports: when, used, unused."""
    slots = ("submitted_at", "used_sek", "unused_sek")
    said = (dict(zip(slots, each, strict=True)) for each in sent)
    same = {"recipient_name": who, "submission_status": "Inlämnad"}
    of_name = {"name": "reports.csv", "made": rows.MUCH_LATER, **of_file}
    return rows.file_of(
        REPORTS, *({**same, "submission_id": str(n), **each} for n, each in enumerate(said, 1)), **of_name
    )


def amended(row: int, column: str, change: tuple[str, str], date: dt.date, file: str = "reports.csv") -> Correction:
    old, new = change
    return rows.correction(file=file, row=row, column=column, old=old, new=new, date=date)


def history(*files: InputFile, log: Iterable[Correction] = ()) -> History:
    exports = rows.exports_of(files, REPORTS, DECISIONS, CASE_EVENTS, FUNDS)
    return read(exports, corrections(rows.log_of(*log), exports), rows.bodies_of(), rows.PROGRAMME)


def entries(*files: InputFile, log: Iterable[Correction] = (), as_of: dt.date = LAST) -> list[Entry]:
    return ledger_of(history(*files, log=log), as_of, "accept")


def told(made: Iterable[Entry], *events: str) -> list[Told]:
    """When an entry was recorded, what it is of, how much, and why; in that order."""
    wanted = (each for each in made if not events or each.event in events)
    return sorted((str(each.recorded_date), each.event, each.amount_sek, each.cause) for each in wanted)


SENT = ("2023-01-30 10:00", "90", "10")


def test_a_report_states_its_amounts_from_the_day_it_came():
    assert told(entries(reported(SENT))) == [
        ("2023-01-30", "reported_unused", 10, "report"),
        ("2023-01-30", "reported_use", 90, "report"),
    ]


def test_a_corrected_amount_is_reversed_and_stated_anew_on_the_day_of_the_correction():
    made = entries(reported(SENT), log=[amended(2, UNUSED, ("10", "12"), FIRST)])
    assert told(made, "reported_unused") == [
        ("2023-01-30", "reported_unused", 10, "report"),
        (str(FIRST), "reported_unused", -10, "correction"),
        (str(FIRST), "reported_unused", 12, "correction"),
    ]
    first, reversal, _ = sorted(
        (each for each in made if each.event == "reported_unused"),
        key=lambda each: (each.recorded_date, each.amount_sek),
    )
    assert reversal.reverses == first.entry_id


def test_two_corrections_of_a_row_hold_one_after_the_other():
    made = entries(reported(SENT), log=[amended(2, UNUSED, ("10", "12"), FIRST), amended(2, USED, ("90", "88"), LATER)])
    assert sum(each.amount_sek for each in made if each.event == "reported_unused") == 12
    assert [each for each in told(made, "reported_use") if each[0] == str(LATER)] == [
        (str(LATER), "reported_use", -90, "correction"),
        (str(LATER), "reported_use", 88, "correction"),
    ]


def test_an_amount_that_could_not_be_read_is_stated_from_its_correction_on():
    made = entries(reported(("2023-01-30 10:00", "90", "ca 10")), log=[amended(2, UNUSED, ("ca 10", "10"), FIRST)])
    assert told(made, "reported_unused") == [(str(FIRST), "reported_unused", 10, "correction")]


def test_what_no_correction_touches_is_read_once():
    others = reported(("2023-01-31 10:00", "5", "5"), who="Exempelkommun 02", name="others.csv")
    known = history(reported(SENT), others, log=[amended(2, UNUSED, ("10", "12"), FIRST)])
    assert [len(readings) for (path, row), readings in known.rows.items() if row > 1] == [1, 2]
    found = [each for each in told(ledger_of(known, LAST, "accept")) if each[2] == 5]
    assert found == [("2023-01-31", "reported_unused", 5, "report"), ("2023-01-31", "reported_use", 5, "report")]


def test_a_report_that_a_later_one_replaced_is_reversed_on_that_day():
    made = entries(reported(SENT, ("2023-02-20 10:00", "80", "20")))
    assert told(made, "reported_unused") == [
        ("2023-01-30", "reported_unused", 10, "report"),
        ("2023-02-20", "reported_unused", -10, "report"),
        ("2023-02-20", "reported_unused", 20, "report"),
    ]


def test_a_row_that_never_counted_states_nothing():
    test = rows.file_of(
        REPORTS,
        {
            "submission_status": "Test",
            "submitted_at": SENT[0],
            "recipient_name": "Exempelkommun 01",
            "unused_sek": "10",
        },
    )
    unknown = reported(SENT, who="Ingenstans")
    for name, file in {"a test": test, "of nobody that is known": unknown}.items():
        assert entries(file) == [], name


def test_what_replaces_a_file_is_known_from_the_day_it_came_and_not_before():
    """10 000 not used is known on 1 March; 40 000, in the file that replaces it, on 15 April."""
    came = dt.date(2024, 4, 15)
    file = reported(("2024-01-30 10:00", "90000", "10000"), date=dt.date(2024, 2, 1))
    other = reported(("2024-01-30 10:00", "60000", "40000"), name="again.csv", date=came, replaces="reports.csv")
    unused = told(entries(file, other), "reported_unused")
    assert unused == [
        ("2024-01-30", "reported_unused", 10_000, "report"),
        ("2024-04-15", "reported_unused", -10_000, "replacement"),
        ("2024-04-15", "reported_unused", 40_000, "replacement"),
    ]
    assert told(entries(file, other, as_of=came - dt.timedelta(1)), "reported_unused") == unused[:1]


def test_what_is_the_same_in_the_file_that_replaces_another_is_not_entered_anew():
    """So that replacing a file with one changed amount is one change, whatever file the entries came from."""
    kept, changed = ("2024-01-30 10:00", "90", "10"), ("2024-01-30 10:00", "80", "20")
    of_other = {"who": "Exempelkommun 02", "name": "others.csv"}
    files = [
        reported(kept),
        reported(kept, name="again.csv", date=dt.date(2024, 4, 15), replaces="reports.csv"),
        reported(kept, **of_other),
        reported(changed, **of_other | {"name": "others2.csv"}, date=dt.date(2024, 4, 15), replaces="others.csv"),
    ]
    made = [each for each in entries(*files) if each.recorded_date == dt.date(2024, 4, 15)]
    assert {each.recipient_code for each in made} == {"9902"}
    assert not [each for each in made if ".csv" in each.entry_id], "an id must not depend on the file"


def happened(*events: dict[str, str], **of_file: object) -> InputFile:
    same = {"recipient_name": "Exempelkommun 01"}
    return rows.file_of(CASE_EVENTS, *({**same, **each} for each in events), **{"name": "events.csv", **of_file})


def test_a_corrected_event_is_reversed_and_entered_anew():
    repaid = {
        "event": "Återbetalning",
        "amount_sek": "17 799",
        "event_date": "2023-02-10",
        "recorded_date": "2023-02-10",
    }
    log = [amended(2, "Belopp (kr)", ("17 799", "16 799"), LATER, file="events.csv")]
    assert told(entries(happened(repaid), log=log)) == [
        ("2023-02-10", "repaid", 17_799, "repayment"),
        (str(LATER), "repaid", -17_799, "correction"),
        (str(LATER), "repaid", 16_799, "correction"),
    ]


def test_an_event_without_a_day_of_its_own_is_known_from_the_day_of_its_file():
    [entry] = entries(happened({"event": "Återbetalning", "amount_sek": "5"}, date=dt.date(2024, 7, 31)))
    assert (entry.recorded_date, entry.recorded_is_assumed) == (dt.date(2024, 7, 31), True)


def test_two_events_that_nothing_tells_apart_are_two_entries():
    repaid = {"event": "Återbetalning", "amount_sek": "5", "event_date": "2023-02-10", "recorded_date": "2023-02-10"}
    made = entries(happened(repaid, repaid))
    assert [each.amount_sek for each in made] == [5, 5]
    assert len({each.entry_id for each in made}) == 2


def test_an_event_that_reverses_another_names_its_entry():
    dated = {"event": "Utbetalning", "amount_sek": "5", "event_date": "2023-02-10"}
    first = {**dated, "event_no": "1", "recorded_date": "2023-02-10"}
    second = {**dated, "event_no": "2", "recorded_date": "2023-02-20", "reverses_no": "1"}
    paid, reversal = entries(happened(first, second))
    assert (paid.amount_sek, paid.reverses, reversal.amount_sek, reversal.reverses) == (5, None, -5, paid.entry_id)


DATED = {"event": "Utbetalning", "amount_sek": "5", "event_date": "2023-02-10"}
PAID = {**DATED, "event_no": "1", "recorded_date": "2023-02-10"}
TAKEN_BACK = {**DATED, "event_no": "2", "recorded_date": "2023-02-20", "reverses_no": "1"}


def standing(made: Iterable[Entry]) -> list[tuple[int, bool]]:
    """The amounts of the entries that nothing has taken back, and whether each reverses another that is one of them."""
    every = list(made)
    undone = {each.reverses for each in every if each.entry_id.endswith(":reversed")}
    stand = [each for each in every if not each.entry_id.endswith(":reversed") and each.entry_id not in undone]
    ids = {each.entry_id for each in stand}
    return sorted((each.amount_sek, each.reverses in ids) for each in stand)


def test_an_event_that_reverses_another_names_its_entry_in_whatever_order_they_stand_or_became_known():
    earlier = {**TAKEN_BACK, "recorded_date": "2023-02-01"}
    for events in ((PAID, TAKEN_BACK), (TAKEN_BACK, PAID), (earlier, PAID), ({**TAKEN_BACK, **KNOWN}, PAID)):
        assert standing(entries(happened(*events))) == [(-5, True), (5, False)], events


KNOWN = {"recorded_date": PAID["recorded_date"]}


def test_what_reverses_an_event_follows_it_when_the_event_is_corrected():
    log = [amended(2, "Belopp (kr)", ("5", "6"), LATER, file="events.csv")]
    made = entries(happened(PAID, TAKEN_BACK), log=log)
    assert standing(made) == [(-5, True), (6, False)]
    assert {each.cause for each in made if each.recorded_date == LATER} == {"correction"}


def test_a_corrected_case_number_is_entered_anew():
    log = [amended(2, "Diarienummer", ("EX 9", "EX 1"), LATER, file="events.csv")]
    made = entries(happened({**PAID, "case_number": "EX 9"}), log=log)
    assert [(each.case_number, each.amount_sek) for each in made] == [("EX 9", 5), ("EX 9", -5), ("EX 1", 5)]


def test_the_same_number_of_two_recipients_is_two_entries():
    other = {"recipient_name": "Exempelkommun 02"}
    sent = reported(SENT)
    again = reported(SENT, who="Exempelkommun 02", name="others.csv")
    made = entries(happened(PAID, {**PAID, **other}), sent, again)
    assert len({each.entry_id for each in made}) == len(made) == 2 + 2 * 2


def test_a_row_that_only_the_third_file_leaves_out_is_gone_by_replacement():
    files = [
        reported(SENT),
        reported(SENT, name="again.csv", date=FIRST, replaces="reports.csv"),
        reported(name="third.csv", date=LATER, replaces="again.csv"),
    ]
    assert {each.cause for each in entries(*files) if each.recorded_date == LATER} == {"replacement"}


def test_a_row_that_is_the_same_in_the_next_file_and_is_corrected_there_is_gone_by_correction():
    files = [reported(SENT), reported(SENT, name="again.csv", date=FIRST, replaces="reports.csv")]
    log = [amended(2, "Status", ("Inlämnad", "Test"), LATER, file="again.csv")]
    assert {each.cause for each in entries(*files, log=log) if each.recorded_date == LATER} == {"correction"}


def test_a_row_whose_name_is_read_anew_since_another_row_is_corrected_is_entered_by_correction():
    """A body is guessed only where no other row names it for certain."""
    names = [{"recipient_name": name} for name in ("Exempelkomun 02", "Exempelkommun 02")]
    numbered = [{**PAID, "event_no": str(number), **name} for number, name in enumerate(names, 1)]
    log = [amended(3, "Mottagare", ("Exempelkommun 02", "Exempelkommun 01"), LATER, file="events.csv")]
    made = [each for each in entries(happened(*numbered), log=log) if each.recorded_date == LATER]
    assert sorted((each.recipient_code, each.amount_sek, each.cause) for each in made) == [
        ("9901", 5, "correction"),
        ("9902", -5, "correction"),
        ("9902", 5, "correction"),
    ]


def test_of_two_decisions_adjusted_on_one_day_the_one_with_the_higher_number_stands():
    adjusted = {"event": "Ändrat beslut", "recorded_date": "2023-02-10"}
    two = [{**adjusted, "amount_sek": amount, "event_no": number} for amount, number in (("70", "10"), ("80", "9"))]
    for order in (two, two[::-1]):
        assert told(entries(decided("100"), happened(*order)), "decision_adjusted") == [
            ("2023-02-10", "decision_adjusted", 70, "adjusted_decision")
        ]


def test_an_adjusted_decision_of_what_was_never_decided_grants_nothing():
    adjusted = {"event": "Ändrat beslut", "recorded_date": "2023-02-10", "amount_sek": "70"}
    assert entries(happened(adjusted)) == []
    assert entries(decided("ca 100"), happened(adjusted)) == []


def decided(amount: str) -> InputFile:
    """A list of one decision."""
    row = {"recipient_name": "Exempelkommun 01", "granted_sek": amount, "decided_date": "2022-11-01"}
    return rows.file_of(DECISIONS, row, name="decisions.csv", date=dt.date(2022, 11, 1))


def test_the_newest_adjusted_decision_stands_in_the_place_of_the_decision():
    decided = rows.file_of(
        DECISIONS,
        {
            "recipient_name": "Exempelkommun 01",
            "granted_sek": "100",
            "decided_date": "2022-11-01",
            "case_number": "D 1",
        },
        name="decisions.csv",
        date=dt.date(2022, 11, 1),
    )
    adjusted = {"event": "Ändrat beslut", "case_number": "D 1"}
    file = happened(
        {**adjusted, "amount_sek": "80", "recorded_date": "2023-02-10", "event_no": "1"},
        {**adjusted, "amount_sek": "70", "recorded_date": "2023-03-10", "event_no": "2"},
    )
    assert told(entries(decided, file)) == [
        ("2022-11-01", "decision", 100, "decision"),
        ("2023-02-10", "decision", -100, "adjusted_decision"),
        ("2023-02-10", "decision_adjusted", 80, "adjusted_decision"),
        ("2023-03-10", "decision_adjusted", -80, "adjusted_decision"),
        ("2023-03-10", "decision_adjusted", 70, "adjusted_decision"),
    ]


# -- whole, and day by day --------------------------------------------------------------------------------------------
def in_the_round() -> History:
    """Two recipients and the funds, with a replaced file, a correction, and a name that is corrected to another's."""
    decided = rows.file_of(
        DECISIONS,
        *(
            {"recipient_name": f"Exempelkommun 0{n}", "granted_sek": "100", "decided_date": "2022-11-01"}
            for n in (1, 2)
        ),
        name="decisions.csv",
        date=dt.date(2022, 11, 2),
    )
    again = reported(
        ("2023-01-30 10:00", "70", "30"), name="again.csv", date=dt.date(2023, 5, 2), replaces="reports.csv"
    )
    funds = rows.file_of(FUNDS, {"event": "Disponibla medel", "amount_sek": "500"}, name="funds.csv")
    paid = {"event": "Återbetalning", "amount_sek": "10", "recorded_date": "2023-02-10", "event_no": "1"}
    log = [
        amended(2, "Mottagare", ("Exempelkommun 01", "Exempelkommun 02"), LATER, file="events.csv"),
        amended(3, "Beviljat belopp (kr)", ("100", "90"), FIRST, file="decisions.csv"),
    ]
    return history(decided, reported(SENT), again, funds, happened(paid), log=log)


def test_the_ledger_as_of_a_day_is_its_entries_by_that_day_on_every_day_on_which_anything_became_known():
    known = in_the_round()
    whole = ledger_of(known, LAST, "accept")
    days = days_of((span for spans in spans_by_owner(known).values() for span in spans), LAST)
    assert len(days) > 6
    for day in days:
        by_then = [each for each in whole if each.recorded_date <= day]
        assert ledger_of(known, day, "accept") == by_then, day


def test_a_corrected_name_moves_an_entry_from_one_recipient_to_another():
    moved = [each for each in ledger_of(in_the_round(), LAST, "accept") if each.event == "repaid"]
    assert [(str(each.recorded_date), each.recipient_code, each.amount_sek) for each in moved] == [
        ("2023-02-10", "9901", 10),
        (str(LATER), "9901", -10),
        (str(LATER), "9902", 10),
    ]


def test_every_revision_is_what_the_accounts_of_that_day_come_to():
    """Granted: 200 on the first day, 190 when one is corrected; not used: 10, then 30 when the file is replaced."""
    rows_of = list(revisions(ledger_of(in_the_round(), LAST, "accept"), frozenset(EVENTS)))
    amounts = {
        measure: [each["amount_sek"] for _, (*_, each) in _by_change(rows_of, measure)]
        for measure in ("granted", "unused")
    }
    assert amounts == {"granted": [200, 190], "unused": [None, 10, 30]}


def _by_change(revised: list[dict], measure: str) -> list[tuple[object, list[dict]]]:
    mine = [each for each in revised if each["measure"] == measure]
    return [(key, list(group)) for key, group in groupby(mine, key=lambda each: each["amount_sek"])]
