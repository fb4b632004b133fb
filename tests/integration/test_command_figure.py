"""`statsbidrag figure` and `statsbidrag trace`: from an expression to its figure, and to received cells and back."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.inquiries.published import Published
from pipelines.warehouse.layout import CURRENT
from tests.by_hand import publish_by_hand
from tests.integration.command import Done, statsbidrag

PROGRAMME = "stadigvarande-boende"
LANDLORDS = "share(answered(2023, cooperation, any=[municipal_landlords, private_landlords]))"
REPORT = "delredovisning_2024"
SURVEY = f"{PROGRAMME}/2023/enkat-2023.csv"
HEAVY = ("dagster", "great_expectations", "pandas", "pandera", "pydantic")
CORRECTED = f"{PROGRAMME}/2022/aterrapport-2022.csv"


def figure(warehouse: Path, *arguments: str) -> Done:
    return statsbidrag("figure", *arguments, "--warehouse", warehouse)


def trace(warehouse: Path, *arguments: str) -> Done:
    return statsbidrag("trace", *arguments, "--warehouse", warehouse)


def document(done: Done) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# -- figures ----------------------------------------------------------------------------------------------------------
def test_a_figure_is_told_with_its_base_and_what_it_rests_on(sample_warehouse: Path):
    """45 of 49 worked with landlords, which is the source's main sentence."""
    done = figure(sample_warehouse, LANDLORDS)
    assert done.returncode == 0, done.stderr
    printed, *facts = done.stdout.splitlines()
    assert printed == "92\u00a0%"
    told = [fact.split("  ", 2)[-1].strip() for fact in facts]
    assert {"45 av 49", "fiktiva", PROGRAMME} <= set(told)
    assert "45 av 49 svarande 2023" in done.stdout


def test_a_figure_is_told_to_programs_exact_and_with_every_cell(sample_warehouse: Path):
    told = document(figure(sample_warehouse, "sek(granted(2023) - used(2023))", "--json"))
    assert (told["value"], told["unit"], told["provenance"]) == (3_119_562, "sek", "real")
    assert told["printed"] == "3\u00a0119\u00a0562\u00a0kr"
    assert {cell["file"].rpartition("/")[2] for cell in told["cells"]} == {"beslut-2023.xlsx", "aterrapport-2023.csv"}


def test_a_figure_that_is_not_known_says_why_and_exits_1(sample_warehouse: Path):
    done = figure(sample_warehouse, "sek(distributable(2022))")
    assert done.returncode == 1
    assert done.stdout.startswith("inte känt\n")


def test_english_is_spoken_on_request(sample_warehouse: Path):
    done = figure(sample_warehouse, "mean(answered(2023, purpose_rating))", "--language", "en")
    assert done.stdout.startswith("3.78\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("sek(grantd(2023))",), "Kolumn 5: det finns ingen funktion ”grantd”. Menade du ”granted”?"),
        (("sek(granted(2031))",), "Kolumn 13: stadigvarande-boende har ingen publicerad omgång 2031"),
        (("sek(granted(2023))", "--programme", "motesplatser-for-aldre"), "Ingen omgång av motesplatser-for-aldre"),
        (("sek(granted(2023))", "--programme", "finns-inte"), "Ogiltigt värde för --programme"),
        (("x" * 100_000,), "Uttrycket har 100000 tecken; högst 4000 läses."),
    ],
)
def test_what_is_no_figure_is_one_sentence_and_wrong_use(
    arguments: tuple[str, ...], sentence: str, sample_warehouse: Path
):
    done = figure(sample_warehouse, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_warehouse_without_a_version_is_wrong_use(tmp_path: Path):
    for command in (("figure", "sek(granted(2023))"), ("trace", "x.csv", "A1"), ("trace", "r", "1", "a", "b")):
        done = statsbidrag(*command, "--warehouse", tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"I {tmp_path} finns ingen publicerad version")


def test_a_table_that_cannot_be_read_is_one_sentence(sample_warehouse: Path, tmp_path: Path):
    copied = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, copied, symlinks=True)
    (copied / CURRENT / "parquet" / "core_reconciliation.parquet").write_bytes(b"PAR1 and nothing else")
    done = figure(copied, "sek(granted(2023))")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "core_reconciliation.parquet är ändrad sedan den publicerades" in done.stderr
    publish_by_hand((copied / CURRENT).resolve(), rounds=[])
    done = figure(copied, "sek(granted(2023))")
    assert done.returncode == 2
    assert done.stderr.startswith("Tabellen core_reconciliation i version ")
    assert done.stderr.count("\n") == 1


# -- traces -----------------------------------------------------------------------------------------------------------
def test_a_printed_share_leads_to_the_cells_of_those_that_chose_it(sample_warehouse: Path):
    """94 % in Table 3 is 46 cells of the survey, and three more that it is held against."""
    row = "Utveckla samverkan (t.ex. via Kompotten)"
    told = document(trace(sample_warehouse, REPORT, "3", row, "municipality_percent", "--json"))
    assert told["printed"] == "94\u00a0%"
    roles = [cell["role"] for cell in told["cells"]]
    assert (roles.count("counted"), roles.count("base")) == (46, 3)
    assert {(cell["source_file"], cell["source_column"]) for cell in told["cells"]} == {(SURVEY, "I")}
    [sha256] = {cell["sha256"] for cell in told["cells"]}
    files = Published((sample_warehouse / CURRENT).resolve()).table("core_source_file").to_pylist()
    assert [file["source_file"] for file in files if file["sha256"] == sha256] == [SURVEY]
    assert all("answer_unreadable" in cell["rules"] for cell in told["cells"])


def test_a_corrected_cell_says_so(sample_warehouse: Path):
    told = document(trace(sample_warehouse, "count(answered(2022, cooperation, any=[authority]))", "--json"))
    corrected = [cell for cell in told["cells"] if cell["corrections"]]
    assert [(cell["source_file"], cell["source_row"]) for cell in corrected] == [(CORRECTED, 20)]


def test_a_cell_leads_to_the_printed_figures_that_it_feeds_and_they_lead_back(sample_warehouse: Path):
    told = document(trace(sample_warehouse, "enkat-2023.csv", "I2", "--json"))
    assert [(each["table_no"], each["column_name"]) for each in told["printed"]] == [
        (3, "municipality_count"),
        (3, "municipality_percent"),
    ]
    for each in told["printed"]:
        back = document(trace(sample_warehouse, each["expression"], "--json"))
        assert (SURVEY, 2, "I") in {
            (cell["source_file"], cell["source_row"], cell["source_column"]) for cell in back["cells"]
        }


def test_a_cell_of_a_row_that_does_not_count_says_so(sample_warehouse: Path):
    done = trace(sample_warehouse, "aterrapport-2022.csv", "I2")
    assert done.stdout.splitlines()[1:] == ["  undantagen (test_submission)", "  Ingen tryckt figur vilar på cellen."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("finns-inte.csv", "A1"), "Ingen mottagen fil heter ”finns-inte.csv”."),
        (("enkat-2023.csv", "1A"), "”1A” är ingen cell"),
        (("enkat-2023.csv", "A9999"), f"{SURVEY} har ingen rad för A9999."),
        (("enkat-2023.csv", "A99999999999999"), "”A99999999999999” är ingen cell"),
        (
            ("delredovisning", "1", "a", "b"),
            "Det finns ingen rapport ”delredovisning”. Menade du ”delredovisning_2024”?",
        ),
        ((REPORT, "9", "a", "b"), "Rapporten har ingen tabell ”9”."),
        ((REPORT, "1", "Myndigheten", "1"), "Tabellen har ingen rad ”Myndigheten”. Menade du ”Myndighet”?"),
        ((REPORT, "1", "Myndighet", "share"), "Tabellen har ingen kolumn ”share”."),
        (("a", "b", "c"), "Ogiltigt värde: Skriv ett uttryck"),
    ],
)
def test_what_cannot_be_traced_is_one_sentence_and_wrong_use(
    words: tuple[str, ...], sentence: str, sample_warehouse: Path
):
    done = trace(sample_warehouse, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_figure_is_told_without_importing_what_is_heavy(sample_warehouse: Path):
    asked = ["figure", LANDLORDS, "--warehouse", str(sample_warehouse)]
    traced = ["trace", "enkat-2023.csv", "I2", "--warehouse", str(sample_warehouse)]
    code = (
        "import sys; from pipelines.commands.cli import exit_code;"
        f"exit_code({asked!r}); exit_code({traced!r});"
        f"print([each for each in {HEAVY!r} if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
