"""A round stands only if a run would give the same bytes: one test for each thing that must wake it."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.warehouse import code_version, files, unchanged, versions
from pipelines.warehouse.layout import ACCEPTED, CURRENT, DATABASE, REFUSED, ROUND_CARD, START_PAGES, STORE

DAY = dt.date(2024, 5, 1)
ONE, OTHER = ("grant", 2022), ("grant", 2023)
BOTH = [ONE, OTHER]
HEAVY = ("dagster", "numpy", "pandas", "pandera", "pyarrow", "pydantic", "sqlalchemy")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with code, raw/ and warehouse/, both rounds remembered."""
    source = tmp_path / "code"
    for path, content in {
        "schemas/programmes/grant/programme.yaml": "title: a grant",
        "assets/round.py": "pass",
        "pipelines/reports/templates/page.css": "p {}",
        "requirements.lock": "a==1",
    }.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(content, "utf-8")
    monkeypatch.setattr(code_version, "ROOT", source)
    for _, year in BOTH:
        folder = tmp_path / f"raw/grant/{year}"
        folder.mkdir(parents=True)
        for name in ("report.csv", "report.csv.card.yaml", "corrections.yaml"):
            (folder / name).write_text(f"{name} of {year}", "utf-8")
    (tmp_path / "raw/reference").mkdir()
    (tmp_path / "raw/reference/municipalities.csv").write_text("0114", "utf-8")
    new_source()
    publish(tmp_path / "warehouse")
    unchanged.remember(tmp_path / "warehouse", fingerprints(tmp_path))
    yield tmp_path
    new_source()


def new_source() -> None:
    """Have the source read again, as a new process would."""
    for cached in (code_version.code_version, code_version.environment, code_version.source_digest):
        cached.cache_clear()


def publish(warehouse: Path, runs: tuple[str, str] = ("run-1", "run-2")) -> None:
    """Accept a run of each round, and publish a version of both."""
    rounds = []
    for (programme, year), run_id in zip(BOTH, runs, strict=True):
        folder = warehouse / STORE / programme / str(year) / run_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "core_round.parquet").write_bytes(run_id.encode())
        outputs = [{"path": "core_round.parquet", "sha256": files.sha256(run_id.encode())}]
        (folder / ROUND_CARD).write_text(json.dumps({"outputs": outputs}), "utf-8")
        files.replace_link(folder.parent / ACCEPTED, run_id)
        rounds.append({"programme": programme, "year": year, "run_id": run_id})

    def build(staged: versions.Staged) -> dict[str, object]:
        staged.write(DATABASE, repr(runs).encode())
        return {"rounds": rounds}

    versions.publish(warehouse, build, lambda *_: {})
    for language in ("sv", "en"):
        (warehouse / START_PAGES[language]).touch()


def fingerprints(home: Path, as_of: str = "", today: dt.date = DAY) -> dict[unchanged.Key, str]:
    return unchanged.fingerprints(home / "raw", BOTH, as_of, today)


def standing(home: Path, as_of: str = "", today: dt.date = DAY) -> list[unchanged.Key]:
    """The rounds that stand, in a process that starts now."""
    new_source()
    since = unchanged.standing(home / "raw", home / "warehouse", BOTH, as_of, today)
    assert list(since) == BOTH
    return [key for key, day in since.items() if day]


def test_a_round_of_which_nothing_changed_stands_since_it_was_published(home: Path):
    before = dt.datetime.now(dt.UTC)
    since = unchanged.standing(home / "raw", home / "warehouse", BOTH, "", DAY)
    assert [abs(before - each) < dt.timedelta(minutes=1) for each in since.values()] == [True, True]


# -- what wakes one round ----------------------------------------------------------------------------------------------

IN_ITS_FOLDER: dict[str, Callable[[Path], object]] = {
    "a file changed": lambda folder: (folder / "report.csv").write_text("other", "utf-8"),
    "a file removed": lambda folder: (folder / "report.csv").unlink(),
    "a file renamed": lambda folder: (folder / "report.csv").rename(folder / "rapport.csv"),
    "a file added": lambda folder: (folder / "more.csv").write_text("more", "utf-8"),
    "an empty file added": lambda folder: (folder / "more.csv").touch(),
    "a folder added": lambda folder: (folder / "more").mkdir(),
    "a file added in a folder": lambda folder: shutil.copytree(folder, folder / "more"),
    "a card changed": lambda folder: (folder / "report.csv.card.yaml").write_text("other", "utf-8"),
    "a card added": lambda folder: (folder / "more.csv.card.yaml").write_text("more", "utf-8"),
    "the corrections changed": lambda folder: (folder / "corrections.yaml").write_text("other", "utf-8"),
    "the corrections removed": lambda folder: (folder / "corrections.yaml").unlink(),
}


@pytest.mark.parametrize("change", IN_ITS_FOLDER)
def test_what_happens_in_its_own_folder_wakes_a_round_and_no_other(change: str, home: Path):
    IN_ITS_FOLDER[change](home / "raw/grant/2022")
    assert standing(home) == [OTHER]


def test_a_file_that_is_read_at_the_same_time_as_it_changes_wakes_the_round_next_time(home: Path):
    seen = fingerprints(home)
    (home / "raw/grant/2022/report.csv").write_text("changed while the round was computed", "utf-8")
    unchanged.remember(home / "warehouse", seen)
    assert standing(home) == [OTHER]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "~$report.xlsx"])
def test_what_other_programs_leave_in_a_folder_wakes_nothing(name: str, home: Path):
    (home / "raw/grant/2022" / name).touch()
    assert standing(home) == BOTH


# -- what wakes every round --------------------------------------------------------------------------------------------

EVERYWHERE: dict[str, Callable[[Path], object]] = {
    "the register changed": lambda home: (home / "raw/reference/municipalities.csv").write_text("0115", "utf-8"),
    "the register grew": lambda home: (home / "raw/reference/regions.csv").write_text("0001", "utf-8"),
    "a text that a programme refers to": lambda home: (home / "raw/grant/ordinance.txt").write_text("1 §", "utf-8"),
    "YAML": lambda home: (home / "code/schemas/programmes/grant/programme.yaml").write_text("title: x", "utf-8"),
    "YAML added": lambda home: (home / "code/schemas/programmes/grant/questions.yaml").write_text("", "utf-8"),
    "a code file": lambda home: (home / "code/assets/round.py").write_text("...", "utf-8"),
    "a code file added": lambda home: (home / "code/assets/more.py").write_text("...", "utf-8"),
    "a style sheet": lambda home: (home / "code/pipelines/reports/templates/page.css").write_text("", "utf-8"),
    "the lock": lambda home: (home / "code/requirements.lock").write_text("a==2", "utf-8"),
    "a published file damaged": lambda home: (home / "warehouse" / CURRENT / DATABASE).write_bytes(b""),
    "a published file removed": lambda home: (home / "warehouse" / CURRENT / DATABASE).unlink(),
    "the version removed": lambda home: shutil.rmtree((home / "warehouse" / CURRENT).resolve()),
    "no version is current": lambda home: (home / "warehouse" / CURRENT).unlink(),
    "the start page removed": lambda home: (home / "warehouse/index.en.html").unlink(),
    "the record removed": lambda home: (home / "warehouse/unchanged.json").unlink(),
    "the record damaged": lambda home: (home / "warehouse/unchanged.json").write_text("[{}]", "utf-8"),
}


@pytest.mark.parametrize("change", EVERYWHERE)
def test_what_every_round_is_made_of_or_shown_in_wakes_every_round(change: str, home: Path):
    EVERYWHERE[change](home)
    assert standing(home) == []


def test_another_as_of_date_wakes_every_round(home: Path):
    assert standing(home, as_of="2024-01-01") == []


def test_another_day_wakes_every_round_since_waivers_expire(home: Path):
    assert standing(home, today=DAY + dt.timedelta(days=1)) == []


def test_another_python_wakes_every_round(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version", "3.99")
    assert standing(home) == []


def test_another_library_wakes_every_round(home: Path, monkeypatch: pytest.MonkeyPatch):
    (home / "site-packages/pyarrow-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(home / "site-packages"))
    assert standing(home) == []


# -- what was made of a round ------------------------------------------------------------------------------------------


def test_a_damaged_table_in_the_store_wakes_its_round(home: Path):
    (home / "warehouse/store/grant/2022/accepted/core_round.parquet").write_bytes(b"")
    assert standing(home) == [OTHER]


def test_a_round_whose_accepted_run_is_gone_wakes(home: Path):
    shutil.rmtree(home / "warehouse/store/grant/2022/run-1")
    assert standing(home) == [OTHER]


def test_a_round_that_was_published_from_another_run_since_wakes(home: Path):
    publish(home / "warehouse", ("run-3", "run-2"))
    assert standing(home) == [OTHER]


def test_a_round_that_was_accepted_since_and_not_published_wakes(home: Path):
    before = (home / "warehouse" / CURRENT).readlink()
    publish(home / "warehouse", ("run-3", "run-2"))
    files.replace_link(home / "warehouse" / CURRENT, str(before))
    assert standing(home) == [OTHER]


def test_a_version_that_another_source_published_wakes_every_round(home: Path):
    source = home / "code/assets/round.py"
    source.write_text("...", "utf-8")
    new_source()
    publish(home / "warehouse")
    source.write_text("pass", "utf-8")
    assert standing(home) == []


def test_a_round_that_another_source_computed_wakes_although_all_is_published_by_this_one(home: Path):
    (home / "code/assets/round.py").write_text("...", "utf-8")
    new_source()
    publish(home / "warehouse")
    unchanged.remember(home / "warehouse", {OTHER: fingerprints(home)[OTHER]})
    assert standing(home) == [OTHER]


def test_a_round_that_was_refused_wakes_although_its_files_are_back(home: Path):
    (home / "warehouse" / REFUSED).mkdir(parents=True)
    (home / "warehouse" / REFUSED / "grant-2022.sv.html").touch()
    assert standing(home) == [OTHER]


# -- what is remembered ------------------------------------------------------------------------------------------------


def test_only_what_a_command_made_is_remembered(home: Path):
    (home / "warehouse/unchanged.json").unlink()
    seen = fingerprints(home)
    unchanged.remember(home / "warehouse", {OTHER: seen[OTHER]})
    assert standing(home) == [OTHER]
    unchanged.remember(home / "warehouse", {ONE: seen[ONE]})
    assert standing(home) == BOTH


def test_a_round_that_is_not_published_is_not_remembered(home: Path):
    (home / "warehouse/store/grant/2022/accepted").unlink()
    unchanged.remember(home / "warehouse", fingerprints(home))
    [remembered] = json.loads((home / "warehouse/unchanged.json").read_text("utf-8"))
    assert (remembered["programme"], remembered["year"]) == OTHER


def test_a_round_that_is_run_again_all_the_same_stands_since_the_first_time(home: Path):
    record = home / "warehouse/unchanged.json"
    record.write_text(record.read_text("utf-8").replace(f"{dt.datetime.now(dt.UTC).year}-", "2019-"), "utf-8")
    unchanged.remember(home / "warehouse", fingerprints(home))
    since = unchanged.standing(home / "raw", home / "warehouse", BOTH, "", DAY)
    assert [each.year for each in since.values()] == [2019, 2019]


def test_a_warehouse_without_anything_has_nothing_that_stands(home: Path, tmp_path: Path):
    assert unchanged.standing(home / "raw", tmp_path / "none", BOTH, "", DAY) == {ONE: None, OTHER: None}


def test_the_rounds_are_the_folders_of_four_digits(home: Path):
    for name in ("grant/20222", "grant/notes", "other/2024"):
        (home / "raw" / name).mkdir(parents=True)
    (home / "raw/grant/2021").touch()
    assert unchanged.rounds_in(home / "raw") == [*BOTH, ("other", 2024)]


def test_nothing_heavy_is_imported_to_know_and_show_that_nothing_has_changed():
    """In a process of its own: this one has imported everything."""
    program = "import sys, pipelines.warehouse.unchanged, pipelines.reports.summary; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert sorted(set(HEAVY) & set(done.stdout.split())) == []
