"""`statsbidrag draw`: a sample from the published round, and a working paper that Excel opens as it was written."""

import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from pipelines.warehouse.layout import CURRENT, DATABASE, VERSIONS, inside_of
from tests.by_hand import publish_by_hand
from tests.integration.command import statsbidrag

PROGRAMME = "stadigvarande-boende"
AMOUNTS = {"9901": 1_000, "9902": 2_000, "9903": 7_000, "9904": 90_000}
EVERYBODY = 1_498
"""A materiality at which the interval is 500 kronor, the smallest grant there is in these tests."""

HOSTILE = '=HYPERLINK("http://example.invalid";"Exempelkommun 03")'
TABLES = """
CREATE TABLE core_round (programme, year, as_of_date, provenance);
CREATE TABLE core_recipient (programme, year, recipient_code, recipient_name);
CREATE TABLE core_account (programme, year, recipient_code, grant_id, granted_sek, used_sek);
CREATE TABLE core_reconciliation (programme, year, grant_id, used_sek, used_derived);
CREATE TABLE core_decision (programme, year, grant_id, case_number, source_file, source_row);
CREATE TABLE core_decision_part (programme, year, grant_id, case_number, source_file, source_row);
CREATE TABLE core_usage_report (
    programme, year, grant_id, recipient_code, used_sek, unused_sek, case_number, source_file, source_row
);
CREATE TABLE core_answer (programme, year, respondent_id, question, option, selected, amount_kr);
INSERT INTO core_round VALUES ('stadigvarande-boende', 2022, '2023-06-30', 'synthetic');
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the tables that a draw reads: five recipients, two with one signer, one without an amount."""
    root = tmp_path_factory.mktemp("warehouse")
    version = root / VERSIONS / "by hand"
    version.mkdir(parents=True)
    with closing(sqlite3.connect(version / DATABASE)) as database:
        database.executescript(TABLES)
        for code, amount in {**AMOUNTS, "9905": None}.items():
            name = HOSTILE if code == "9903" else f"Exempelkommun {code[2:]}"
            database.execute("INSERT INTO core_recipient VALUES (?, 2022, ?, ?)", (PROGRAMME, code, name))
            of_account = (PROGRAMME, code, f"{code}-1", amount)
            database.execute("INSERT INTO core_account VALUES (?, 2022, ?, ?, ?, NULL)", of_account)
            values = (PROGRAMME, f"{code}-1", code, amount)
            database.execute("INSERT INTO core_usage_report VALUES (?, 2022, ?, ?, ?, 0, NULL, 'r.xlsx', 7)", values)
            database.execute(
                "INSERT INTO core_decision VALUES (?, 2022, ?, 'EX 7', 'p/2022/d.csv', 9)", (PROGRAMME, f"{code}-1")
            )
            database.execute("INSERT INTO core_reconciliation VALUES (?, 2022, ?, ?, 0)", (*values[:2], amount))
        database.commit()
    signers = {f"{code}-1": "A. Exempel" if code in ("9901", "9903") else None for code in (*AMOUNTS, "9905")}
    told = {"programme": PROGRAMME, "year": 2022}
    for_the_house = inside_of(version) / "parquet"
    for_the_house.mkdir(parents=True)
    place = {"source_file": "r.xlsx", "source_row": 7, "source_sheet": "Svar"}
    rows = [{**told, **place, "grant_id": grant, "signed_by": signer} for grant, signer in signers.items()]
    pq.write_table(pa.Table.from_pylist(rows), for_the_house / "core_usage_report.parquet")
    publish_by_hand(version)
    return root


def drawing(warehouse: Path, out: Path, materiality: int = 149_786, year: int = 2022, *more: str):
    """Draw; of 149 786 kronor, divided by 2.99573, the interval is 49 999."""
    asked = ("--programme", PROGRAMME, "--year", str(year), "--seed", "7", "--confidence", "95")
    asked = (*asked, "--materiality", str(materiality), "--out", str(out), "--warehouse", str(warehouse), *more)
    return statsbidrag("draw", *asked)


def sheets(path: Path) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_the_working_paper_has_what_was_done_what_to_examine_and_what_is_alike(warehouse: Path, tmp_path: Path) -> None:
    done = drawing(warehouse, tmp_path / "paper.xlsx")
    assert done.returncode == 0, done.stderr
    how, selected, limit, alike = sheets(tmp_path / "paper.xlsx")
    facts = {str(row[0]): row[1] for row in how if len(row) > 1}
    assert facts["Version av uppgifterna"] == (warehouse / CURRENT).resolve().name
    assert facts["Summa, kr"] == f"{sum(AMOUNTS.values()):,}".replace(",", "\u00a0") == "100\u00a0000"
    assert facts["Utan belopp eller med okänt belopp (ingår inte)"] == "1"
    assert facts["Intervall, kr (väsentlighet / faktor, avrundat nedåt)"] == "49\u00a0999"
    assert "--seed 7 --materiality 149786 --confidence 95" in str(facts["Gör om urvalet så här"])
    large = next(row for row in selected if row[0] == "9904")
    assert large[2:8] == ["EX 7", 90_000, 90_000, "beslut: d.csv, 9\nrapport: r.xlsx, Svar, 7", 10_001, 100_000]
    assert str(limit[0][0]).startswith("Inte klart: granskat belopp saknas för")
    assert (tmp_path / "paper.xlsx").stat().st_mode & 0o777 == 0o600
    assert ["Samma undertecknare", "A. Exempel", f"Exempelkommun 01, {HOSTILE}"] in alike
    assert "Samma undertecknare A. Exempel: Exempelkommun 01" in done.stdout


def test_of_several_grants_of_a_recipient_each_is_drawn_and_named(warehouse: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(warehouse, tmp_path / "warehouse", symlinks=True))
    with closing(sqlite3.connect(root / CURRENT / DATABASE)) as database:
        database.execute("INSERT INTO core_account VALUES (?, 2022, '9901', 'EX 7', 500, NULL)", (PROGRAMME,))
        database.commit()
    publish_by_hand((root / CURRENT).resolve())
    assert drawing(root, tmp_path / "all.xlsx", EVERYBODY).returncode == 0
    mine = [(*row[:2], row[3], *row[6:8]) for row in sheets(tmp_path / "all.xlsx")[1] if row[0] == "9901"]
    assert mine == [
        ("9901", "Exempelkommun 01, 9901-1", 1_000, 1, 1_000),
        ("9901", "Exempelkommun 01, EX 7", 500, 1_001, 1_500),
    ]


def test_the_same_seed_gives_the_same_bytes(warehouse: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert drawing(warehouse, tmp_path / f"{name}.xlsx").returncode == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_a_sample_that_hits_every_grant_says_read_them_all(warehouse: Path, tmp_path: Path) -> None:
    done = drawing(warehouse, tmp_path / "all.xlsx", EVERYBODY)
    said = "Läs alla: urvalet träffar vart och ett av populationens 4 bidrag."
    assert done.stdout.rstrip().endswith(said)
    codes = [row[0] for row in sheets(tmp_path / "all.xlsx")[1]]
    assert [code for code in codes if code in AMOUNTS] == list(AMOUNTS)


def test_a_name_never_becomes_a_formula_or_a_link(warehouse: Path, tmp_path: Path) -> None:
    drawing(warehouse, tmp_path / "all.xlsx", EVERYBODY)
    with zipfile.ZipFile(tmp_path / "all.xlsx") as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    formulas = [formula for text in parts.values() for formula in re.findall("<f>(.*?)</f>", text)]
    assert len(formulas) == 2 * 4 + 1 + 9  # of each grant, of their sum, and of the limit
    assert not [formula for formula in formulas if "HYPERLINK" in formula]
    assert not [name for name, text in parts.items() if "<hyperlink" in text or 'TargetMode="External"' in text]
    assert "HYPERLINK" in parts["xl/sharedStrings.xml"]


@pytest.mark.rule("nothing_to_draw")
def test_a_round_without_such_amounts_has_nothing_to_draw(warehouse: Path, tmp_path: Path) -> None:
    done = drawing(warehouse, tmp_path / "none.xlsx", 30_000, 2022, "--amounts", "used")
    assert done.returncode == 2
    assert "har ett sådant belopp" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none.xlsx").exists()


@pytest.mark.rule("round_without_version")
def test_a_round_that_is_not_published_is_told_in_one_sentence(warehouse: Path, tmp_path: Path) -> None:
    for root in (warehouse, tmp_path):
        done = drawing(root, tmp_path / "none.xlsx", 30_000, 2023)
        assert done.returncode == 2
        assert "2023 är inte publicerad i lagret" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_paper_that_is_no_workbook_is_wrong_use(warehouse: Path, tmp_path: Path) -> None:
    done = drawing(warehouse, tmp_path / "paper.pdf")
    assert done.returncode == 2
    assert ".xlsx" in done.stderr
