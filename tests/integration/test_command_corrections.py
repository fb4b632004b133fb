"""`statsbidrag corrections diff`: any two tables and any log, as a person starts it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.integration.command import ROOT, Done, statsbidrag

ROUND = ROOT / "raw" / "stadigvarande-boende" / "2022"
REPORTS = ROUND / "aterrapport-2022.csv"
SECRET, NEW_SECRET = "hemligt namn", "annat namn"
BEFORE = f"Svarsid;Fritext;Belopp\n001;{SECRET};10\n002;;20\n003;;30\n"
AFTER = f"Svarsid;Fritext;Belopp\n001;{NEW_SECRET};10\n002;;21\n"
LOG = f"Svarsid;Kolumn;Före;Efter\n001;Fritext;{SECRET};{NEW_SECRET}\n002;Belopp;20;21\n003;;;\n"

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """A file of the name with the content; a workbook with every cell as text."""

    def written(name: str, content: str) -> Path:
        path = tmp_path / name
        if path.suffix == ".xlsx":
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet()
                for row, line in enumerate(content.splitlines()):
                    for column, cell in enumerate(line.split(";")):
                        sheet.write_string(row, column, cell)
        else:
            path.write_text(content, "utf-8")
        return path

    return written


def diff(*arguments: str | Path) -> Done:
    done = statsbidrag("corrections", "diff", *arguments)
    assert "Traceback" not in done.stderr
    return done


def reported(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    done = diff(*arguments, "--json")
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_log_that_explains_everything_exits_0(suffix: str, put: Put) -> None:
    code, told = reported(put(f"b{suffix}", BEFORE), put(f"a{suffix}", AFTER), put(f"l{suffix}", LOG))
    assert (code, told["everything_is_explained"], told["key"]) == (0, True, "Svarsid")
    assert [(each["key"], each["column"], each["entries"]) for each in told["explained"]] == [
        ("001", "Fritext", [2]),
        ("002", "Belopp", [3]),
        ("003", None, [4]),
    ]


def test_what_is_not_explained_and_what_explains_nothing_is_told_by_place_and_without_a_value(put: Put) -> None:
    log = LOG.replace("002;Belopp;20;21", "002;Belopp;20;22").replace("003;;;\n", "")
    done = diff(put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", log))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Raderna jämförs efter       Svarsid",
        "Förklarade skillnader       1",
        "Oförklarade skillnader      2",
        "Poster som inget förklarar  1",
        "Det som loggen inte förklarar:",
        "  002, ”Belopp” (rad 3, nu rad 3): värdet är ett annat",
        "  003 (rad 4): raden är borttagen",
        "Poster som inte förklarar någon skillnad:",
        "  Post 3 (002, Belopp): cellen har inte det nya värdet",
    ]
    english = diff(put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", log), "--language", "en")
    assert "Entry 3 (002, Belopp): the cell does not hold the new value" in english.stdout


def test_no_value_is_told_but_the_key(put: Put) -> None:
    files = put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", LOG.replace(NEW_SECRET, "tredje"))
    for told in (diff(*files), diff(*files, "--json"), diff(*files, "--key", "Fritext")):
        assert not any(text in told.stdout + told.stderr for text in (SECRET, NEW_SECRET, "tredje"))


def test_new_and_lost_columns_are_said_and_no_log_explains_them(put: Put) -> None:
    after = AFTER.replace("Belopp", "Summa").replace("21\n", "21\n003;;30\n")
    code, told = reported(put("b.csv", BEFORE), put("a.csv", after), put("l.csv", LOG))
    assert (code, told["columns"]) == (1, {"removed": ["Belopp"], "added": ["Summa"], "renamed": {}})
    text = diff(put("b.csv", BEFORE), put("a.csv", after), put("l.csv", LOG)).stdout
    assert "Kolumnen ”Belopp” finns inte i den nya filen.\nKolumnen ”Summa” finns bara i den nya filen." in text


def test_our_own_log_explains_the_correction_that_it_makes(tmp_path: Path) -> None:
    text = (ROUND / "corrections.yaml").read_text("utf-8")
    new = "Kommunala eller privata hyresvärdar/bostadsbolag; Andra kommuner utanför länet; Myndighet"
    assert f"new: {new}" in text
    after = tmp_path / "rattad.csv"
    after.write_bytes(REPORTS.read_bytes().replace(b"Ingen samverkan", new.encode()))
    code, told = reported(REPORTS, after, ROUND / "corrections.yaml")
    assert (code, [(each["key"], each["entries"]) for each in told["explained"]]) == (0, [("40119", [1])])
    code, told = reported(REPORTS, REPORTS, ROUND / "corrections.yaml")
    assert (code, told["entries_that_explain_nothing"][0]["reason"]) == (1, "unchanged")


@pytest.mark.parametrize("status", ["proposed", "withdrawn"])
def test_an_entry_of_our_own_log_that_is_not_applied_explains_nothing_and_need_not(status: str, put: Put) -> None:
    text = (ROUND / "corrections.yaml").read_text("utf-8").replace("status: applied", f"status: {status}")
    assert reported(REPORTS, REPORTS, put("corrections.yaml", text))[0] == 0


def test_an_entry_of_our_own_log_may_count_rows(put: Put) -> None:
    who = "reason: Fel i exporten, by: A, date: 2024-05-02, status: applied"
    entry = f"- {{file: b.csv, row: 3, column: Belopp, old: '20', new: '21', {who}}}"
    elsewhere = entry.replace("b.csv", "annan.csv")
    log = put("corrections.yaml", f"corrections:\n{entry}\n{elsewhere}\n")
    code, told = reported(put("b.csv", BEFORE), put("a.csv", BEFORE.replace("20", "21")), log)
    assert (code, told["explained"][0]["key"], told["explained"][0]["entries"]) == (0, "002", [1])


# -- logs as tools write them ---------------------------------------------------------------------------------------
TOOL_LOG = """uuid,question,issue,change_type,old_value,new_value
001,Fritext,,change_response,hemligt namn,annat namn
002,Belopp,,change_response,"20,00 kr",21
001,Belopp,,no_action,10,
003,all,,remove_survey,,
"""


def test_a_log_of_a_cleaning_tool_is_read_as_it_is(put: Put) -> None:
    code, told = reported(put("b.csv", BEFORE), put("a.csv", AFTER), put("log.csv", TOOL_LOG))
    assert (code, told["key"], told["entries_that_change_nothing"]) == (0, "Svarsid", [4])
    assert [each["entries"] for each in told["explained"]] == [[2], [3], [5]]


@pytest.mark.parametrize(
    "headers",
    [
        "Svars-ID;Frågenamn;Ursprungligt värde;Rättat värde",
        "_id;variable;old.value;new.value",
        "UUID;Question;Old_Value;New_Value",
        "Svarsid;Fält;Tidigare värde;Nytt värde",
    ],
)
def test_a_log_has_any_usual_headers(headers: str, put: Put) -> None:
    log = put("l.csv", LOG.replace("Svarsid;Kolumn;Före;Efter", headers))
    assert reported(put("b.csv", BEFORE), put("a.csv", AFTER), log)[0] == 0


def test_the_words_of_a_log_for_kinds_of_change_can_be_declared(put: Put) -> None:
    log = put("l.csv", "Svarsid;Kolumn;Före;Efter;Åtgärd\n001;Fritext;hemligt namn;annat namn;Rättat\n")
    after = put("a.csv", AFTER.replace("21", "20"))
    assert reported(put("b.csv", BEFORE), after, log)[0] == 1
    log.write_text(log.read_text("utf-8") + "003;Belopp;30;;Ut ur_registret\n002;Belopp;20;20;Ingen-ting\n", "utf-8")
    declared = ["--change-type", "ut ur registret=removed", "--change-type", "INGEN TING=unchanged"]
    assert reported(put("b.csv", BEFORE), after, log)[0] == 1
    code, told = reported(put("b.csv", BEFORE), after, log, *declared)
    assert (code, told["entries_that_change_nothing"]) == (0, [4])


@pytest.mark.rule("change_type_unclear")
@pytest.mark.rule("change_type_without_column")
def test_a_kind_of_change_that_is_none_or_stands_nowhere_is_wrong_use(put: Put) -> None:
    files = put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", LOG)
    for declared in ("removed", "=removed", "ut=bort"):
        done = diff(*files, "--change-type", declared)
        assert done.returncode == 2
        assert "ORD=SLAG, där slaget är ett av changed, unchanged, removed, blanked" in done.stderr
    done = diff(*files, "--change-type", "ut=removed")
    assert done.returncode == 2
    assert done.stderr.startswith("l.csv: loggen har ingen kolumn för slag av ändring (ändringstyp, change type, ")


def test_what_was_logged_from_another_value_is_told_apart(put: Put) -> None:
    log = put("l.csv", LOG.replace("002;Belopp;20;21", "002;Belopp;19;21"))
    done = diff(put("b.csv", BEFORE), put("a.csv", AFTER), log)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Raderna jämförs efter       Svarsid",
        "Förklarade skillnader       2",
        "Loggade från annat värde    1",
        "Oförklarade skillnader      0",
        "Poster som inget förklarar  0",
        "Loggat med det nya värdet, men det gamla var ett annat (poster):",
        "  002, ”Belopp” (rad 3, nu rad 3): värdet är ett annat (3)",
    ]
    _, told = reported(put("b.csv", BEFORE), put("a.csv", AFTER), log)
    assert [(each["key"], each["entries"]) for each in told["logged_from_another_value"]] == [("002", [3])]


def test_the_key_is_that_of_the_log_and_a_chosen_one_that_pairs_worse_is_told(put: Put) -> None:
    before = "Rad;Svarsid;Belopp\n1;a;10\n2;b;20\n3;c;30\n"
    after = "Rad;Svarsid;Belopp\n1;b;21\n2;c;30\n"
    log = put("l.csv", "uuid;question;old_value;new_value\nb;Belopp;20;21\nb;Rad;2;1\nc;Rad;3;2\na;;;\n")
    code, told = reported(put("b.csv", before), put("a.csv", after), log)
    assert (code, told["key"], told["better_key"]) == (0, "Svarsid", None)
    done = diff(put("b.csv", before), put("a.csv", after), log, "--key", "Rad")
    assert done.returncode == 1
    assert "står i kolumnen ”Svarsid” än i ”Rad”: jämför efter den med --key." in done.stdout


def test_the_headers_that_are_known_are_listed(put: Put) -> None:
    done = diff(put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", "Svarsid;Ruta;Före;Efter\n1;2;3;4\n"))
    assert done.returncode == 2
    for known in ("nyckel, key", "uuid", "question", "ursprungligt värde", "old value", "rättat värde"):
        assert known in done.stderr


# -- wrong use ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "log", "arguments", "told"),
    [
        (BEFORE, LOG, ["--key", "Nr"], "har ingen kolumn ”Nr”"),
        (BEFORE, LOG, ["--key", "Fritext"], "rad 3 har inget värde i nyckelkolumnen ”Fritext”"),
        (BEFORE.replace("001", "1"), LOG, [], "skrivs på ett annat sätt"),
        ("", LOG, [], "är tom"),
        (BEFORE, "", [], "är tom"),
        (BEFORE, LOG.replace("Kolumn", "Ruta"), [], "Skriv de fyra rubrikerna överst i loggen"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence_and_exits_2(
    before: str, log: str, arguments: list[str], told: str, put: Put
) -> None:
    done = diff(put("b.csv", before), put("a.csv", AFTER), put("l.csv", log), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.rule("log_not_recognised")
def test_a_log_without_its_four_headers_is_told_by_name(put: Put) -> None:
    done = diff(put("b.csv", BEFORE), put("a.csv", AFTER), put("l.csv", "Svarsid;Kolumn;Före\n1;2;3\n"))
    assert done.returncode == 2
    assert done.stderr.startswith("l.csv: ingen rad har rubriker för nyckel (”Svarsid”")


@pytest.mark.rule("sheets_several")
def test_a_workbook_with_several_sheets_is_told_by_name(tmp_path: Path, put: Put) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Ett", "Två"):
            book.add_worksheet(name).write_string(0, 0, "Svarsid")
    done = diff(path, put("a.csv", AFTER), put("l.csv", LOG))
    assert done.returncode == 2
    assert done.stderr.startswith("b.xlsx: flera blad har innehåll (Ett, Två)")


def test_a_file_that_is_not_there_and_a_broken_log_of_ours_exit_2(put: Put) -> None:
    assert diff("finns-inte.csv", REPORTS, REPORTS).returncode == 2
    done = diff(REPORTS, REPORTS, put("corrections.yaml", "corrections: ["))
    assert (done.returncode, done.stderr.startswith("corrections.yaml, rad 1: ")) == (2, True)
