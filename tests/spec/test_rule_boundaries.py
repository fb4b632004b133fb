"""Every rule on both sides of its boundary: the nearest case that holds, and the nearest that breaks and is found.

The pairs are declared in boundaries_*.py and consequences.py. A rule without a pair fails here, and so does a pair of a
rule that is gone.
"""

import pytest

from assets.domain import breaches, records
from schemas.rules.rule import consequences, found_rules, rules
from tests.spec import boundaries_books, boundaries_cases, boundaries_money, boundaries_received, boundaries_tables
from tests.spec.boundaries import Boundary, Case, Consequence
from tests.spec.computations import account
from tests.spec.consequences import CONSEQUENCES
from tests.spec.language import decisions, repayments, reports

BOUNDARIES = [
    *boundaries_received.BOUNDARIES,
    *boundaries_tables.BOUNDARIES,
    *boundaries_money.BOUNDARIES,
    *boundaries_cases.BOUNDARIES,
    *boundaries_books.BOUNDARIES,
]

every_boundary = pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda boundary: boundary.rule)
every_consequence = pytest.mark.parametrize("declared", CONSEQUENCES, ids=lambda each: f"{each.rule}-{each.cause}")


def found(case: Case) -> list[str]:
    return [finding["rule"] for finding in case()]


def test_every_rule_that_ends_in_findings_has_a_pair_of_cases():
    assert {boundary.rule for boundary in BOUNDARIES} == {rule.id for rule in found_rules()}


@every_boundary
def test_the_nearest_case_that_holds_is_nothing_to_find(boundary: Boundary):
    assert found(boundary.holds) == list(boundary.beside)


@every_boundary
def test_the_nearest_case_that_breaks_is_found_and_nothing_else_is(boundary: Boundary):
    assert found(boundary.breaks) == [boundary.rule] * boundary.times


@every_boundary
def test_what_is_found_is_as_severe_as_its_rule_and_is_told_in_both_languages(boundary: Boundary):
    for finding in boundary.breaks():
        rule = rules()[boundary.rule]
        assert finding["severity"] == rule.severity
        for template, told in ((rule.sv, finding["message_sv"]), (rule.en, finding["message_en"])):
            assert told.startswith(template.partition("{")[0])
            assert "{" not in told


def test_every_consequence_has_a_case():
    declared = {(rule, cause) for rule, causes in consequences().items() for cause in causes}
    assert {(each.rule, each.cause) for each in CONSEQUENCES} == declared


@every_consequence
def test_what_another_rule_explains_is_not_reported_again(declared: Consequence):
    assert found(declared.case) == [declared.cause]


@every_consequence
def test_without_its_cause_declared_each_consequence_would_be_reported(
    declared: Consequence, monkeypatch: pytest.MonkeyPatch
):
    """Else the case would show nothing."""
    for module in (records, breaches):
        monkeypatch.setattr(module, "consequences", dict)
    assert {declared.rule, declared.cause} <= set(found(declared.case))


def test_whoever_reported_and_repaid_without_a_decision_is_found_once():
    case = account(decisions(), reports("Exempelkommun 01: 0 oanvänt"), repayments("Exempelkommun 01: 110 191"))
    assert found(case) == ["report_without_decision"]
