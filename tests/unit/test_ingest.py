"""Which of a round's files count, and what is told of them: two files of a form, two sheets, and the register's."""

import dataclasses
import datetime as dt

import pytest

from assets.domain.reading.exports import claimed
from assets.domain.reality import provenance_of
from assets.received import InputFile, Register, Sheet
from assets.round import Tables, compute, exports_of
from schemas.configuration.provisions import OrdinanceText
from tests.rows import DAY, EXAMPLES, FOLDER, PROGRAMME, file_of, file_of_cells, programme_of, received_of
from tests.stops import stops_by

DECISIONS, REPORTS = PROGRAMME.forms["decisions"], PROGRAMME.forms["usage_report_2023"]
ROUND = programme_of(DECISIONS, REPORTS)
DECIDED = {"recipient_name": "Exempelkommun 01", "granted_sek": "5"}
LIST = file_of(DECISIONS, DECIDED, name="beslut.csv")
SENT = file_of(REPORTS, {"recipient_name": "Exempelkommun 01", "unused_sek": "5"}, name="svar.csv")


def another(name: str, replaces: str | None, days: int = 0) -> InputFile:
    """The same list under another name, with or without saying which file it replaces, some days later."""
    return file_of(DECISIONS, DECIDED, name=name, replaces=replaces, date=DAY + dt.timedelta(days))


def held(*files: InputFile) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    """From when until when each file holds."""
    return {export.file.name: (export.start, export.end) for export in exports_of(received_of(*files), ROUND)}


@pytest.mark.rule("form_twice")
def test_two_files_of_one_form_are_a_stop_that_says_the_forms_title_in_either_language():
    title = DECISIONS.title
    told = f"”{title.sv}”. Om den ena rättar den andra: skriv"
    with stops_by("form_twice", where="beslut.csv", todo=told, never=["Exempelkommun"]) as stop:
        held(LIST, SENT, another("rattad.csv", replaces=None))
    assert "rattad.csv" in stop.value.sentence("sv")
    assert f"“{title.en}”" in stop.value.sentence("en")


@pytest.mark.rule("form_twice", holds=True)
@pytest.mark.rule("replaces_nothing", holds=True)
def test_a_file_that_replaces_another_holds_from_its_day_and_the_other_until_then():
    day = DAY + dt.timedelta(9)
    assert held(LIST, SENT, another("rattad.csv", "beslut.csv", 9)) == {
        "beslut.csv": (None, day),
        "svar.csv": (None, None),
        "rattad.csv": (day, None),
    }


def test_of_a_chain_that_came_out_of_order_the_last_link_holds_from_its_day():
    """The third came before the second: from then on the first is past, and the second never held."""
    chain = [another("b.csv", "beslut.csv", 9), another("c.csv", "b.csv", 4)]
    late, early = DAY + dt.timedelta(9), DAY + dt.timedelta(4)
    found = held(LIST, SENT, *chain)
    assert (found["beslut.csv"], found["b.csv"], found["c.csv"]) == ((None, early), (late, early), (early, None))


@pytest.mark.rule("replaces_nothing")
@pytest.mark.parametrize("replaces", ["beslut.xlsx", "rattad.csv", "svar.csv"])
def test_a_card_that_replaces_no_other_file_of_its_form_is_a_stop(replaces: str):
    """A name that is not there, its own name, or a file of another form: nothing may be dropped for that."""
    with stops_by("replaces_nothing", where=f"{FOLDER}/rattad.csv", todo="Rätta namnet eller ta bort raden"):
        held(LIST, SENT, another("rattad.csv", replaces))


MISSING = f"”{DECISIONS.title.sv}”. Lägg exporten i raw/{FOLDER}"


def test_two_files_that_replace_each_other_leave_the_form_without_a_file():
    pair = [another("beslut.csv", "rattad.csv"), another("rattad.csv", "beslut.csv")]
    with stops_by("form_missing", where="p 2023", todo=MISSING):
        held(SENT, *pair)


@pytest.mark.rule("form_missing")
def test_a_form_without_a_file_is_a_stop_that_names_its_title():
    with stops_by("form_missing", where="p 2023", todo=MISSING):
        held(SENT)


@pytest.mark.rule("sheets_ambiguous")
def test_a_workbook_with_two_sheets_that_forms_claim_is_a_stop_that_names_both():
    rows = LIST.sheets[0].rows
    told = "(Nya, Gamla). Spara dem som var sin fil"
    with stops_by("sheets_ambiguous", where="beslut.csv", todo=told, never=["Exempelkommun"]):
        claimed(with_sheets(Sheet("Nya", rows), Sheet("Gamla", rows)), [DECISIONS, REPORTS])


@pytest.mark.rule("sheets_ambiguous", holds=True)
def test_a_sheet_that_no_form_claims_does_not_make_the_other_doubtful_and_is_told():
    listed = Sheet("Lista", LIST.sheets[0].rows)
    book = with_sheets(Sheet("Anm", [["x"]]), listed, Sheet("Tomt", [[None, ""]]))
    export = claimed(book, [DECISIONS, REPORTS])
    assert (export.sheet, export.form) == (listed, DECISIONS)
    [finding] = compute(received_of(book, SENT), ROUND)["core_finding"].to_pylist()
    assert (finding["rule"], finding["source_file"], finding["source_sheet"]) == ("sheet_not_read", book.path, "Anm")


def with_sheets(*sheets: Sheet) -> InputFile:
    return dataclasses.replace(LIST, sheets=sheets)


@pytest.mark.rule("form_missing", holds=True)
def test_what_was_read_lists_the_rounds_files_and_the_registers():
    register = [file_of_cells(["kod"], name=name, reality="real") for name in ("municipalities.csv", "counties.csv")]
    received = dataclasses.replace(received_of(LIST, SENT), register=Register(EXAMPLES, register))
    listed = compute(received, ROUND)["core_source_file"].to_pylist()
    assert {row["source_file"]: (row["form"], row["provenance"]) for row in listed} == {
        LIST.path: ("decisions", "synthetic"),
        SENT.path: ("usage_report_2023", "synthetic"),
        **{file.path: ("register", "real") for file in register},
    }


def round_of(*files: InputFile) -> dict[str, object]:
    [row] = compute(received_of(*files), ROUND)["core_round"].to_pylist()
    return row


def test_a_round_of_real_and_fictitious_files_is_mixed():
    real = dataclasses.replace(LIST, card=LIST.card.model_copy(update={"reality": "real"}))
    assert [round_of(LIST, SENT)["provenance"], round_of(real, SENT)["provenance"]] == ["synthetic", "mixed"]


def test_a_round_is_as_of_the_latest_day_that_an_export_is_complete_through_and_of_no_day_in_a_row():
    reports = PROGRAMME.forms["usage_report_2022"]
    sent = {"recipient_name": "Exempelkommun 01", "unused_sek": "5", "submission_status": "Inlämnad"}
    days = [("2023-12-01", "Inlämnad"), ("2023-12-05", "Inlämnad"), ("2023-12-05", "Test")]
    of_the_third = {"date": dt.date(2023, 12, 4), "complete_through": dt.date(2023, 12, 3)}
    found = []
    for day, status in days:
        said = sent | {"submitted_at": day, "submission_status": status}
        [file] = [file_of(reports, said, name="svar.csv", date=dt.date(2023, 12, 2))]
        listed = dataclasses.replace(LIST, card=LIST.card.model_copy(update=of_the_third))
        programme = programme_of(DECISIONS, reports)
        [row] = compute(received_of(listed, file), programme)["core_round"].to_pylist()
        found.append(row["as_of_date"])
    assert found == [dt.date(2023, 12, 3)] * 3


def test_what_rests_on_several_sources_is_as_real_as_they_are_if_they_agree():
    expected = {("real", "real"): "real", ("synthetic",): "synthetic", ("real", "synthetic"): "mixed"}
    expected |= {("mixed", "real"): "mixed"}
    assert {provenances: provenance_of(provenances) for provenances in expected} == expected


# -- what a round cannot be without -----------------------------------------------------------------------------------
@pytest.mark.rule("round_undeclared")
def test_a_round_that_the_programme_does_not_have_is_a_stop():
    other = dataclasses.replace(received_of(LIST, SENT), key=dataclasses.replace(received_of().key, year=1999))
    with stops_by("round_undeclared", where="1999", todo="lägg till det under rounds i programme.yaml"):
        compute(other, ROUND)


TEXT = OrdinanceText(file="reference/forordning.txt", sha256="a" * 64)


def tables_with_text(digest: str | None) -> Tables:
    """The round of a programme for which the ordinance's text was read, where a text with this hash was received."""
    ordinance = ROUND.ordinance.model_copy(update={"text": TEXT})
    received = dataclasses.replace(received_of(LIST, SENT), ordinance_sha256=digest)
    return compute(received, ROUND.model_copy(update={"ordinance": ordinance}))


@pytest.mark.rule("ordinance_text_unfit")
@pytest.mark.parametrize("digest", [None, "b" * 64])
def test_another_text_of_the_ordinance_than_was_read_is_a_stop(digest: str | None):
    with stops_by("ordinance_text_unfit", where=TEXT.file, todo="Lägg dit den text som lästes"):
        tables_with_text(digest)


def test_the_text_that_was_read_is_no_stop():
    assert tables_with_text(TEXT.sha256)["core_decision"].num_rows == 1
