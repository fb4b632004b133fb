"""Every rule that stops a run has a test that makes it happen, marked `rule(id)`; read from the tests' sources.

A stop that depends on what was received has its other side as well: a test marked `rule(id, holds=True)` of the nearest
input that passes. Those are the rules whose ground is not the operation of the system. The rules that end in findings
have their pairs in tests/spec/test_rule_boundaries.py.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from schemas.rules.rule import found_rules, rules

TESTS = Path(__file__).parents[1]
STOPS = set(rules()) - {rule.id for rule in found_rules()}
OF_WHAT_WAS_RECEIVED = {name for name in STOPS if rules()[name].source != "operation"}


def marks() -> Iterator[tuple[str, bool]]:
    """Every `pytest.mark.rule(id, holds=...)` in the tests: the rule, and on which side of it."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                [name] = node.args
                sides = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
                assert set(sides) <= {"holds"}, f"{path.name}:{node.lineno}"
                yield ast.literal_eval(name), sides.get("holds", False)


MARKS = set(marks())
BROKEN = {name for name, holds in MARKS if not holds}
HELD = {name for name, holds in MARKS if holds}


def test_a_mark_names_a_rule_that_stops_a_run():
    assert sorted({name for name, _ in MARKS} - STOPS) == []


def test_every_stop_is_made_to_happen():
    assert sorted(STOPS - BROKEN) == []


def test_the_nearest_input_that_passes_is_shown_for_every_stop_by_what_was_received():
    assert len(OF_WHAT_WAS_RECEIVED) > 10
    assert sorted(OF_WHAT_WAS_RECEIVED - HELD) == []
