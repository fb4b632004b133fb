"""A rule means the same wherever it is compiled to: over dirty data every compiler finds the same rows.

The meaning is written out in plain Python (`tests.dirty`). Great Expectations, slow to import, has its own file.
"""

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings

from schemas.rules.constraints import KINDS, Compare, References, TableRule, Unique
from schemas.rules.contract import check
from schemas.rules.predicate import failing, predicate
from tests.dirty import DIRTY_ROWS, RULES, SCHEMA, TARGET_ROWS, TARGET_SCHEMA, Rows, broken_by_hand, kinds_tried

drawn = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Not shrunk: with so many rules and rows that takes minutes, and the rule that differs is named without it."""


def arrow_frame(rows: Rows, schema: pa.Schema) -> pd.DataFrame:
    return pa.Table.from_pylist(rows, schema).to_pandas(types_mapper=pd.ArrowDtype)


def found_by(rules: Any, rows: Rows, target: Rows, **causes: Any) -> dict[str, set[int]]:
    """The numbers of the rows that break each rule."""
    found: dict[str, set[int]] = {rule.id: set() for rule in rules}
    for rule, row in failing(rows, rules, {"target": target}, **causes):
        found[rule.id].add(row["row_no"])
    return found


def test_every_kind_of_the_vocabulary_is_tried():
    assert kinds_tried() == set(KINDS)


@settings(drawn, max_examples=200)
@given(DIRTY_ROWS, TARGET_ROWS)
def test_predicates_find_the_rows_that_break_a_rule(rows: Rows, target: Rows):
    assert found_by(RULES, rows, target) == {rule.id: broken_by_hand(rule, rows, target) for rule in RULES}


@settings(drawn, max_examples=15)
@given(DIRTY_ROWS, TARGET_ROWS)
def test_pandera_checks_find_the_rows_that_break_a_rule(rows: Rows, target: Rows):
    frame = arrow_frame(rows, SCHEMA)
    there = {"target": arrow_frame(target, TARGET_SCHEMA)}
    for rule in RULES:
        holds = check(rule, there)(frame).check_output
        assert set(frame["row_no"][~holds.astype(bool)]) == broken_by_hand(rule, rows, target), rule


def test_what_only_other_rows_can_tell_is_no_predicate_of_one_record():
    for constraint in (Unique(("code",)), References(("code",), "target", ("code",))):
        with pytest.raises(TypeError):
            predicate(constraint)


def test_a_row_that_breaks_a_rules_cause_does_not_break_it_too_and_another_row_does():
    rows = [
        {"row_no": number, "small": small, "large": large, "total": total}
        for number, (small, large, total) in enumerate([(2, 1, 0), (0, 1, 0), (2, 1, 9)], 1)
    ]
    cause, other = (
        TableRule(name, "dirty", Compare("small", "<=", top)) for name, top in (("a", "large"), ("b", "total"))
    )
    # Rows 1 and 3 break the cause, row 1 the other one too.
    assert found_by([cause, other], rows, []) == {"a": {1, 3}, "b": {1}}
    assert found_by([cause, other], rows, [], consequence_of={"b": ["a"]}) == {"a": {1, 3}, "b": set()}
    assert found_by([cause, other], rows, [], consequence_of={"a": ["b"]}) == {"a": {3}, "b": {1}}
