"""Whatever is written in a supported format is read back cell for cell, with its type."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from assets.received import Cell
from pipelines.readers.confined import Counted
from pipelines.readers.decoding import decoded
from pipelines.readers.limits import Limits
from pipelines.readers.nested_child import rows as flattened
from pipelines.readers.text_file import read_text, records, rectangular
from pipelines.readers.workbook import read_workbook
from tests.unit.workbooks import Table, cells_of, ods, xls, xlsx

LETTERS = st.text("abÅåäöé0159 ;,|\"'<&>#=+-.%", max_size=8)
TEXTS = st.builds(lambda text: f"t{text}x", LETTERS)
"""Texts that begin and end with a letter: what stands around a text is no matter of its type."""

NUMBERS = st.integers(-(10**14), 10**14)
AMOUNTS = st.builds(lambda ore: Decimal(ore) / 1000, st.integers(-(10**9), 10**9)).filter(lambda number: number % 1)
DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31))
MOMENTS = st.datetimes(dt.datetime(1901, 1, 1, 0, 0, 1), dt.datetime(2199, 12, 31)).map(  # noqa: DTZ001 - a cell
    lambda moment: moment.replace(hour=moment.hour or 1, microsecond=0)
)
CELLS = st.one_of(st.none(), TEXTS, NUMBERS, AMOUNTS, st.booleans(), DAYS, MOMENTS)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6).filter(
    lambda table: any(cell is not None for row in table for cell in row)
)
EVERY_TYPE: Table = [["Åmål", 114, Decimal("412.375"), True, False, dt.date(2024, 2, 29), "0114", None, "1"]]


def typed(rows: Any) -> dict[tuple[int, int], tuple[type, Cell]]:
    return {place: (type(cell), cell) for place, cell in cells_of(rows).items()}


@pytest.mark.parametrize("write", [xlsx, ods, xls])
def test_a_workbook_is_read_back_cell_for_cell_with_types(write: Callable[[Table], bytes]):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @example(EVERY_TYPE)
    @given(TABLES)
    def holds(table: Table) -> None:
        [sheet] = read_workbook(write(table))
        assert typed(sheet.rows) == typed(table)
        assert {len(row) for row in sheet.rows} == {max(map(len, sheet.rows))}

    holds()


DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(";,\t|"),
        "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
).filter(lambda dialect: dialect["lineterminator"] != "\r" or dialect["quoting"] == csv.QUOTE_ALL)
"""Python's writer leaves a line break unquoted that is not its own."""

PLAIN_TEXTS = st.text("abÅåäöé0159 ;,|\t\"'\n", max_size=8)
TEXT_TABLES = st.lists(st.lists(PLAIN_TEXTS, min_size=1, max_size=5), min_size=1, max_size=6)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso-8859-1"]


@settings(max_examples=60, deadline=None)
@given(TEXT_TABLES, DIALECTS)
def test_text_is_read_back_in_every_dialect(table: list[list[str]], dialect: dict[str, Any]):
    written = io.StringIO(newline="")
    csv.writer(written, **dialect).writerows(table)
    found, _ = records(written.getvalue(), dialect["delimiter"], Limits())
    assert found == table


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_read_back_in_every_encoding(encoding: str):
    text = "Kommun;Använt\r\nÅmål;é\r\nVäxjö;ö\r\n"
    found, told = decoded(text.encode(encoding))
    assert found == text
    assert told == {"iso-8859-1": "cp1252"}.get(encoding, encoding)  # the same letters in both


def test_one_damaged_character_of_utf_8_does_not_make_the_others_two_each():
    with pytest.raises(Exception, match="not_encoded") as raised:
        decoded("Kommun\nÅmål\nVäxjö\n".encode() + b"Malm\xf6\n")
    assert raised.value.why.limit == 4  # type: ignore[attr-defined]


LEAVES = st.one_of(TEXTS, NUMBERS, AMOUNTS, st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LEAVES, min_size=3, max_size=3), min_size=1, max_size=4), st.sampled_from([".json", "lines"]))
def test_json_is_read_back_with_types(table: list[list[Any]], kind: str):
    items = [dict(zip("abc", row, strict=True)) for row in table]
    written = [json.dumps(item, default=lambda number: f"§{number}§") for item in items]
    lines = [
        line.replace('"§', "").replace('§"', "").replace('"\\u00a7', "").replace('\\u00a7"', "") for line in written
    ]
    text = "\n".join(lines) if kind == "lines" else f"[{', '.join(lines)}]"
    headers, *found = flattened([("", kind, text)], Limits())
    assert headers == list("abc")
    assert typed(found) == typed(table)


def test_rows_are_as_wide_as_the_widest():
    assert list(rectangular([["a"], ["b", "c"]]).rows) == [["a", None], ["b", "c"]]
    assert list(read_text(b"a;b\r1;2\r")[0].rows) == [["a", "b"], ["1", "2"]]


def test_cells_are_counted_before_they_are_made():
    counted = Counted(Limits(workbook_cells=10, characters=100, cell_characters=50))
    counted.add(10, 100, 50)
    for more in [(1, 0, 0), (0, 1, 0), (0, 0, 51)]:
        with pytest.raises(Exception, match=r"too_many|too_long"):
            counted.add(*more)
