"""One fate per data row. The rules of the grant are in tests/spec; here is what holds for any form."""

import datetime as dt

from assets.domain.counting import Counted, count, is_late, one_row_per_identity
from assets.domain.funnel import funnel
from assets.domain.reading.exports import in_chains
from assets.domain.reading.forms import Export
from assets.domain.reading.rows import read_rows
from assets.received import InputFile
from schemas.configuration.forms import Form
from tests.rows import DAY, MUCH_LATER, PROGRAMME, Record, bodies_of, export_of, exports_of, file_of

FORMS = PROGRAMME.forms
DECISIONS, REPORTS, SURVEY, FUNDS = (FORMS[name] for name in ("decisions", "usage_report_2022", "survey_2023", "funds"))
AS_OF = dt.date(2024, 6, 30)
Fate = tuple[str | None, str | None]

VALID = {"recipient_name": "Exempelkommun 01", "submission_status": "Inlämnad", "submitted_at": "2024-01-30 10:00"}
VALID |= {"unused_sek": "0"}


def counted(*exports: Export, as_of: dt.date = AS_OF, late_reports: str = "accept") -> list[Counted]:
    every = [row for export in exports for row in read_rows(export, {}, bodies_of(), PROGRAMME)]
    return [each for each in count(every, as_of, late_reports) if each.row.line.kind != "header"]


def fates(*exports: Export, as_of: dt.date = AS_OF, late_reports: str = "accept") -> list[Fate]:
    return [(each.fate, each.rule) for each in counted(*exports, as_of=as_of, late_reports=late_reports)]


def reports(*sent: Record) -> list[Fate]:
    """The fates of reports that all are valid but for what is said."""
    return fates(export_of(REPORTS, *(VALID | row for row in sent)))


def test_a_row_that_is_no_data_has_no_fate():
    total = {"recipient_name": "Summa", "granted_sek": "5"}
    sent = [{}, total, {"recipient_name": "Exempelkommun 01", "granted_sek": "5"}]
    assert fates(export_of(DECISIONS, *sent)) == [(None, None), (None, None), ("accepted", None)]


def test_a_row_that_is_excluded_and_broken_is_excluded():
    assert reports({"submission_status": "Test", "recipient_name": "Atlantis"}) == [("excluded", "test_submission")]
    assert reports({"recipient_name": "Atlantis"}) == [("quarantined", "name_unknown")]


def test_a_report_counts_whose_amount_is_blank_or_cannot_be_read():
    for said in (None, "?", "ca 5", "-", "-5"):
        assert reports({"unused_sek": said}) == [("accepted", None)], said


def test_two_rows_of_one_recipient_without_a_date_are_both_quarantined():
    said = ({"submitted_at": None, "unused_sek": amount} for amount in "12")
    assert reports(*said) == [("quarantined", "duplicate_key")] * 2


def test_of_a_dated_row_and_one_without_a_date_nobody_knows_which_is_later():
    assert reports({"submitted_at": None}, {"submitted_at": "2023-12-30"}) == [("quarantined", "duplicate_key")] * 2


def test_a_row_without_a_date_that_is_alone_counts():
    assert reports({"submitted_at": None}) == [("accepted", None)]


def test_a_row_that_cannot_be_used_leaves_the_one_before_it_counting():
    assert reports({"submitted_at": "2023-12-30"}, {"submitted_at": "30/12/2023"}) == [
        ("accepted", None),
        ("quarantined", "date_unreadable"),
    ]


def test_respondents_of_a_pseudonymous_survey_are_told_apart_by_their_id():
    answers = ({"respondent_id": each, "funds_use": "Hela bidraget"} for each in ("R1", "R2", "R1"))
    found = fates(export_of(SURVEY, *answers))
    assert found == [("quarantined", "duplicate_key"), ("accepted", None), ("quarantined", "duplicate_key")]


def test_a_recipient_may_have_several_money_events():
    event = {"event": "Disponibla medel", "amount_sek": "5", "recorded_date": "2024-01-01"}
    assert fates(export_of(FUNDS, event, event)) == [("accepted", None)] * 2


def test_only_where_the_key_says_so_has_a_grant_or_a_respondent_one_row():
    one: dict[str, tuple[Form, bool]] = {"reports": (REPORTS, True), "survey": (SURVEY, True), "funds": (FUNDS, False)}
    one |= {"decisions": (DECISIONS, True), "applications": (FORMS["applications"], False)}
    assert {name: one_row_per_identity(form) for name, (form, _) in one.items()} == {
        name: expected for name, (_, expected) in one.items()
    }


def test_late_is_after_the_last_day_and_unknown_where_a_date_is():
    due = dt.date(2024, 2, 1)
    assert [is_late("2024-02-01 23:59", due), is_late("2024-02-02", due)] == [False, True]
    assert [is_late(None, due), is_late("igår", due), is_late("2024-02-02", None)] == [None] * 3


def test_a_row_is_held_against_the_as_of_date_by_the_day_it_was_recorded():
    event = {"event": "Disponibla medel", "amount_sek": "5", "event_date": "2024-01-01"}
    sent = [event | {"recorded_date": day} for day in ("2024-06-30", "2024-07-01")]
    export = export_of(FUNDS, *sent, date=dt.date(2024, 8, 1))
    assert fates(export) == [("accepted", None), ("excluded", "after_as_of")]


def test_a_row_without_a_date_became_known_with_its_file():
    event = {"event": "Disponibla medel", "amount_sek": "5"}
    for day, expected in ((AS_OF, ("accepted", None)), (AS_OF + dt.timedelta(1), ("excluded", "after_as_of"))):
        assert fates(export_of(FUNDS, event, date=day)) == [expected], day


# -- several files ----------------------------------------------------------------------------------------------------
def both(*files: InputFile, form: Form = REPORTS) -> list[Export]:
    return exports_of(files, form)


def test_two_files_of_one_table_compete_for_the_same_place():
    """One report in each of two files, of the same recipient: only the later of them counts."""
    files = [
        file_of(REPORTS, VALID | {"submitted_at": day}, name=name, made=MUCH_LATER)
        for name, day in (("a.csv", "2024-01-30"), ("b.csv", "2024-01-31"))
    ]
    assert fates(*both(*files)) == [("superseded", "superseded_submission"), ("accepted", None)]


def replaced_after(days: int) -> list[Export]:
    """A file with a test submission, and one that replaces it some days after DAY."""
    old = file_of(REPORTS, VALID | {"submission_status": "Test", "submitted_at": "2023-12-01"}, name="a.csv")
    new = file_of(
        REPORTS,
        VALID | {"submitted_at": "2023-12-01"},
        name="b.csv",
        replaces="a.csv",
        date=DAY + dt.timedelta(days),
    )
    return both(old, new)


def test_the_rows_of_a_replaced_file_are_superseded_from_the_day_on_which_the_other_came():
    before, after = DAY + dt.timedelta(8), DAY + dt.timedelta(9)
    assert fates(*replaced_after(9), as_of=before) == [("excluded", "test_submission"), ("excluded", "after_as_of")]
    assert fates(*replaced_after(9), as_of=after) == [("superseded", "replaced_file"), ("accepted", None)]


def test_a_replaced_list_of_decisions_sets_no_deadline():
    """The old list said 1 March, the corrected one says 1 February; the report came on the 15th: late."""
    decided = {"recipient_name": "Exempelkommun 01", "granted_sek": "5"}
    old = file_of(DECISIONS, decided | {"report_due_date": "2024-03-01"}, name="a.csv")
    new = file_of(DECISIONS, decided | {"report_due_date": "2024-02-01"}, name="b.csv", replaces="a.csv")
    sent = file_of(REPORTS, VALID | {"submitted_at": "2024-02-15"}, name="c.csv", made=MUCH_LATER)
    exports = exports_of([old, new, sent], DECISIONS, REPORTS)
    assert [each.late for each in counted(*exports) if each.row.export.is_report] == [True]
    alone = in_chains(exports_of([old, sent], DECISIONS, REPORTS))
    assert [each.late for each in counted(*alone) if each.row.export.is_report] == [False]


def test_files_without_rows_or_without_rows_that_count_say_so():
    """The funnel's result per file: nothing came, something counts, all is quarantined, all is set aside."""
    of_file = {
        "a.csv": ([], "empty"),
        "b.csv": ([{}, {"recipient_name": "?"}], "counted"),
        "c.csv": ([{"recipient_name": "?"}, {"submission_status": "Test"}], "emptied"),
        "d.csv": ([{"submission_status": "Test"}], "set_aside"),
    }
    for name, (sent, expected) in of_file.items():
        [line] = funnel(count_all(export_of(REPORTS, *(VALID | row for row in sent), name=name)))
        assert line["result"] == expected, name
        assert line["received_count"] == len(sent), name


def count_all(export: Export) -> list[Counted]:
    return count(read_rows(export, {}, bodies_of(), PROGRAMME), AS_OF, "accept")
