"""A correction names one cell of what was received, says what stood there, and never counts by mistake."""

import datetime as dt
from collections.abc import Sequence

import pytest

from assets.domain.reading.corrections import Entry, entries
from assets.domain.reading.forms import Export, column_letter
from schemas.configuration.corrections import Correction
from tests.rows import FOLDER, file_of_cells, log_of
from tests.spec.language import REPORTS
from tests.stops import stops_by

FILE = "aterrapport-2022.csv"
PATH = f"{FOLDER}/{FILE}"
OLD, NEW = "94 500", "95 400"
ROWS = (
    ("Export", None, None),
    ("Ärende", "Oanvänt (kr)", "Övrigt"),
    ("1", "94\u00a0500", "x"),
    ("2", "", "y"),
    ("2", "0", "z"),
    (None, None, None),
)


def correction(**said: object) -> Correction:
    """Of the cell B3, where nothing else is said."""
    given = {"file": FILE, "column": "Oanvänt (kr)", "old": OLD, "new": NEW, "status": "applied"}
    who = {"reason": "Rättat enligt mejl", "by": "A. Chef", "date": dt.date(2024, 5, 2)}
    address = {} if "key" in said else {"row": 3}
    return Correction.model_validate(given | who | address | said)


def placed(
    *corrections: Correction, below: Sequence[Sequence[str | None]] = ROWS, replaced: bool = False
) -> list[Entry]:
    """Where each correction leads in a file whose headers stand in its second row."""
    file = file_of_cells(*below, name=FILE)
    export = Export(file, file.sheets[0], REPORTS, 2, end=dt.date(2024, 1, 1) if replaced else None)
    return entries(log_of(*corrections), [export])


def cells(*corrections: Correction) -> list[str | None]:
    return [
        f"{column_letter(entry.column)}{entry.row}" if entry.row and entry.column is not None else None
        for entry in placed(*corrections)
    ]


def key(value: str, column: str = "Ärende") -> dict[str, str]:
    return {"column": column, "value": value}


# -- which cell -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("correction_misplaced", holds=True)
@pytest.mark.rule("correction_ambiguous", holds=True)
@pytest.mark.rule("correction_outdated", holds=True)
@pytest.mark.rule("correction_twice", holds=True)
@pytest.mark.rule("correction_in_replaced_file", holds=True)
def test_a_row_is_told_by_its_number_or_by_a_key_and_the_old_value_as_a_person_sees_it():
    """A no-break space looks like any other."""
    assert cells(
        correction(), correction(row=4, old=None, new="5"), correction(key=key("1"), column="Övrigt", old="x")
    ) == [
        "B3",
        "B4",
        "C3",
    ]


def test_a_row_without_a_value_may_be_filled_in_down_to_the_last_row():
    assert cells(correction(row=6, old=None)) == ["B6"]


@pytest.mark.rule("correction_misplaced")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"file": "annan.csv"}, "filen är ingen av omgångens"),
        ({"file": "../2023/aterrapport-2022.csv"}, "filen är ingen av omgångens"),
        ({"row": 2}, "rad 2 är ingen rad under rubrikerna"),
        ({"row": 7}, "rad 7 är ingen rad under rubrikerna"),
        ({"column": "Oanvänt"}, "rubriken ”Oanvänt” finns inte"),
        ({"key": key("3")}, "ingen rad har det angivna värdet i kolumnen ”Ärende”"),
        ({"key": key("Ärende")}, "ingen rad har det angivna värdet"),
        ({"key": key("1", "Nr")}, "rubriken ”Nr” finns inte"),
    ],
)
def test_a_cell_that_is_not_there_is_a_stop(said: dict[str, object], why: str):
    with stops_by("correction_misplaced", where=str(said.get("file", PATH)), todo=why, never=[OLD, NEW]):
        placed(correction(**said))


@pytest.mark.rule("correction_misplaced")
def test_a_header_that_stands_twice_names_no_column():
    below = (*ROWS[:1], ("Ärende", "Oanvänt (kr)", "Oanvänt (kr)"), *ROWS[2:])
    with stops_by("correction_misplaced", where=PATH, todo="eller står flera gånger"):
        placed(correction(), below=below)


@pytest.mark.rule("correction_ambiguous")
def test_a_key_that_names_several_rows_is_a_stop():
    with stops_by("correction_ambiguous", where=PATH, todo="Skriv radens nummer (row)", never=[OLD, NEW]):
        placed(correction(key=key("2")))


# -- what stood there -----------------------------------------------------------------------------------------------
@pytest.mark.rule("correction_outdated")
@pytest.mark.parametrize("old", ["94 501", None, "94500", "94 500 kr"])
def test_an_old_value_that_is_no_longer_there_is_a_stop_that_shows_no_value(old: str | None):
    told = "rad 3, kolumnen ”Oanvänt (kr)”: cellen har inte det gamla värde"
    with stops_by("correction_outdated", where=PATH, todo=told, never=["94", NEW]):
        placed(correction(old=old))


@pytest.mark.rule("correction_twice")
def test_two_corrections_of_one_cell_are_a_stop_however_they_name_it():
    with stops_by("correction_twice", where=PATH, todo="rättelserna nr 1 och 3", never=[OLD, NEW]):
        placed(correction(), correction(row=4, old=None), correction(key=key("1")))


@pytest.mark.rule("correction_in_replaced_file")
def test_a_correction_does_not_vanish_with_the_file_that_another_one_replaces():
    with stops_by("correction_in_replaced_file", where=PATH, todo="skriv då om rättelsen för den", never=[OLD, NEW]):
        placed(correction(), replaced=True)


# -- what counts ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["proposed", "withdrawn"])
def test_what_is_not_applied_need_not_fit_and_stands_in_nobodys_way(status: str):
    misfits = [
        correction(row=99),
        correction(file="annan.csv"),
        correction(old="1"),
        correction(),
        correction(key=key("2")),
    ]
    idle = [each.model_copy(update={"status": status}) for each in misfits]
    assert cells(*idle, correction()) == [None, None, "B3", "B3", None, "B3"]


@pytest.mark.parametrize(
    ("as_of", "is_in_effect"),
    [("2024-05-01", "not_yet_known"), ("2024-05-02", "applied"), ("2199-12-31", "applied")],
)
def test_a_correction_is_known_from_its_date_on(as_of: str, is_in_effect: str):
    day = dt.date.fromisoformat(as_of)
    assert Entry(1, correction()).effect(day) == is_in_effect
    assert Entry(1, correction(status="proposed")).effect(day) == "proposed"
    assert Entry(1, correction(status="withdrawn")).effect(day) == "withdrawn"


def test_what_is_not_known_yet_must_fit_all_the_same():
    """The file is the same on every as-of date; a broken log is told before its day comes."""
    with stops_by("correction_outdated", where=PATH, todo="Ta reda på"):
        placed(correction(old="1", date=dt.date(2199, 1, 1)))
