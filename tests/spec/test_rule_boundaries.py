"""Every rule on both sides of its boundary: the nearest case that holds, and the nearest that breaks and is found.

The pairs are declared in boundaries_*.py and consequences.py. A rule without a pair fails here, and so does a pair of a
rule that is gone.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest

from assets.domain import findings
from assets.domain.reading import checks, rows
from assets.domain.reading.check import Check
from assets.domain.reading.lines import Line
from schemas.rules.constraints import TableRule
from schemas.rules.predicate import Record, failing
from schemas.rules.rule import consequences, found_rules, rules
from tests.spec import (
    boundaries_bodies,
    boundaries_books,
    boundaries_cases,
    boundaries_money,
    boundaries_received,
    boundaries_recovery,
    boundaries_tables,
)
from tests.spec import consequences as consequences_told
from tests.spec.arrivals import Found
from tests.spec.boundaries import Boundary, Case
from tests.spec.computations import account
from tests.spec.language import decisions, repayments, reports

BOUNDARIES = [
    *boundaries_received.BOUNDARIES,
    *boundaries_tables.BOUNDARIES,
    *boundaries_money.BOUNDARIES,
    *boundaries_recovery.BOUNDARIES,
    *boundaries_cases.BOUNDARIES,
    *boundaries_books.BOUNDARIES,
    *boundaries_bodies.BOUNDARIES,
]
CONSEQUENCES = [*consequences_told.CONSEQUENCES, *boundaries_bodies.CONSEQUENCES]


@pytest.fixture(autouse=True, scope="module")
def whatever_is_broken_was_tried() -> Iterator[None]:
    """In every case of this page: no rule finds anything where it is said to have had nothing to be held on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "broken_checks", _broken_and_tried)
        patch.setattr(findings, "failing", _failing_and_tried)
        yield


def _broken_and_tried(line: Line, checked: Sequence[Check]) -> tuple[Check, ...]:
    broken = checks.broken_checks(line, checked)
    assert {*broken} <= {*checks.tried_checks(line, checked)}, broken
    return broken


def _failing_and_tried(*of_table: Any) -> Iterator[tuple[TableRule, Record]]:
    for rule, row in failing(*of_table):
        tried = rules()[rule.id].tried
        assert tried, rule
        assert tried.table != rule.table or (tried.is_there(row) and tried.is_known(row)), (rule, row)
        yield rule, row


@cache
def told_by(case: Case) -> Found:
    """What a case finds, which several tests look at."""
    return case()


def found(case: Case) -> list[str]:
    return [finding["rule"] for finding in told_by(case)]


def wrong(expected: Callable[[Boundary], tuple[Case, list[str]]]) -> list[tuple[int, str, list[str]]]:
    """The boundaries, by number and rule, in whose case something else is found than is expected."""
    tried = ((number, each.rule, *expected(each)) for number, each in enumerate(BOUNDARIES))
    return [(number, rule, told) for number, rule, case, rules in tried if (told := found(case)) != rules]


def test_every_rule_that_ends_in_findings_has_a_pair_of_cases():
    assert {boundary.rule for boundary in BOUNDARIES} == {rule.id for rule in found_rules()}


def test_the_nearest_case_that_holds_is_nothing_to_find():
    assert wrong(lambda boundary: (boundary.holds, list(boundary.beside))) == []


def test_the_nearest_case_that_breaks_is_found_and_nothing_else_is():
    assert wrong(lambda boundary: (boundary.breaks, [boundary.rule] * boundary.times)) == []


def test_what_is_found_is_as_severe_as_its_rule_and_is_told_in_both_languages():
    for boundary in BOUNDARIES:
        rule, told = rules()[boundary.rule], told_by(boundary.breaks)
        assert told, boundary.rule
        for finding in told:
            assert finding["severity"] == rule.severity, boundary.rule
            for template, message in ((rule.sv, finding["message_sv"]), (rule.en, finding["message_en"])):
                assert message.startswith(template.partition("{")[0]), boundary.rule
                assert "{" not in message, boundary.rule


def test_every_consequence_has_a_case():
    declared = {(rule, cause) for rule, causes in consequences().items() for cause in causes}
    assert {(each.rule, each.cause) for each in CONSEQUENCES} == declared


def test_what_another_rule_explains_is_not_reported_again():
    told = [(each.rule, each.cause, found(each.case)) for each in CONSEQUENCES]
    assert [each for each in told if each[2] != [each[1]]] == []


def test_without_its_cause_declared_each_consequence_would_be_reported(monkeypatch: pytest.MonkeyPatch):
    """Else the case would show nothing."""
    for module in (checks, findings):
        monkeypatch.setattr(module, "consequences", dict)
    told = [(each.rule, each.cause, {finding["rule"] for finding in each.case()}) for each in CONSEQUENCES]
    assert [each for each in told if not {*each[:2]} <= each[2]] == []


def test_whoever_reported_and_repaid_without_a_decision_is_found_once():
    case = account(decisions(), reports("Exempelkommun 01: 0 oanvänt"), repayments("Exempelkommun 01: 110 191"))
    assert found(case) == ["report_without_decision"]
