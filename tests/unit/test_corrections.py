"""Corrections over frames: what is read instead of what was received, and what of it may be shown."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from assets.corrections import raw_corrections
from assets.domain.corrections import listed
from assets.domain.forms import Change, column_letter, column_position, text_rows
from assets.frames import records_of
from assets.ingest import claim_file
from assets.ports import CorrectionLog, InputFile, RoundKey, Sheet
from schemas.configuration import catalogue
from schemas.configuration.corrections import Correction
from schemas.configuration.source_card import SourceCard
from tests.frames import raw_rows, received, table

PROGRAMME = catalogue.programme("stadigvarande-boende")
KEY = RoundKey(PROGRAMME.programme, 2022)
FORM = PROGRAMME.forms["usage_report_2022"]
FILE = received(FORM)
FOLDER = f"{PROGRAMME.programme}/2022"


def at(slot: str) -> int:
    return FILE.positions[slot]


def changed(*changes: Change, **cells: str | None) -> list[dict[str, Any]]:
    file = dataclasses.replace(FILE, changes=changes)
    sent = [{"recipient_name": "A", **cells}, {"recipient_name": "B"}]
    return sorted(records_of(text_rows(raw_rows(FILE, *sent), file)), key=lambda row: row["source_row"])


def test_a_corrected_cell_is_read_as_the_new_text_and_no_other_cell_is():
    rows = changed(Change(2, at("unused_sek"), "5", " 6 "), unused_sek="5", used_sek="5")
    assert [row["unused_sek"] for row in rows[1:]] == ["6", None]
    assert rows[1]["used_sek"] == "5"
    assert [row["corrected_count"] for row in rows] == [0, 1, 0]


def test_several_cells_of_a_row_and_several_rows_of_a_column_are_corrected():
    rows = changed(
        Change(2, at("unused_sek"), "5", "6"),
        Change(3, at("unused_sek"), None, "7"),
        Change(2, at("used_sek"), "4", None),
        unused_sek="5",
        used_sek="4",
    )
    assert [(row["unused_sek"], row["used_sek"]) for row in rows[1:]] == [("6", None), ("7", None)]
    assert [row["corrected_count"] for row in rows] == [0, 2, 1]
    assert [row["filled_count"] for row in rows[1:]] == [3 - 1, 1 + 1]


def test_a_row_that_a_correction_empties_is_blank_and_one_that_it_fills_is_data():
    [_, first, second] = changed(Change(3, at("recipient_name"), "B", None))
    assert (first["row_kind"], second["row_kind"]) == ("data", "blank")


def test_hundreds_of_corrections_of_one_column_are_no_deeper_than_one():
    rows = changed(*(Change(number, at("unused_sek"), None, str(number)) for number in range(2, 700)))
    assert [row["unused_sek"] for row in rows[1:]] == ["2", "3"]


@pytest.mark.parametrize("position", [0, 25, 26, 51, 52, 701, 702, 16383])
def test_a_columns_letters_lead_back_to_its_place(position: int):
    assert column_position(column_letter(position)) == position


# -- what may be shown ----------------------------------------------------------------------------------------------
FREE = "Vad har ni gjort?"


def logged(slot: str, old: str | None, new: str | None, **said: object) -> dict[str, Any]:
    """The entry of a log that corrects one cell of a file with a column of free text, as raw_correction has it."""
    header = FORM.headers().get(slot, slot)
    headers = [*FORM.headers().values(), FREE]
    cells = [old if text == header else None for text in headers]
    card = SourceCard(title="t", origin="o", date=dt.date(2023, 3, 1), reality="synthetic", licence="l", sha256="0")
    file = InputFile(f"{FOLDER}/a.csv", "0", 1, None, None, card, [Sheet(None, [headers, cells])])
    facts = {"file": "a.csv", "row": 2, "column": header, "old": old, "new": new, "status": "applied"}
    who = {"reason": "Rättat enligt mejl", "by": "A. Chef", "date": dt.date(2023, 3, 2)}
    log_file = dataclasses.replace(file, path=f"{FOLDER}/corrections.yaml")
    log = CorrectionLog({4: Correction.model_validate(facts | who | said)}, log_file)
    [record] = records_of(raw_corrections(KEY, log, [claim_file(KEY, file)], set(), None))
    return record


@pytest.mark.parametrize(
    ("slot", "old", "new", "withheld"),
    [
        ("unused_sek", "5 000 kr", "6 000", (False, False)),
        ("unused_sek", "ring Anna", "6 000", (True, False)),
        ("submitted_at", "2023-01-10", "igår", (False, True)),
        ("submission_status", "Test", "Inlämnad", (False, False)),
        ("submission_status", "klar?", "Inlämnad", (True, False)),
        ("cooperation", "Ingen samverkan", "Myndighet; Inom kommunen", (False, False)),
        ("cooperation", "Myndighet; Anna", "Myndighet", (True, False)),
        ("counterfactual", "Nej", "Kanske", (False, True)),
        ("recipient_name", "Anna Andersson", "Exempelkommun 01", (True, True)),
        ("case_number", "1", "2", (True, True)),
        (FREE, "Vi hjälpte Anna", None, (True, False)),
        (FREE, None, "-", (False, True)),
    ],
)
def test_only_an_amount_a_date_or_an_option_is_shown(slot: str, old: str | None, new: str, withheld: tuple[bool, bool]):
    record = logged(slot, old, new)
    assert (record["old_withheld"], record["new_withheld"]) == withheld
    assert (record["old_value"], record["new_value"]) == (old, new)


def test_a_cell_that_is_not_found_is_not_shown():
    record = logged("unused_sek", "5", "6", row=9, status="proposed")
    assert (record["correction_no"], record["source_row"], record["source_column"]) == (4, None, None)
    assert (record["old_withheld"], record["new_withheld"]) == (True, True)


def test_a_proposal_for_a_file_that_is_not_there_names_none():
    """Every file that a published table names is among those that were read."""
    record = logged("unused_sek", "5", "6", file="annan.csv", status="proposed")
    assert (record["source_file"], record["source_row"], record["header"]) == (None, None, FORM.headers()["unused_sek"])
    assert (record["old_withheld"], record["new_withheld"], record["provenance"]) == (True, True, "mixed")


def test_a_listed_correction_has_its_rows_recipient_and_no_withheld_text():
    raw = table(
        "raw_correction",
        {"source_row": 2, "old_value": "Anna", "new_value": "5", "old_withheld": True, "new_withheld": False},
        {"source_row": None, "old_value": None, "new_value": "x", "old_withheld": False, "new_withheld": True},
        provenance="mixed",
    )
    rows = table("core_row", {"source_row": 2, "recipient_code": "9901", "provenance": "real"})
    shown = sorted(records_of(listed(raw, rows)), key=lambda row: row["source_row"] or 99)
    told = [(row["recipient_code"], row["old_value"], row["new_value"], row["provenance"]) for row in shown]
    assert told == [("9901", None, "5", "real"), (None, None, None, "mixed")]
