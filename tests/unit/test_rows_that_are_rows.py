"""Delimiter and header row together; rows that a quotation mark swallowed; totals and footnotes; where fields stand."""

import dataclasses
import datetime as dt
import random
from typing import Any

import pytest

from assets.domain.reading.exports import claimed, with_bounds
from assets.domain.reading.forms import Export, likeness
from assets.domain.reading.lines import lines_of
from assets.received import InputFile, Sheet
from assets.round import compute
from pipelines.readers.text_file import read_text
from pipelines.readers.unreadable import Unreadable
from schemas.configuration.forms import Form
from tests.rows import (
    FOLDER,
    MUCH_LATER,
    PROGRAMME,
    card,
    exports_of,
    file_of,
    file_of_cells,
    programme_of,
    received_of,
)
from tests.stops import stops_by

DECISIONS, REPORTS = PROGRAMME.forms["decisions"], PROGRAMME.forms["usage_report_2023"]
LIST = Form.model_validate(
    {
        "form": "list",
        "title": {"sv": "Lista", "en": "List"},
        "fills": "core_decision",
        "identity": "recipient",
        "fields": {"recipient_name": "Mottagare", "granted_sek": "Belopp", "decided_date": "Dag"},
    }
)
HEADER = "Mottagare;Belopp;Dag;Anm\n"
ROWS = [f"Exempelkommun 0{n};{n} 000;2023-0{n}-01;\n" for n in range(1, 8)]


def text_file(text: str, *forms: Form) -> InputFile:
    sheet, encoding, delimiter = read_text(text.encode(), lambda rows: likeness(rows, forms or [LIST]))
    return InputFile(f"{FOLDER}/a.csv", "0" * 64, len(text), encoding, delimiter, card(made=MUCH_LATER), [sheet])


def read(text: str) -> Export:
    return claimed(text_file(text), [LIST])


# -- delimiter and header row -----------------------------------------------------------------------------------------
COMMAS = "Beslut 2023, mötesplatser, för, äldre, i, hela, landet\n" * 3


def test_the_delimiter_is_that_with_which_a_row_is_the_header_whatever_makes_rows_even():
    for mark in ";,\t|^~":
        export = read(COMMAS.replace(",", "," if mark != "," else ";") + HEADER.replace(";", mark) + "x,y\n")
        assert (export.file.delimiter, export.header_row) == (mark, 4), mark


def test_one_uneven_row_does_not_flip_the_file():
    for number in range(len(ROWS)):
        rows = [row if at != number else row.rpartition(";")[0] + "\n" for at, row in enumerate(ROWS)]
        export = read(COMMAS + HEADER + "".join(rows))
        assert export.file.delimiter == ";"
        assert [line.missing_count for line in lines_of(export, {}) if line.kind == "data"] == [
            int(at == number) for at in range(len(ROWS))
        ]


def test_a_file_that_states_its_delimiter_is_read_by_it():
    assert read("sep=|\n" + HEADER.replace(";", "|")).file.delimiter == "|"
    assert text_file("sep=,\nMottagare;Belopp;Dag\n").delimiter == ","


def test_quotes_that_do_not_end_are_told_of_the_row_in_which_they_begin():
    with pytest.raises(Unreadable) as refused:
        read(HEADER + ROWS[0] + ROWS[1].replace(";\n", ';"se bilaga\n') + ROWS[2])
    assert refused.value.why.sentence("sv") == "citattecken som inte avslutas i raden som börjar på rad 3"


def test_the_lines_of_a_file_are_its_rows_and_those_that_go_on_with_a_cell():
    text = HEADER + 'Exempelkommun 01;1 000;2023-01-01;"ett\ntvå\r\ntre"\n\n' + ROWS[1]
    file = text_file(text)
    assert file.sheets[0].continued == [(2, 2)]
    tables = compute(received_of(file, file_of(REPORTS, name="svar.csv")), programme_of(LIST, REPORTS))
    [line] = [each for each in tables["core_funnel"].to_pylist() if each["form"] == "list"]
    counts = {name: line[f"{name}_count"] for name in ("line", "continued", "received", "other", "blank")}
    assert counts == {"line": 6, "continued": 2, "received": 2, "other": 2, "blank": 1}
    assert text.count("\n") == counts["received"] + counts["other"] + counts["continued"]


# -- rows inside quotes -----------------------------------------------------------------------------------------------
SWALLOWED = HEADER + ROWS[0] + ROWS[1].replace(";\n", ';"se bilaga\n') + ROWS[2] + ROWS[3].rstrip() + '"\n' + ROWS[4]


@pytest.mark.rule("rows_in_quotes")
def test_a_cell_that_swallowed_rows_is_a_stop_that_names_the_first_and_the_last():
    told = "sväljer raderna 4 till 5 i filen"
    with stops_by("rows_in_quotes", where="a.csv", todo=told, never=["3 000"]):
        read(SWALLOWED)


@pytest.mark.rule("rows_in_quotes", holds=True)
def test_a_cell_with_lists_in_it_is_a_cell():
    cell = "Vi har gjort; kurser; läger; resor\nBeslut; av; nämnden; 2023\ntel 08-1;2;3"
    export = read(HEADER + "".join(ROWS) + f'Exempelkommun 09;5;2023-09-01;"{cell}"\n')
    assert export.sheet.continued == [(9, 2)]


def test_rows_are_found_wherever_a_quote_begins_and_ends_and_texts_are_no_rows():
    """Two hundred files of each kind, of three to twelve columns."""
    chance = random.Random(7)  # noqa: S311 - no secret
    missed = alarms = 0
    for _ in range(200):
        width = chance.randint(3, 12)
        rows = [_row(chance, number, width) for number in range(1, 16)]
        header = ["Mottagare", "Belopp", "Dag", *(f"k{at}" for at in range(3, width))][:width]
        first = chance.randint(1, 10)
        last = first + chance.randint(1, 4)
        lines = [";".join(row) for row in [header, *rows]]
        begun = lines[first].split(";")
        begun[-1] = '"' + begun[-1]
        broken = [*lines[:first], ";".join(begun), *lines[first + 1 : last], lines[last] + '"', *lines[last + 1 :]]
        missed += not _is_stopped("\n".join(broken))
        words = "\n".join(";".join(chance.sample(WORDS, width)) for _ in range(3))
        alarms += _is_stopped(
            "\n".join(
                [
                    *lines,
                    ";".join(["Exempelkommun 99", "5", "2023-01-01", *[""] * (width - 4)][: width - 1]) + f';"{words}"',
                ]
            )
        )
    assert (missed, alarms) == (0, 0)


WORDS = [f"{one} {other}" for one in ("kurs", "läger", "resa", "möte") for other in ("ute", "inne", "kväll", "helg")]


def _row(chance: random.Random, number: int, width: int) -> list[str]:
    more = [chance.choice(["Ja", "Nej", str(chance.randint(1, 99) * 1000)]) for _ in range(width - 3)]
    return [f"Exempelkommun {number:02}", f"{number} 000", f"2023-01-{number:02}", *more][:width]


def _is_stopped(text: str) -> bool:
    try:
        read(text + "\n")
    except Exception as stop:  # noqa: BLE001 - only which rule it is
        return getattr(getattr(stop, "rule", None), "id", "") == "rows_in_quotes"
    return False


# -- totals -----------------------------------------------------------------------------------------------------------
def kinds(*rows: list[Any]) -> list[str]:
    cells = [["Mottagare", "Belopp", "Dag", "Anm"], *rows]
    return [line.kind for line in lines_of(claimed(file_of_cells(*cells), [LIST]), {})][1:]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["SUMMA", "7", None, None], "total"),
        (["Totalt:", "7", None, None], "total"),
        ([None, "7", None, "summa"], "total"),
        (["Summa Exempellän", "7", None, None], "total"),
        (["Delsumma", "7", None, None], "subtotal"),
        (["* Preliminärt", None, None, None], "footnote"),
        ([None, None, None, "Källa: ärendesystemet"], "footnote"),
        (["Exempelkommun 01", "7", None, "Summa"], "data"),  # it names somebody
        (["Summa", None, None, None], "data"),  # it sums nothing
        (["Summabo", "7", None, None], "data"),
        (["Total", "7", "2023-01-01", None], "data"),  # it was decided
    ],
)
def test_totals_and_footnotes_are_known_by_their_marks_in_any_case_and_column(row: list[Any], kind: str):
    assert kinds(row) == [kind]


def test_a_form_may_name_marks_of_its_own():
    named = LIST.model_dump() | {"reads": {"total_rows": {"totals": ["Alla"]}}}
    cells = [["Mottagare", "Belopp", "Dag"], ["ALLA", "7", None], ["Summa", "7", None]]
    export = claimed(file_of_cells(*cells), [Form.model_validate(named)])
    assert [line.kind for line in lines_of(export, {})][1:] == ["total", "data"]


def total_findings(*rows: list[Any]) -> list[int]:
    file = file_of_cells(["Mottagare", "Belopp", "Dag"], *rows, name="lista.csv")
    tables = compute(received_of(file, file_of(REPORTS, name="svar.csv")), programme_of(LIST, REPORTS))
    return [each["source_row"] for each in tables["core_finding"].to_pylist() if each["rule"] == "total_row_differs"]


def test_a_total_is_held_against_the_rows_above_it_and_a_sub_total_against_those_since_the_last():
    one, two, three = (
        ["Exempelkommun 01", "1", None],
        ["Exempelkommun 02", "2", None],
        ["Exempelkommun 03", "3", None],
    )
    assert total_findings(one, ["Delsumma", "1", None], two, three, ["Delsumma", "5", None], ["SUMMA", "6", None]) == []
    assert total_findings(one, ["Summa", "1", None], two, three, ["Summa", "5", None], ["Totalt", "6", None]) == []
    assert total_findings(one, ["Delsumma", "1", None], two, three, ["Delsumma", "6", None], ["SUMMA", "6", None]) == [
        6
    ]
    assert total_findings(one, two, ["Summa", "4", None], three) == [4]


# -- where fields stand -----------------------------------------------------------------------------------------------
def test_fields_stand_by_letter_by_the_nth_of_a_header_and_two_in_one_column():
    form = Form.model_validate(
        LIST.model_dump()
        | {
            "fields": {
                "case_number": {"column": "A"},
                "recipient_name": {"header": "Namn", "nth": 2},
                "decision_maker": {"header": "Namn", "nth": 2},
                "granted_sek": "Belopp",
            }
        }
    )
    cells = [["", "Namn", "Namn", "Belopp"], ["1", "A. Exempel", "Exempelkommun 01", "5"]]
    [line] = [line for line in lines_of(claimed(file_of_cells(*cells), [form]), {}) if line.kind == "data"]
    name = "Exempelkommun 01"
    assert line.texts == {"case_number": "1", "recipient_name": name, "decision_maker": name, "granted_sek": "5"}


def test_a_form_of_one_sheet_leaves_the_others_alone():
    form = Form.model_validate(LIST.model_dump() | {"reads": {"sheet": "Beslut"}})
    rows = [["Mottagare", "Belopp", "Dag"], ["Exempelkommun 01", "5", None]]
    file = dataclasses.replace(file_of_cells(*rows), sheets=[Sheet("Utkast", rows), Sheet("Beslut", rows)])
    assert claimed(file, [form]).sheet.name == "Beslut"


# -- days that cannot be ----------------------------------------------------------------------------------------------
def test_a_report_from_before_the_first_decision_of_its_round_says_nothing_of_when_it_came():
    decided = {"recipient_name": "Exempelkommun 01", "granted_sek": "5", "decided_date": "2023-06-01"}
    files = [file_of(DECISIONS, decided), file_of(PROGRAMME.forms["usage_report_2022"], name="svar.csv")]
    decisions, reports = with_bounds(exports_of(files, DECISIONS, PROGRAMME.forms["usage_report_2022"]), 2023)
    assert (decisions.earliest, reports.earliest) == (dt.date(2022, 1, 1), dt.date(2023, 6, 1))
    dates = ["2023-05-31", "2023-06-01", "2024-01-01", "2024-01-02"]
    cells = [list(reports.headers), *([day if h == "Inskickad" else "x" for h in reports.headers] for day in dates)]
    export = dataclasses.replace(reports, sheet=Sheet(None, cells))
    told = [line.date("submitted_at") for line in lines_of(export, {}) if line.kind == "data"]
    assert told == [None, "2023-06-01", "2024-01-01", None]


# -- a decision and its report in one row -----------------------------------------------------------------------------
BOTH = Form.model_validate(
    {
        "form": "both",
        "title": {"sv": "Beslut och rapport", "en": "Decision and report"},
        "fills": ["core_decision", "core_usage_report"],
        "identity": "recipient",
        "fields": {"recipient_name": "Namn", "granted_sek": "Beviljat", "used_sek": "Använt", "unused_sek": "Kvar"},
    }
)


def test_a_row_may_be_a_decision_and_its_report_and_a_blank_report_has_not_come():
    sent = [
        {"recipient_name": "Exempelkommun 01", "granted_sek": "100", "used_sek": "70", "unused_sek": "30"},
        {"recipient_name": "Exempelkommun 02", "granted_sek": "50"},
    ]
    tables = compute(received_of(file_of(BOTH, *sent)), programme_of(BOTH))
    accounts = {row["recipient_code"]: row for row in tables["core_account"].to_pylist()}
    figures = {code: (row["granted_sek"], row["used_sek"], row["unused_sek"]) for code, row in accounts.items()}
    assert figures == {"9901": (100, 70, 30), "9902": (50, None, None)}
    assert [row["fate"] for row in tables["core_row"].to_pylist() if row["row_kind"] == "data"] == ["accepted"] * 2


def test_an_amount_of_the_report_that_cannot_be_read_leaves_the_decision_beside_it_as_it_is():
    sent = [
        {"recipient_name": "Exempelkommun 01", "granted_sek": "100", "used_sek": "70", "unused_sek": "ca 30"},
        {"recipient_name": "Exempelkommun 02", "granted_sek": "50", "used_sek": "se bilaga", "unused_sek": "5"},
        {"recipient_name": "Exempelkommun 03", "granted_sek": "ca 50", "used_sek": "40", "unused_sek": "10"},
        {"recipient_name": "Exempelkommun 04", "granted_sek": "30", "used_sek": "30"},
    ]
    tables = compute(received_of(file_of(BOTH, *sent)), programme_of(BOTH))
    rows = {row["recipient_code"]: row for row in tables["core_reconciliation"].to_pylist()}
    figures = {code: (row["granted_sek"], row["used_sek"], row["unused_sek"]) for code, row in rows.items()}
    assert figures == {"9901": (100, 70, None), "9902": (50, None, 5), "9904": (30, 30, None)}
    fates = [row["fate"] for row in tables["core_row"].to_pylist() if row["row_kind"] == "data"]
    assert fates == ["accepted", "accepted", "quarantined", "accepted"]
