"""Real exports that nobody here wrote, where they lie beside the checkout; inspect_truth.yaml says what they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.domain.reading.exports import claimed
from assets.domain.reading.forms import column_letter, column_position
from pipelines.inquiries.inspection import Inspected, inspect
from pipelines.inquiries.inspection_draft import draft
from pipelines.readers.raw_folder import assumed_card, read_export
from schemas.configuration import yaml_source
from schemas.configuration.forms import Form
from schemas.rules.rule import Stop

HERE = Path(__file__)
EXAMPLES = HERE.parents[3] / "shared" / "examples"
TRUTH: dict[str, dict[str, Any]] = yaml.safe_load(HERE.with_name("inspect_truth.yaml").read_text("utf-8"))
CELLS = (".csv", ".tsv", ".txt", ".xml", ".json", ".xlsx", ".xls", ".ods")
OTHERS = sorted(str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*") if path.suffix in CELLS)

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="../shared/examples does not lie beside the checkout")


@cache
def found(name: str) -> Inspected:
    return inspect(EXAMPLES / name)


def letters(span: str) -> list[str]:
    first, _, last = span.partition("-")
    return [column_letter(at) for at in range(column_position(first), column_position(last or first) + 1)]


@pytest.mark.parametrize("name", TRUTH)
def test_tool_encoding_delimiter_and_rows_are_named(name: str):
    told = found(name)
    layout = {"header_rows": told.layout.header_rows, "data_rows": told.data_rows}
    told_of = {"tool": told.tool, "encoding": told.encoding, "delimiter": told.delimiter, **layout}
    assert told_of == {key: TRUTH[name][key] for key in told_of}


@pytest.mark.parametrize("name", TRUTH)
def test_codings_are_named(name: str):
    told = {column.letter: f"{column.guess.type} {column.guess.coding}" for column in found(name).columns}
    expected = {letter: coding for span, coding in TRUTH[name]["codings"].items() for letter in letters(span)}
    differs = {letter: told[letter] for letter, coding in expected.items() if not told[letter].startswith(coding)}
    assert differs == {}


@pytest.mark.parametrize("name", TRUTH)
def test_what_is_odd_is_told(name: str):
    assert set(TRUTH[name].get("oddities", [])) <= {each.kind for each in found(name).oddities}


@pytest.mark.parametrize("name", [name for name in OTHERS if name not in TRUTH])
def test_no_tool_is_invented_for_the_others(name: str):
    assert found(name).tool is None


@pytest.mark.parametrize("name", TRUTH)
def test_a_draft_claims_its_file(name: str):
    source = yaml_source.parsed(draft(found(name), "sv").encode(), "draft.yaml")
    form = Form.model_validate(source.content)
    file = read_export(EXAMPLES / name, Path(name).name, lambda _: assumed_card(name))
    export = claimed(file, [form])
    assert (export.header_row, export.last_header_row) == (1, TRUTH[name]["header_rows"])


def test_what_is_no_table_is_refused_in_one_sentence():
    with pytest.raises(Stop) as stop:
        inspect(EXAMPLES / "PROVENANCE.md")
    assert stop.value.rule.id == "file_kind_unknown"
