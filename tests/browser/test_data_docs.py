"""Pages of Great Expectations, opened in Debian's Chromium: hostile names, texts and cells stay text."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.browser.hostile import EVERYTHING, HOSTILE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # importing Great Expectations uses what Python has deprecated
]

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def validations(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Tables whose name, column and cells are hostile, with expectations that are: every value is stored."""
    from great_expectations import ExpectationSuite  # noqa: PLC0415 - takes seconds
    from great_expectations.expectations import ExpectColumnValuesToBeInSet, UnexpectedRowsExpectation  # noqa: PLC0415

    from pipelines.warehouse.evidence import validation  # noqa: PLC0415 - as said

    path = tmp_path_factory.mktemp("hostile") / "hostile.sqlite"
    made = []
    for hostile in [*HOSTILE, EVERYTHING]:
        _write(path, hostile)
        source = validation.read_only(path)
        asset = source.add_table_asset(hostile, table_name="cells")  # GX quotes no name of a table
        said = {"notes": [hostile, EVERYTHING], "meta": {"rule": hostile, "notes": hostile}}
        suite = ExpectationSuite(
            name=hostile,
            expectations=[
                ExpectColumnValuesToBeInSet(column=hostile, value_set=["never"], **said),
                ExpectColumnValuesToBeInSet(column=hostile, value_set=[hostile, "never"], mostly=0.9, **said),
                ExpectColumnValuesToBeInSet(column=hostile, value_set=["never", "n"], description=EVERYTHING, **said),
                ExpectColumnValuesToBeInSet(column=f"no {hostile}", value_set=[hostile], **said),
                UnexpectedRowsExpectation(unexpected_rows_query=_as_query(hostile), **said),
            ],
        )
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        outcome = batch.validate(suite, result_format={"result_format": "COMPLETE", "include_unexpected_rows": True})
        made.append(validation.TableValidation(hostile, outcome))
        source.get_engine().dispose()
    return made


def _write(path: Path, hostile: str) -> None:
    path.unlink(missing_ok=True)
    name = '"' + hostile.replace('"', '""') + '"'
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE TABLE cells ({name} TEXT)")
        database.executemany("INSERT INTO cells VALUES (?)", [(each,) for each in HOSTILE])
        database.commit()


def _as_query(hostile: str) -> str:
    text = hostile.replace("'", "''").replace("{", "{{").replace("}", "}}").replace(":", "\\:")
    return f"SELECT '{text}' AS found"


def opened(folder: Path, pictures: Path | None = None) -> dict[str, dict[str, Any]]:
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    command = [node, str(HERE / "open_pages.mjs"), str(folder), *([str(pictures)] if pictures else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return seen


def acted(seen: dict[str, Any]) -> list[object]:
    """Whatever a page did beyond being read."""
    return [seen[what] for what in ("asked", "dialogs", "said", "ran", "handlers") if seen[what]]


def test_our_pages_do_nothing_and_ask_for_nothing(validations: list[Any], tmp_path: Path) -> None:
    from pipelines.warehouse.evidence import data_docs  # noqa: PLC0415 - takes seconds

    folder = tmp_path / "pages"
    assert data_docs.write(validations, folder) == len(HOSTILE) + 2
    pictures = HERE / "pictures" / "data_docs"
    pictures.mkdir(parents=True, exist_ok=True)
    seen = opened(folder, pictures)
    assert len(seen) == len(HOSTILE) + 2
    assert {name: acted(page) for name, page in seen.items() if acted(page)} == {}
    assert all(set(page["addresses"]) <= {path.name for path in folder.iterdir()} for page in seen.values())
    assert {page["language"] for page in seen.values()} == {"sv"}
    assert all("Teknisk bilaga" in page["text"] and "Technical appendix" in page["text"] for page in seen.values())
    assert "{{7*7}}" in seen["index.html"]["text"]


def test_the_tools_own_sections_without_our_care_would_act(validations: list[Any], tmp_path: Path) -> None:
    """Shows that the test above can fail: the same sections, as the tool renders them."""
    from pipelines.warehouse.evidence import data_docs  # noqa: PLC0415 - takes seconds

    for number, each in enumerate([*validations[:3], validations[-1]]):
        page = f"<!doctype html><html><body>{data_docs.rendered(each.outcome)}</body></html>"
        (tmp_path / f"{number:02}.html").write_text(page, "utf-8")
    seen = opened(tmp_path)
    assert any(page["ran"] or page["dialogs"] for page in seen.values())
    assert any("remote.example" in address for page in seen.values() for address in page["asked"])


def test_our_page_would_stop_what_gets_through(validations: list[Any], tmp_path: Path, monkeypatch: Any) -> None:
    """Were nothing taken out, the page's own policy would still let no script run and fetch nothing."""
    from markupsafe import Markup  # noqa: PLC0415 - takes seconds

    from pipelines.warehouse.evidence import data_docs  # noqa: PLC0415 - as said

    monkeypatch.setattr(data_docs, "inert", Markup)
    harmless = [each for each in validations if "refresh" not in each.table][:5]
    data_docs.write(harmless, tmp_path / "pages")
    seen = opened(tmp_path / "pages")
    assert not any(page["ran"] or page["dialogs"] for page in seen.values())
