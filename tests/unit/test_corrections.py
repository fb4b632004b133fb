"""Corrections: what is read instead of what was received, from which day, and what of it may be shown."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.reading.corrections import entries, listed, records_of
from assets.domain.reading.forms import Export
from assets.domain.reading.history import History, read
from assets.domain.reading.lines import lines_of
from assets.domain.reading.rows import Row, read_rows
from assets.received import Cell
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from tests.rows import (
    DAY,
    PROGRAMME,
    Record,
    bodies_of,
    correction,
    export_of,
    exports_of,
    file_of_cells,
    lines,
    log_of,
)

FORM = PROGRAMME.forms["usage_report_2022"]
HEADERS = FORM.headers()
AT = {slot: at for at, slot in enumerate(HEADERS)}


# -- a cell is read as something else ---------------------------------------------------------------------------------
def changed(changes: dict[tuple[int, str], Cell], **cells: str | None) -> list[Any]:
    """The rows (2 and 3) of two submissions, with cells changed."""
    export = export_of(FORM, {"recipient_name": "A", **cells}, {"recipient_name": "B"})
    return lines_of(export, {(row, AT[slot]): new for (row, slot), new in changes.items()})[1:]


def test_a_corrected_cell_is_read_as_the_new_text_and_no_other_cell_is():
    first, second = changed({(2, "unused_sek"): " 6 "}, unused_sek="5", used_sek="5")
    assert (first.texts["unused_sek"], second.texts["unused_sek"]) == ("6", None)
    assert (first.texts["used_sek"], first.amount("unused_sek")) == ("5", 6)
    assert [line.corrected_count for line in (first, second)] == [1, 0]


def test_several_cells_of_a_row_and_several_rows_of_a_column_are_corrected():
    found = changed(
        {(2, "unused_sek"): "6", (3, "unused_sek"): "7", (2, "used_sek"): None}, unused_sek="5", used_sek="4"
    )
    assert [(line.texts["unused_sek"], line.texts["used_sek"]) for line in found] == [("6", None), ("7", None)]
    assert [line.corrected_count for line in found] == [2, 1]
    assert [line.filled_count for line in found] == [3 - 1, 1 + 1]


def test_a_row_that_a_correction_empties_is_blank():
    assert [line.kind for line in changed({(3, "recipient_name"): None})] == ["data", "blank"]


def test_hundreds_of_corrections_of_one_column_are_all_read():
    export = export_of(FORM, *({"recipient_name": "A"} for _ in range(698)))
    found = lines(export, {(number, AT["unused_sek"]): str(number) for number in range(2, 700)})
    assert [line.amount("unused_sek") for line in found] == list(range(2, 700))


# -- from its day on --------------------------------------------------------------------------------------------------
def history_of(export: Export, *said: Correction) -> History:
    return read([export], entries(log_of(*said), [export]), bodies_of(), PROGRAMME)


def test_a_correction_holds_from_its_date_on_and_not_the_day_before():
    export = export_of(FORM, {"recipient_name": "Exempelkommun 01", "unused_sek": "5"})
    header = HEADERS["unused_sek"]
    said = [
        correction(row=2, column=header, old="5", new="6", date=dt.date(2024, 3, 1)),
        correction(row=2, column=header, old="5", new="7", date=dt.date(2024, 2, 1), status="proposed"),
    ]
    history = history_of(export, *said)
    read_on = {day: history.on(day)[1].values["unused_sek"] for day in (dt.date(2024, 2, 29), dt.date(2024, 3, 1))}
    assert read_on == {dt.date(2024, 2, 29): 5, dt.date(2024, 3, 1): 6}


def test_a_corrected_name_gives_others_back_the_name_that_they_were_a_guess_of():
    """While "Exempelkommun 01" was taken, a slip of it was nobody's; when the first row turns out to be 02's, it is."""
    named = [{"recipient_name": "Exempelkommun 01"}, {"recipient_name": "Exempelkomun 01"}]
    export = export_of(FORM, *named)
    said = correction(row=2, column=HEADERS["recipient_name"], old="Exempelkommun 01", new="Exempelkommun 02")
    history = history_of(export, said)
    codes = {day: [row.recipient_code for row in history.on(day)[1:]] for day in (DAY, DAY + dt.timedelta(1))}
    assert codes == {DAY: ["9901", None], DAY + dt.timedelta(1): ["9902", "9901"]}


DECISIONS = PROGRAMME.forms["decisions"]
SUMMED = DECISIONS.model_copy(
    update={"total_row": DECISIONS.total_row and DECISIONS.total_row.model_copy(update={"field": "case_number"})}
)
"""A list whose total row is told by another cell than the name."""

TEXTS = [None, "5", "5 000 kr", "ca 5", "-1", "Exempelkommun 01", "Exempelkomun 01", "Exempelkommun 02", "Atlantis"]
TEXTS += ["Test", "Komplettering", "Inlämnad", "2024-02-01", "2024-02-30", "Nej", "Myndighet; Inom kommunen", "Summa"]
OFTEN = {"recipient_name": TEXTS[5:9], "case_number": [None, "Summa"]}


@st.composite
def corrected(draw: st.DrawFn) -> tuple[Form, list[list[str | None]], list[tuple[int, int, str | None, int]]]:
    """A form, rows of any texts, and changes of their cells (row, column, new text, day), no cell twice."""
    form = draw(st.sampled_from([FORM, SUMMED]))
    slots = list(form.headers())
    texts = [st.sampled_from(OFTEN.get(slot, []) * 4 + TEXTS) for slot in slots]
    cells = draw(st.lists(st.tuples(*texts).map(list), min_size=1, max_size=5))
    places = st.tuples(st.integers(0, len(cells) - 1), st.integers(0, len(slots) - 1))
    changes = []
    for row, column in draw(st.lists(places, min_size=1, max_size=4, unique=True)):
        new = draw(texts[column].filter(lambda text, old=cells[row][column]: text != old))
        changes.append((row, column, new, draw(st.integers(1, 3))))
    return form, cells, changes


def told(row: Row) -> dict[str, Any]:
    """A row without the file that it stands in, and without what a correction leaves on it: that it was corrected."""
    line = row.line
    return {
        "kind": line.kind,
        "texts": line.texts,
        "match": line.match,
        "filled": line.filled_count,
        "faults": sorted((check.rule, check.slot) for check in row.faults),
        **{name: value for name, value in vars(row).items() if name not in ("line", "faults")},
    }


@settings(max_examples=80, deadline=None)
@given(corrected())
def test_to_read_a_corrected_file_is_to_read_the_file_as_if_it_had_come_so(case: Any):
    """Reading once more what corrections touch gives, on every day, what reading the whole corrected file gives."""
    form, cells, changes = case
    headers = list(form.headers().values())
    [export] = exports_of([file_of_cells(headers, *cells)], form)
    said = [
        correction(row=row + 2, column=headers[column], old=cells[row][column], new=new, date=DAY + dt.timedelta(day))
        for row, column, new, day in changes
    ]
    history = history_of(export, *said)
    for day in range(4):
        as_if = [list(row) for row in cells]
        for row, column, new, since in changes:
            if since <= day:
                as_if[row][column] = new
        [whole] = exports_of([file_of_cells(headers, *as_if)], form)
        expected = [told(row) for row in read_rows(whole, {}, bodies_of(), PROGRAMME)]
        assert [told(row) for row in history.on(DAY + dt.timedelta(day))] == expected


# -- what may be shown ------------------------------------------------------------------------------------------------
FREE = "Vad har ni gjort?"


def logged(slot: str, old: str | None, new: str | None, **said: Any) -> Record:
    """The entry of a log that corrects one cell of a file with a column of free text, as raw_correction has it."""
    header = HEADERS.get(slot, slot)
    headers = [*HEADERS.values(), FREE]
    file = file_of_cells(headers, [old if text == header else None for text in headers])
    found = entries(
        log_of(correction(**{"row": 2, "column": header, "old": old, "new": new} | said)), exports_of([file], FORM)
    )
    [record] = records_of(found, PROGRAMME, DAY)
    return record


SHOWN = [
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
]


def test_only_an_amount_a_date_or_an_option_is_shown():
    for slot, old, new, withheld in SHOWN:
        record = logged(slot, old, new)
        assert (record["old_withheld"], record["new_withheld"]) == withheld, (slot, old)
        assert (record["old_value"], record["new_value"]) == (old, new), (slot, old)


def test_a_cell_that_is_not_found_is_not_shown():
    record = logged("unused_sek", "5", "6", row=9, status="proposed")
    assert (record["correction_no"], record["source_row"], record["source_column"]) == (1, None, None)
    assert (record["old_withheld"], record["new_withheld"]) == (True, True)


def test_a_proposal_for_a_file_that_is_not_there_names_none():
    """Every file that a published table names is among those that were read."""
    record = logged("unused_sek", "5", "6", file="annan.csv", status="proposed")
    assert (record["source_file"], record["source_row"], record["header"]) == (None, None, HEADERS["unused_sek"])
    assert (record["old_withheld"], record["new_withheld"], record["provenance"]) == (True, True, "mixed")


def test_a_listed_correction_has_its_rows_recipient_and_no_withheld_text():
    first, second = logged("recipient_name", "Anna", "Bo"), logged("unused_sek", "5", "6")
    unknown = logged(FREE, None, "x", file="annan.csv", status="proposed")
    owners = {(first["source_file"], 2): ("9901", "real")}
    told_of = [
        (row["recipient_code"], row["old_value"], row["new_value"], row["provenance"])
        for row in listed([first, second, unknown], owners)
    ]
    assert told_of == [("9901", None, None, "real"), ("9901", "5", "6", "real"), (None, None, None, "mixed")]
