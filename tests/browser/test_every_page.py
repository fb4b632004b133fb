"""Every kind of page that people open, wide and narrow: accessible, no wider than the screen, and nothing asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse.layout import CURRENT, DICTIONARY_PAGES, SOURCES, START_PAGES, VALIDATION, inside_of
from tests.integration.publishing import PROGRAMME

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
REPORTS = "*/*.html"
MOST_BYTES = 500_000


def pages(warehouse: Path) -> list[Path]:
    """One or a few of each kind: start pages, dictionary, reports, reports with their sources, rounds, recipients."""
    version = (warehouse / CURRENT).resolve()
    house = inside_of(version)
    rounds = [house / VALIDATION / f"{PROGRAMME}-{year}.{of}html" for year in (2022, 2023) for of in ("sv.", "en.")]
    recipients = [house / VALIDATION / f"{PROGRAMME}-2022.{of}.sv.html" for of in ("r-9907", "r")]
    reports = [*(version / "reports").glob(REPORTS), *(house / SOURCES).glob(REPORTS)]
    named = [warehouse / name for name in (*START_PAGES.values(), DICTIONARY_PAGES["sv"])]
    return [*named, *reports, *rounds, *recipients]


@pytest.fixture(scope="module")
def looked_at(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    pictures = tmp_path_factory.mktemp("pictures")
    command = [node, str(HERE / "look.mjs"), str(pictures), *map(str, pages(sample_warehouse))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return seen


def test_no_page_has_a_violation_of_what_axe_looks_for(looked_at: dict[str, dict[str, Any]]) -> None:
    assert {page: seen["violations"] for page, seen in looked_at.items() if seen["violations"]} == {}


def test_no_page_is_wider_than_its_screen(looked_at: dict[str, dict[str, Any]]) -> None:
    assert {page: seen["wider"] for page, seen in looked_at.items() if any(seen["wider"].values())} == {}


def test_no_page_asks_for_anything(looked_at: dict[str, dict[str, Any]]) -> None:
    assert {page: seen["asked"] for page, seen in looked_at.items() if seen["asked"]} == {}


def test_no_page_is_large(sample_warehouse: Path) -> None:
    found = [*sample_warehouse.glob("*.html"), *(sample_warehouse / "inside").rglob("*.html")]
    assert {page.name for page in found if page.stat().st_size > MOST_BYTES} == set()
