"""The command line: the sample's figures in the warehouse, one sentence for every error, and a fast start."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.integration.command import COMMAND, ROOT, statsbidrag
from tests.integration.publishing import copied

PROGRAMME = "stadigvarande-boende"


@pytest.fixture(scope="module")
def warehouse(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(sample_warehouse, tmp_path_factory.mktemp("own") / "warehouse")


@pytest.fixture(scope="module")
def sql(warehouse: Path) -> Callable[[str], list[Any]]:
    def query(text: str) -> list[Any]:
        path = warehouse / "current" / "statsbidrag.sqlite"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(text).fetchall()

    return query


def test_both_rounds_come_out_as_printed(sql: Callable[[str], list[Any]]) -> None:
    figures = sql("SELECT year, recipient_count, granted_sek, unused_sek, unused_percent FROM out_grant_by_year")
    assert figures == [(2022, 17, 1_761_018, 55_718, 3), (2023, 54, 21_117_795, 3_119_562, 15)]


def test_five_used_nothing_and_ten_a_part_in_2023(sql: Callable[[str], list[Any]]) -> None:
    assert sql("SELECT used_nothing_count, used_part_count FROM out_grant_by_year WHERE year = 2023") == [(5, 10)]


def test_what_was_not_distributed_is_known_for_2023_and_unknown_for_2022(sql: Callable[[str], list[Any]]) -> None:
    funds = sql("SELECT year, distributable_sek, undistributed_sek FROM out_funds_by_year ORDER BY year")
    assert funds == [(2022, None, None), (2023, 27_500_000, 6_382_205)]


def test_applications_and_approval_rates(sql: Callable[[str], list[Any]]) -> None:
    rates = sql("SELECT year, application_count, approved_count, approval_percent FROM out_application_by_year")
    assert rates == [(2022, 29, 17, 59), (2023, 72, 54, 75)]


def test_the_tables_have_the_printed_counts(sql: Callable[[str], list[Any]]) -> None:
    counts = {
        number: [row[0] for row in sql(f"SELECT municipality_count FROM out_table_{number} ORDER BY row_no")]
        for number in (1, 3, 4)
    }
    assert counts == {
        1: [14, 11, 8, 4, 4, 1, 1],
        3: [46, 30, 29, 28, 16, 12],
        4: [43, 43, 42, 29, 24, 24, 16, 11],
    }


def test_table_3_gives_94_where_the_source_prints_93(sql: Callable[[str], list[Any]]) -> None:
    shares = [row[0] for row in sql("SELECT municipality_percent FROM out_table_3 ORDER BY row_no")]
    assert shares == [94, 61, 59, 57, 33, 24]


def test_every_annex_name_has_a_code_of_its_own(sql: Callable[[str], list[Any]]) -> None:
    assert sql("SELECT count(DISTINCT recipient_code) FROM out_annex WHERE year = 2023") == [(54,)]
    found = sql("SELECT DISTINCT rule, recipient_code FROM core_finding WHERE year = 2023")
    assert found == [("name_by_likeness", "0188")]


def test_the_recovery_stays_apart_from_what_was_reported_unused(sql: Callable[[str], list[Any]]) -> None:
    row = sql(
        "SELECT a.unused_sek, a.unused_percent, r.repaid_after_recovery_sek FROM out_annex a "
        "JOIN core_reconciliation r USING (programme, year, recipient_code) WHERE r.repaid_after_recovery_sek > 0"
    )
    assert row == [(184_363, 26, 110_191)]


def test_what_is_made_up_says_so(sql: Callable[[str], list[Any]]) -> None:
    assert sql("SELECT DISTINCT year, provenance FROM out_annex ORDER BY year") == [(2022, "synthetic"), (2023, "real")]
    assert sql("SELECT DISTINCT provenance FROM out_indicator") == [("synthetic",)]


def test_every_table_and_view_ends_with_provenance(sql: Callable[[str], list[Any]]) -> None:
    names = [row[0] for row in sql("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert {f"out_table_{number}" for number in (1, 2, 3, 4)} <= set(names)
    for name in names:
        assert [row[1] for row in sql(f"PRAGMA table_info({name})")][-1] == "provenance", name


def test_parquet_and_sqlite_hold_the_same_rows(warehouse: Path, sql: Callable[[str], list[Any]]) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only this test needs it

    for path in sorted((warehouse / "current" / "parquet").glob("*.parquet")):
        rows = sql(f"SELECT count(*) FROM {path.stem}")
        assert rows == [(pq.read_table(path).num_rows,)]


def test_free_text_and_raw_rows_stay_in_the_store(warehouse: Path) -> None:
    assert not list((warehouse / "current").rglob("raw_*"))


def test_the_summary_tells_figures_findings_and_places(warehouse: Path) -> None:
    done = statsbidrag("run", "--year", "2023", "--warehouse", warehouse)
    told = done.stdout.replace("\u00a0", " ")
    for piece in ("21 117 795 kr", "3 119 562 kr (15 %)", "6 382 205 kr av 27 500 000 kr"):
        assert piece in told
    assert "(varning): ansokningar-2023.csv C34, aterrapport-2023.csv C34, beslut-2023.xlsx D37\n" in told
    assert str(warehouse / "current" / "statsbidrag.sqlite") in told


def test_as_of_an_early_date_the_late_report_has_not_come_yet(tmp_path: Path) -> None:
    done = statsbidrag("run", "--year", "2022", "--as-of", "2023-02-18", "--warehouse", tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "current" / "statsbidrag.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        outcomes = connection.execute("SELECT count(*) FROM core_reconciliation WHERE outcome = 'report_missing'")
        assert outcomes.fetchone() == (1,)
        assert connection.execute("SELECT as_of_date FROM core_round").fetchone() == ("2023-02-18",)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The last line on stderr; nothing there may be a traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [
        pytest.param(["--year", "1999"], 2, "1999", marks=pytest.mark.rule("round_undeclared")),
        pytest.param(["--programme", "finns-inte"], 2, "finns-inte", marks=pytest.mark.rule("programme_unknown")),
        (["--as-of", "igår"], 2, "YYYY-MM-DD"),
        (["--as-of", "2023-02-29"], 2, "YYYY-MM-DD"),
        (["--all", "--year", "2023"], 2, "--all"),
        pytest.param(["--raw", "finns-inte-alls"], 1, "finns-inte-alls", marks=pytest.mark.rule("nothing_received")),
    ],
)
def test_a_wrong_choice_is_one_sentence(arguments: list[str], code: int, names: str, tmp_path: Path) -> None:
    done = statsbidrag("run", *arguments, "--warehouse", tmp_path)
    assert done.returncode == code
    assert names in one_sentence(done)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))


def rewritten(path: Path, content: bytes) -> None:
    """Replace a file and put its new hash on its card."""
    card = path.with_name(path.name + ".card.yaml")
    old, new = (hashlib.sha256(each).hexdigest() for each in (path.read_bytes(), content))
    path.write_bytes(content)
    card.write_text(card.read_text("utf-8").replace(old, new), "utf-8")


def corrected(folder: Path, replaces: str | None) -> None:
    """A second list of decisions beside the first, which may say that it replaces it."""
    card = (folder / "beslut-2023.xlsx.card.yaml").read_text("utf-8")
    shutil.copy(folder / "beslut-2023.xlsx", folder / "beslut-2023-rattad.xlsx")
    line = f"replaces: {replaces}\n" if replaces else ""
    (folder / "beslut-2023-rattad.xlsx.card.yaml").write_text(card + line, "utf-8")


def damaged(raw: Path, damage: str) -> None:  # noqa: C901 - a table of cases
    folder = raw / PROGRAMME / "2023"
    report = folder / "aterrapport-2023.csv"
    match damage:
        case "empty folder":
            shutil.rmtree(folder)
            folder.mkdir()
        case "empty file":
            rewritten(report, b"")
        case "truncated workbook":
            book = folder / "beslut-2023.xlsx"
            rewritten(book, book.read_bytes()[:2000])
        case "image":
            rewritten(report, b"\x89PNG\r\n\x1a\n\x00\x00\x00")
        case "renamed header":
            rewritten(report, report.read_bytes().replace(b"Svarsnummer", b"Nummer"))
        case "no card":
            (folder / "aterrapport-2023.csv.card.yaml").unlink()
        case "changed file":
            report.write_bytes(report.read_bytes() + b"\r\n")
        case "missing form":
            report.unlink()
            (folder / "aterrapport-2023.csv.card.yaml").unlink()
        case "subfolder":
            (folder / "komplettering").mkdir()
        case "register changed":
            register = raw / "reference" / "municipalities.csv"
            register.write_text(register.read_text("utf-8").replace("Borås", "Boras"), "utf-8")
        case "two of a form":
            corrected(folder, replaces=None)
        case "another file":
            (folder / "anteckningar.docx").write_bytes(b"hej")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        pytest.param("empty folder", "inga filer", marks=pytest.mark.rule("round_without_inputs")),
        pytest.param("empty file", "är tom", marks=pytest.mark.rule("file_empty")),
        pytest.param("truncated workbook", "ingen giltig kalkylbok", marks=pytest.mark.rule("file_unreadable")),
        pytest.param("image", "nolltecken", marks=pytest.mark.rule("file_unreadable")),
        pytest.param("renamed header", "i filen saknas: Svarsnummer", marks=pytest.mark.rule("form_unknown")),
        pytest.param("no card", "saknar källkort", marks=pytest.mark.rule("card_missing")),
        pytest.param("changed file", "annan SHA-256", marks=pytest.mark.rule("card_hash_differs")),
        pytest.param("missing form", "Återrapportering 2023 (belopp)", marks=pytest.mark.rule("form_missing")),
        pytest.param("subfolder", "komplettering", marks=pytest.mark.rule("file_kind_unknown")),
        pytest.param("register changed", "municipalities.csv", marks=pytest.mark.rule("card_hash_differs")),
        pytest.param(
            "two of a form", "båda formuläret ”Beslutslista ur ärendesystemet”", marks=pytest.mark.rule("form_twice")
        ),
        pytest.param("another file", "anteckningar.docx", marks=pytest.mark.rule("file_kind_unknown")),
    ],
)
def test_damage_is_one_sentence_that_says_where_and_what_to_do(
    damage: str, told: str, raw: Path, tmp_path: Path
) -> None:
    damaged(raw, damage)
    done = statsbidrag("run", "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 1
    assert told in one_sentence(done)
    assert not (tmp_path / "warehouse" / "current").exists()


def test_rows_that_cannot_be_read_are_left_out_listed_and_counted(raw: Path, tmp_path: Path) -> None:
    report = raw / PROGRAMME / "2023" / "aterrapport-2023.csv"
    content = (
        report.read_bytes().decode("cp1252").replace("Heby kommun", "Hbey sommun").replace("94\xa0500", "94,5 euro")
    )
    rewritten(report, content.encode("cp1252"))
    done = statsbidrag("run", "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 0, done.stderr
    path = tmp_path / "warehouse" / "current" / "statsbidrag.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        rules = connection.execute(
            "SELECT rule FROM core_finding WHERE severity = 'quarantine' ORDER BY rule"
        ).fetchall()
        funnel = "SELECT received_count, accepted_count, quarantined_count FROM core_funnel WHERE form LIKE 'usage%'"
        assert rules == [("amount_unreadable",), ("name_unknown",)]
        assert connection.execute(funnel).fetchall() == [(54, 52, 2)]
        assert connection.execute("SELECT without_report_count FROM out_grant_by_year").fetchone() == (2,)


def test_a_corrected_file_beside_the_old_one_counts_once(raw: Path, tmp_path: Path) -> None:
    corrected(raw / PROGRAMME / "2023", replaces="beslut-2023.xlsx")
    done = statsbidrag("run", "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 0, done.stderr
    path = tmp_path / "warehouse" / "current" / "statsbidrag.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        funnel = (
            "SELECT accepted_count, superseded_count FROM core_funnel WHERE form = 'decisions' ORDER BY accepted_count"
        )
        assert connection.execute(funnel).fetchall() == [(0, 54), (54, 0)]
        assert connection.execute("SELECT granted_sek FROM out_grant_by_year").fetchone() == (21_117_795,)


@pytest.mark.rule("round_undeclared")
def test_a_folder_for_a_year_that_is_not_declared_stops_the_run_of_all(raw: Path, tmp_path: Path) -> None:
    (raw / PROGRAMME / "2031").mkdir()
    done = statsbidrag("run", "--all", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert (done.returncode, "2031" in one_sentence(done)) == (2, True)


@pytest.mark.rule("write_failed")
def test_a_warehouse_that_cannot_be_is_one_sentence() -> None:
    done = statsbidrag("run", "--year", "2023", "--warehouse", "/dev/null/x")
    assert done.returncode == 2
    assert "/dev/null" in one_sentence(done)


def test_a_published_file_that_was_deleted_comes_back(warehouse: Path) -> None:
    (warehouse / "current" / "statsbidrag.sqlite").unlink()
    done = statsbidrag("run", "--year", "2022", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    assert (warehouse / "current" / "statsbidrag.sqlite").exists()


@pytest.mark.rule("check_failed")
def test_a_file_with_headers_only_keeps_the_round_from_being_accepted(raw: Path, tmp_path: Path) -> None:
    report = raw / PROGRAMME / "2023" / "aterrapport-2023.csv"
    rewritten(report, report.read_bytes().splitlines(keepends=True)[0])
    done = statsbidrag("run", "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 1
    assert "Fil utan någon rad som räknas" in one_sentence(done)
    assert not (tmp_path / "warehouse" / "current").exists()


def test_a_date_that_somebody_tried_out_does_not_move_the_as_of_date(raw: Path, tmp_path: Path) -> None:
    report = raw / PROGRAMME / "2022" / "aterrapport-2022.csv"
    lines = report.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    tried = [re.sub(r"20\d\d-\d\d-\d\d", "2199-01-04", line) if ",Test," in line else line for line in lines]
    assert tried != lines
    rewritten(report, "".join(tried).encode("utf-8-sig"))
    done = statsbidrag("run", "--year", "2022", "--raw", raw, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 0, done.stderr
    path = tmp_path / "warehouse" / "current" / "statsbidrag.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT as_of_date FROM core_round").fetchone() == ("2024-07-31",)


def test_two_first_runs_at_once_both_succeed_and_leave_the_history_whole(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen([COMMAND, "run", "--year", year, "--warehouse", tmp_path], cwd=ROOT, stderr=subprocess.PIPE)
        for year in ("2022", "2023")
    ]
    told = [run.communicate(timeout=120)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert statsbidrag("run", "--year", "2022", "--warehouse", tmp_path).returncode == 0


@pytest.mark.rule("round_outdated")
def test_a_damaged_snapshot_of_another_round_says_which_to_run_again(tmp_path: Path) -> None:
    assert statsbidrag("run", "--year", "2022", "--warehouse", tmp_path).returncode == 0
    [snapshot] = (tmp_path / "store" / PROGRAMME / "2022").glob("accepted/core_decision.parquet")
    snapshot.write_bytes(snapshot.read_bytes()[:100])
    done = statsbidrag("run", "--year", "2023", "--warehouse", tmp_path)
    assert done.returncode == 1
    assert f"{PROGRAMME} 2022 är sparad" in one_sentence(done) or f"{PROGRAMME} 2022 är sparad" in done.stderr


def test_messages_come_in_english_on_request(raw: Path, tmp_path: Path) -> None:
    damaged(raw, "truncated workbook")
    done = statsbidrag("run", "--year", "2023", "--raw", raw, "--warehouse", tmp_path, "--language", "en")
    assert "no valid workbook" in one_sentence(done)


def test_help_starts_without_anything_heavy() -> None:
    heavy = {"dagster", "pandas", "pandera", "pyarrow", "sqlalchemy"}
    code = f"import sys, pipelines.commands.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_readme_names_only_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", readme)) - {"what"} <= targets
    options = set(re.findall(r"(--[a-z-]+)", " ".join(re.findall(r"statsbidrag run.*", readme))))
    assert options <= set(re.findall(r"--[a-z-]+", statsbidrag("run", "--help").stdout))
