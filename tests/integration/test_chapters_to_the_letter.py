"""The chapters on a new programme, a new year, a changed form and a new export, followed to the letter."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import DAGSTER_HOME, RAW, WAREHOUSE
from tests.integration.projects import RUN_HERE, project_copy
from tests.integration.publishing import HERE, ROOT, current, rows

CHAPTER = "## A new programme in ten minutes\n"
NAME = "mitt-bidrag"


def commands(text: str) -> str:
    """What is indented by four spaces, as a person copies it."""
    return "".join(line.removeprefix("    ") for line in text.splitlines(keepends=True) if line.startswith("    "))


def followed(project: Path, text: str) -> str:
    """What the commands print, each of which must end well."""
    inherited = {name: value for name, value in os.environ.items() if name not in {DAGSTER_HOME, RAW, WAREHOUSE}}
    script = f"set -e\n{commands(text)}"
    done = subprocess.run(["bash", "-c", script], cwd=project, env=inherited | HERE, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project_copy(tmp_path_factory.mktemp("project"))
    command = folder / ".venv/bin/statsbidrag"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!{sys.executable}\nimport sys\nsys.path.insert(0, '')\n{RUN_HERE}\n", "utf-8")
    command.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def new_programme(project: Path) -> str:
    chapter = (ROOT / "README.md").read_text("utf-8").split(CHAPTER)[1]
    return followed(project, re.split(r"^## ", chapter, flags=re.MULTILINE)[0])


@pytest.fixture(scope="module")
def new_year(project: Path, new_programme: str) -> str:
    assert new_programme
    return followed(project, (ROOT / "docs/new-year.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def changed_form(project: Path, new_year: str) -> str:
    assert new_year
    return followed(project, (ROOT / "docs/form-changed.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def new_export(project: Path, changed_form: str) -> str:
    assert changed_form
    return followed(project, (ROOT / "docs/new-export.md").read_text("utf-8"))


def test_a_new_programme_is_published_in_ten_minutes(project: Path, new_programme: str):
    """Of 100 000 and 50 000 kronor, 30 000 and 50 000 were left; 200 000 were there to distribute."""
    assert f"{NAME} " in new_programme
    figures = "SELECT granted_sek, unused_sek, used_nothing_count FROM out_grant_by_year ORDER BY year LIMIT 1"
    assert rows(current(project / "warehouse"), figures) == [(150_000, 80_000, 1)]
    funds = "SELECT available_sek, administration_sek, undistributed_sek FROM out_funds_by_year ORDER BY year LIMIT 1"
    assert rows(current(project / "warehouse"), funds) == [(200_000, None, None)]


def test_a_new_year_stands_beside_the_one_before(project: Path, new_year: str):
    assert new_year.count(f"\n{NAME} ") == 2
    granted = rows(current(project / "warehouse"), "SELECT granted_sek FROM out_grant_by_year ORDER BY year")
    assert granted == [(150_000,), (150_000,)]
    available = rows(current(project / "warehouse"), "SELECT available_sek FROM out_funds_by_year ORDER BY year")
    assert available == [(200_000,), (None,)]
    assert (current(project / "warehouse") / "reports" / NAME / "next_follow_up.html").is_file()


def test_a_changed_form_is_read_and_compared_with_the_year_before(project: Path, changed_form: str):
    """Exempelkommun 01 alone was asked about areas, and chose the first both years."""
    assert "beslut.csv" in changed_form
    query = "SELECT option, numerator, denominator, is_comparable FROM out_comparison ORDER BY year, option_no"
    assert rows(current(project / "warehouse"), query) == [("first", 1, 1, 1), ("other", 0, 1, 1)] * 2


def test_a_new_export_is_read_by_its_drafted_form(project: Path, new_export: str):
    """Of eight respondents three answered courses alone, three camps alone, two both."""
    assert "Microsoft Forms" in new_export
    query = (
        "SELECT option, numerator, denominator FROM out_indicator "
        "WHERE indicator = 'vad_har_ni_ordnat' ORDER BY option_no"
    )
    assert rows(current(project / "warehouse"), query) == [("kurser", 5, 8), ("lager", 5, 8)]
