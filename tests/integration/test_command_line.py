"""The command line: the sample's figures in the warehouse, one sentence for every error, and a fast start."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.integration.command import ROOT, Done, statsbidrag
from tests.integration.publishing import copied, digests, exit_code, forked

PROGRAMME = "stadigvarande-boende"
PRINTED = "out_table__stadigvarande_boende__delredovisning_2024__"


def query(warehouse: Path, text: str) -> list[Any]:
    path = warehouse / "current" / "statsbidrag.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(text).fetchall()


@pytest.fixture(scope="module")
def sql(sample_warehouse: Path) -> Callable[[str], list[Any]]:
    return lambda text: query(sample_warehouse, text)


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
        number: [row[0] for row in sql(f"SELECT municipality_count FROM {PRINTED}{number} ORDER BY row_no")]
        for number in (1, 3, 4)
    }
    assert counts == {
        1: [14, 11, 8, 4, 4, 1, 1],
        3: [46, 30, 29, 28, 16, 12],
        4: [43, 43, 42, 29, 24, 24, 16, 11],
    }


def test_table_3_gives_94_where_the_source_prints_93(sql: Callable[[str], list[Any]]) -> None:
    shares = [row[0] for row in sql(f"SELECT municipality_percent FROM {PRINTED}3 ORDER BY row_no")]
    assert shares == [94, 61, 59, 57, 33, 24]


def test_every_annex_name_has_a_code_of_its_own(sql: Callable[[str], list[Any]]) -> None:
    assert sql("SELECT count(DISTINCT recipient_code) FROM out_annex WHERE year = 2023") == [(54,)]
    found = sql("SELECT DISTINCT recipient_code FROM core_finding WHERE year = 2023 AND rule LIKE 'name_%'")
    assert found == [("0188",)]


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
    assert {f"former_out_table_{number}" for number in (1, 2, 3, 4)} <= set(names)
    for name in names:
        assert [row[1] for row in sql(f"PRAGMA table_info({name})")][-1] == "provenance", name


def test_parquet_and_sqlite_hold_the_same_rows(sample_warehouse: Path, sql: Callable[[str], list[Any]]) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only this test needs it

    for path in sorted((sample_warehouse / "current" / "parquet").glob("*.parquet")):
        rows = sql(f"SELECT count(*) FROM {path.stem}")
        assert rows == [(pq.read_table(path).num_rows,)]


def test_free_text_and_raw_rows_stay_in_the_store(sample_warehouse: Path) -> None:
    assert not list((sample_warehouse / "current").rglob("raw_*"))


def test_the_summary_tells_figures_findings_and_places(sample_run: tuple[Done, Path]) -> None:
    done, warehouse = sample_run
    told = done.stdout.replace("\u00a0", " ")
    for piece in ("21 117 795 kr", "3 119 562 kr (15 % av 21 117 795 kr)", "6 382 205 kr av 27 500 000 kr"):
        assert piece in told
    assert "(varning): ansokningar-2023.csv C34, aterrapport-2023.csv C34, beslut-2023.xlsx D37\n" in told
    assert str(warehouse / "current" / "statsbidrag.sqlite") in told


def test_progress_on_a_pipe_is_lines_with_the_round_of_how_many_and_its_seconds(sample_run: tuple[Done, Path]) -> None:
    lines = sample_run[0].stderr.splitlines()
    for number, year in ((1, 2022), (2, 2023)):
        of = rf"\[{number}/2\] {PROGRAMME} {year}"
        assert [line for line in lines if re.fullmatch(of, line)]
        assert [line for line in lines if re.fullmatch(rf"{of}: räknar", line)]
        assert [line for line in lines if re.fullmatch(rf"{of}: klar, \d+,\d s", line)]
    assert "\r" not in sample_run[0].stderr
    assert "\x1b" not in sample_run[0].stderr


def test_as_of_an_early_date_the_late_report_has_not_come_yet_and_a_terminal_has_one_line_that_moves(
    tmp_path: Path,
) -> None:
    choice = ("run", "--year", "2022", "--as-of", "2023-02-18", "--language", "en", "--warehouse", tmp_path)
    done = statsbidrag(*choice, terminal=True)
    assert done.returncode == 0, done.stderr
    assert query(tmp_path, "SELECT count(*) FROM core_reconciliation WHERE outcome = 'report_missing'") == [(1,)]
    assert query(tmp_path, "SELECT as_of_date FROM core_round") == [("2023-02-18",)]
    *moved, last = done.stderr.rstrip("\n").split("\r\x1b[K")
    assert any(re.fullmatch(rf"\[1/1\] {PROGRAMME} 2022: computing  \d+\.\d s", line) for line in moved)
    assert re.fullmatch(rf"\[1/1\] {PROGRAMME} 2022: done, \d+\.\d s", last)


def one_sentence(done: Done) -> str:
    """The last line on stderr; nothing there may be a traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr.strip().splitlines()[-1]


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
        pytest.param("truncated workbook", "filen är skadad", marks=pytest.mark.rule("file_unreadable")),
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
    done = statsbidrag(
        "run", "--programme", PROGRAMME, "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse"
    )
    assert done.returncode == 1
    assert told in one_sentence(done)
    assert not (tmp_path / "warehouse" / "current").exists()


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Both rounds, each with something the matter that stops neither, among folders and files that are nobody's.

    2023: two reports that cannot be read, and a corrected list of decisions beside the old one. 2022: a report that
    somebody tried out, with a date far ahead.
    """
    folder = tmp_path_factory.mktemp("untidy")
    raw = Path(shutil.copytree(ROOT / "raw", folder / "raw", ignore=shutil.ignore_patterns("motesplatser*")))
    report = raw / PROGRAMME / "2023" / "aterrapport-2023.csv"
    content = report.read_bytes().decode("cp1252")
    content = content.replace("Heby kommun", "Hbey sommun").replace("94\xa0500", "94,5 euro")
    rewritten(report, content.encode("cp1252"))
    corrected(raw / PROGRAMME / "2023", replaces="beslut-2023.xlsx")
    report = raw / PROGRAMME / "2022" / "aterrapport-2022.csv"
    lines = report.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    tried = [re.sub(r"20\d\d-\d\d-\d\d", "2199-01-04", line) if ",Test," in line else line for line in lines]
    assert tried != lines
    rewritten(report, "".join(tried).encode("utf-8-sig"))
    for stray in (f"{PROGRAMME}/2031", "stadigvarande-boend/2023", ".git"):
        (raw / stray).mkdir(parents=True)
    for year, name in ((2022, "Thumbs.db"), (2023, "Thumbs.db"), (2023, "~$beslut-2023.xlsx"), (2023, ".DS_Store")):
        (raw / PROGRAMME / str(year) / name).write_bytes(b"x")
    return statsbidrag("run", "--all", "--raw", raw, "--warehouse", folder / "warehouse"), folder


def test_rows_and_amounts_that_cannot_be_read_are_left_out_listed_and_counted(untidy: tuple[Done, Path]) -> None:
    warehouse = untidy[1] / "warehouse"
    rules = "SELECT rule FROM core_finding WHERE year = 2023 AND severity = 'quarantine' ORDER BY rule"
    funnel = "SELECT received_count, accepted_count, quarantined_count FROM core_funnel WHERE year = 2023"
    assert query(warehouse, rules) == [("amount_unreadable",), ("name_unknown",)]
    assert query(warehouse, f"{funnel} AND form LIKE 'usage%'") == [
        (54, 53, 1)
    ]  # one box that cannot be read is not the report
    counts = "SELECT without_report_count, use_unknown_count FROM out_grant_by_year WHERE year = 2023"
    assert query(warehouse, counts) == [
        (1, 0)
    ]  # nobody knows whose the one is; the other used all, whatever it says was granted


def test_a_corrected_file_beside_the_old_one_counts_once(untidy: tuple[Done, Path]) -> None:
    warehouse = untidy[1] / "warehouse"
    funnel = "SELECT accepted_count, superseded_count FROM core_funnel WHERE year = 2023 AND form = 'decisions'"
    assert query(warehouse, f"{funnel} ORDER BY accepted_count") == [(0, 54), (54, 0)]
    assert query(warehouse, "SELECT granted_sek FROM out_grant_by_year WHERE year = 2023") == [(21_117_795,)]


def test_a_date_that_somebody_tried_out_does_not_move_the_as_of_date(untidy: tuple[Done, Path]) -> None:
    assert query(untidy[1] / "warehouse", "SELECT as_of_date FROM core_round WHERE year = 2022") == [("2024-07-31",)]


def test_a_folder_of_no_programme_or_year_stops_no_round_and_is_named_at_the_end(untidy: tuple[Done, Path]) -> None:
    done, folder = untidy
    assert done.returncode == 1
    assert query(folder / "warehouse", "SELECT year FROM core_round ORDER BY year") == [(2022,), (2023,)]
    stray, year = done.stderr.splitlines()[-2:]
    assert stray.startswith(f"Mappen {folder}/raw/stadigvarande-boend hör inte till något program")
    assert f"menade du ”{PROGRAMME}”?" in stray
    assert year.startswith(f"Mappen {folder}/raw/{PROGRAMME}/2031: bidragsåret 2031 är inte upplagt")


def test_what_systems_and_editors_leave_in_a_folder_is_passed_over_and_said_once(untidy: tuple[Done, Path]) -> None:
    lines = [line for line in untidy[0].stderr.splitlines() if "Thumbs.db" in line]
    assert lines == ["Förbigångna filer: Thumbs.db, .DS_Store, ~$beslut-2023.xlsx."]


@pytest.mark.rule("write_failed")
def test_a_warehouse_that_cannot_be_is_one_sentence() -> None:
    done = statsbidrag("run", "--year", "2023", "--warehouse", "/dev/null/x")
    assert done.returncode == 2
    assert "/dev/null" in one_sentence(done)


@pytest.mark.rule("check_failed")
def test_a_file_with_headers_only_keeps_the_round_from_being_accepted(raw: Path, tmp_path: Path) -> None:
    report = raw / PROGRAMME / "2023" / "aterrapport-2023.csv"
    rewritten(report, report.read_bytes().splitlines(keepends=True)[0])
    done = statsbidrag(
        "run", "--programme", PROGRAMME, "--year", "2023", "--raw", raw, "--warehouse", tmp_path / "warehouse"
    )
    assert done.returncode == 1
    assert "Fil utan någon rad som räknas" in one_sentence(done)
    assert not (tmp_path / "warehouse" / "current").exists()


@pytest.mark.rule("round_outdated")
def test_a_deleted_file_comes_back_and_a_damaged_snapshot_says_which_round_to_run_again(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = copied(sample_warehouse, tmp_path / "warehouse")
    (warehouse / "current" / "statsbidrag.sqlite").unlink()
    done = statsbidrag("run", "--year", "2022", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    assert query(warehouse, "SELECT count(*) FROM core_round") == [(2,)]
    [snapshot] = (warehouse / "store" / PROGRAMME / "2022").glob("accepted/core_decision.parquet")
    snapshot.write_bytes(snapshot.read_bytes()[:100])
    done = statsbidrag("run", "--programme", PROGRAMME, "--year", "2023", "--force", "--warehouse", warehouse)
    assert done.returncode == 1
    assert f"{PROGRAMME} 2022 är sparad" in one_sentence(done)


def test_what_is_unchanged_is_said_at_once_and_nothing_is_done(sample_run: tuple[Done, Path], tmp_path: Path) -> None:
    warehouse = copied(sample_run[1], tmp_path / "warehouse")
    shutil.rmtree(warehouse / ".dagster", ignore_errors=True)
    before = digests(warehouse)
    done = statsbidrag("run", "--programme", PROGRAMME, "--warehouse", warehouse)
    assert (done.returncode, done.stdout.split()) == (0, ["Startsida", (warehouse / "index.html").as_uri()])
    *each, last = done.stderr.splitlines()
    assert [line.partition(": oförändrad sedan ")[0] for line in each] == [f"{PROGRAMME} 2022", f"{PROGRAMME} 2023"]
    assert last == "Inget att köra. --force kör ändå."
    assert digests(warehouse) == before
    assert not (warehouse / ".dagster").exists()


def test_a_round_that_was_stopped_is_not_taken_for_the_one_that_is_published(
    sample_warehouse: Path, raw: Path, tmp_path: Path
) -> None:
    warehouse = copied(sample_warehouse, tmp_path / "warehouse")
    damaged(raw, "truncated workbook")
    for _ in range(2):
        done = statsbidrag("run", "--programme", PROGRAMME, "--year", "2023", "--raw", raw, "--warehouse", warehouse)
        assert (done.returncode, "filen är skadad" in one_sentence(done)) == (1, True)


def test_two_first_runs_at_once_both_succeed_and_leave_the_history_whole(tmp_path: Path) -> None:
    def work(year: str) -> None:
        done = statsbidrag("run", "--programme", PROGRAMME, "--year", year, "--warehouse", tmp_path)
        assert done.returncode == 0, done.stderr

    children = [forked(partial(work, year)) for year in ("2022", "2023")]
    assert [exit_code(child) for child in children] == [0, 0]
    assert query(tmp_path, "SELECT year FROM core_round ORDER BY year") == [(2022,), (2023,)]
    with closing(sqlite3.connect(tmp_path / ".dagster" / "history" / "runs" / "index.db")) as history:
        assert history.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_messages_come_in_english_on_request(raw: Path, tmp_path: Path) -> None:
    damaged(raw, "truncated workbook")
    done = statsbidrag(
        "run", "--programme", PROGRAMME, "--year", "2023", "--raw", raw, "--warehouse", tmp_path, "--language", "en"
    )
    assert "the file is damaged" in one_sentence(done)


def test_readme_names_only_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", readme)) - {"what"} <= targets
    options = set(re.findall(r"(--[a-z-]+)", " ".join(re.findall(r"statsbidrag run.*", readme))))
    assert options <= set(re.findall(r"--[a-z-]+", statsbidrag("run", "--help").stdout))
