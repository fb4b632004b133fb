"""`statsbidrag inspect`: what a file is, told to a person and to a program; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.exports import MICROSOFT, WRITTEN
from tests.integration.command import ROOT, statsbidrag

RAW = ROOT / "raw/stadigvarande-boende"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / MICROSOFT.name
    path.write_bytes(MICROSOFT.content)
    return path


def told(*arguments: str | Path) -> dict[str, Any]:
    done = statsbidrag("inspect", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_program_is_told_everything_in_one_document(export: Path):
    document = told(export)
    facts = {key: document[key] for key in ("tool", "encoding", "delimiter", "header_rows", "data_rows", "oddities")}
    assert facts == {
        "tool": "Microsoft Forms",
        "encoding": "utf-8",
        "delimiter": ",",
        "header_rows": 1,
        "data_rows": 12,
        "oddities": [],
    }
    rating = document["questions"][6]
    assert {"column", "type", "coding", "options", "confidence"} <= set(rating)
    assert (rating["column"], rating["type"], rating["options"][-1]) == ("G", "rating", "5 (mycket bra)")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Verktyg", "Microsoft Forms", "fritext", "flera alternativ")),
        ("en", ("Tool", "free text", "several options")),
    ],
)
def test_a_person_is_told_in_either_language(export: Path, language: str, words: tuple[str, ...]):
    done = statsbidrag("inspect", export, "--language", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert [word for word in words if word not in done.stdout] == []
    assert WRITTEN not in done.stdout


def test_a_workbook_with_rows_above_its_headers_and_a_total_is_held_against_its_form():
    document = told(RAW / "2022/beslut-2022.xlsx", "--against", "decisions")
    assert (document["tool"], document["sheet"], document["header_row"], document["data_rows"]) == (
        None,
        "Beslut",
        4,
        17,
    )
    assert {"address": "22:22", "kind": "total_row"} in document["oddities"]
    assert (document["against"]["new"], document["against"]["gone"]) == ([], [])


def test_another_years_form_says_what_is_new_and_gone():
    against = told(RAW / "2022/aterrapport-2022.csv", "--against", "stadigvarande-boende/usage_report_2023")["against"]
    assert {"column": "D", "header": "Kommun"} in against["new"]
    assert "Svarsnummer" in against["gone"]


def test_a_draft_is_a_form_and_nothing_else(export: Path):
    done = statsbidrag("inspect", export, "--draft")
    assert (done.returncode, done.stderr) == (0, "")
    assert yaml.safe_load(done.stdout)["fields"]["respondent_id"] == "ID"
    assert WRITTEN not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((ROOT / "README.md",), "README.md"),
        ((RAW / "2022/aterrapport-2022.csv", "--against", "nope"), "nope"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(arguments: tuple[str | Path, ...], sentence: str):
    done = statsbidrag("inspect", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
