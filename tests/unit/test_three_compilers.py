"""A rule means the same wherever it is compiled to: over dirty data every compiler finds the same rows.

The meaning is written out in plain Python (`tests.dirty`). Great Expectations, slow to import, has its own file.
"""

from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings

from assets.domain.frames import Frame
from assets.domain.rules import breaking, failing_table_rows
from assets.frames import frame_of, records_of
from schemas.rules.constraints import KINDS
from schemas.rules.contract import check
from tests.dirty import (
    CONSTRAINTS,
    DIRTY_ROWS,
    RULES,
    SCHEMA,
    TARGET_ROWS,
    TARGET_SCHEMA,
    Rows,
    broken_by_hand,
    kinds_tried,
)
from tests.frames import on_duckdb, on_pandas

drawn = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Not shrunk: with so many rules and rows that takes minutes, and the rule that differs is named without it."""


def unchanged(frame: Frame) -> Frame:
    return frame


def arrow_frame(rows: Rows, schema: pa.Schema) -> pd.DataFrame:
    return pa.Table.from_pylist(rows, schema).to_pandas(types_mapper=pd.ArrowDtype)


def test_every_kind_of_the_vocabulary_is_tried():
    assert kinds_tried() == set(KINDS)


@pytest.mark.parametrize(
    ("engine", "groups", "examples"), [(unchanged, 1, 20), (on_pandas, 1, 20), (on_duckdb, len(CONSTRAINTS), 10)]
)
def test_predicates_find_the_rows_that_break_a_rule(engine: Callable[[Frame], Frame], groups: int, examples: int):
    """All rules at once on Arrow and on pandas; on DuckDB, which plans anew for each, one constraint at a time."""

    @settings(drawn, max_examples=examples)
    @given(DIRTY_ROWS, TARGET_ROWS)
    def find_the_same(rows: Rows, target: Rows):
        dirty, there = engine(frame_of(rows, SCHEMA)), {"target": engine(frame_of(target, TARGET_SCHEMA))}
        numbers = {}
        for start in range(groups):
            tried = RULES[start::groups]
            failing = failing_table_rows(dirty, tried, there)
            for place, rule in enumerate(tried):
                numbers[rule.id] = {row["row_no"] for row in records_of(breaking(failing, place))}
        assert numbers == {rule.id: broken_by_hand(rule, rows, target) for rule in RULES}

    find_the_same()


@drawn
@given(DIRTY_ROWS, TARGET_ROWS)
def test_pandera_checks_find_the_rows_that_break_a_rule(rows: Rows, target: Rows):
    frame = arrow_frame(rows, SCHEMA)
    there = {"target": arrow_frame(target, TARGET_SCHEMA)}
    for rule in RULES:
        holds = check(rule, there)(frame).check_output
        assert set(frame["row_no"][~holds.astype(bool)]) == broken_by_hand(rule, rows, target), rule
