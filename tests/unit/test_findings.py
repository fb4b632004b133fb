"""What the system can say: every rule is used, and every sentence can be said with what is known."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.conform import PROBLEMS
from assets.domain.findings import ADDRESS, PROBLEM, VALUES, numbered, worded
from assets.domain.frames import sentence
from assets.frames import frame_of, records_of
from schemas.configuration import catalogue
from schemas.rules.rule import Rule, Stop, found_rules, received_rules, rules
from schemas.tables import TABLES, project
from schemas.words.vocabulary import LANGUAGES, SEVERITIES
from tests.frames import computed, table

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("schemas", "assets", "pipelines") for path in sorted((ROOT / folder).rglob("*.py"))]
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
NAMEABLE = {*VALUES, *ADDRESS, "recipient_code"}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def stops() -> Iterator[ast.Call]:
    """Every `Stop("rule", ...)` in the sources."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Stop":
                yield node


def rules_named() -> set[str]:
    """Every text in the sources, and every rule a form excludes rows by."""
    texts = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    programmes = [catalogue.programme(name) for name in catalogue.programme_names()]
    return texts | {each.rule for one in programmes for form in one.forms.values() for each in form.excluded_when}


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_a_rule_says_the_same_in_both_languages(rule: Rule):
    assert placeholders(rule.sv) == placeholders(rule.en)
    assert rule.severity in SEVERITIES


@pytest.mark.parametrize("rule", received_rules(), ids=lambda rule: rule.id)
def test_the_sentence_of_a_finding_names_only_what_a_finding_has(rule: Rule):
    assert placeholders(rule.sv) <= NAMEABLE


@pytest.mark.parametrize("rule", [rule for rule in found_rules() if rule.holds], ids=lambda rule: rule.id)
def test_the_sentence_of_a_rule_of_a_table_names_only_columns_of_the_table(rule: Rule):
    assert placeholders(rule.sv) <= {*project.columns(TABLES[rule.holds.table]), *ADDRESS}


def test_every_rule_is_used_by_some_code():
    assert {rule.id for rule in rules().values() if not rule.holds} - rules_named() == set()


def test_every_stop_gives_exactly_the_values_its_sentence_names():
    calls = list(stops())
    assert len(calls) > 10
    for call in calls:
        [name] = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        assert rules()[name].severity == "stop"
        assert {keyword.arg for keyword in call.keywords} == placeholders(rules()[name].sv), name


def test_a_stop_says_its_sentence_in_either_language():
    stop = Stop("file_empty", file="f.csv")
    assert str(stop) == "f.csv är tom. Exportera filen på nytt."
    assert stop.sentence("en") == "f.csv is empty. Export the file again."


def test_a_sentence_without_one_of_its_values_is_an_error():
    with pytest.raises(KeyError, match="missing"):
        rules()["form_unknown"].message(LANGUAGES[0], {"file": "f", "form": "g"})


def problem(rule: str, **values: object) -> dict[str, object]:
    return {"rule": rule, "source_file": "f.csv", "source_row": 7, "provenance": "real", **values}


def findings(*problems: dict[str, object]) -> list[dict[str, object]]:
    return [row for frame in worded(frame_of(problems, PROBLEMS), received_rules()) for row in records_of(frame)]


def test_a_finding_is_the_problem_in_the_words_of_its_rule():
    [finding] = findings(
        problem(
            "name_by_likeness",
            name="Exempelkomun 01",
            official_name="Exempelkommun 01",
            recipient_code="9901",
            score=93,
            source_column="C",
        )
    )
    assert finding["message_sv"] == (
        "”Exempelkomun 01” finns inte i registret och tolkades som Exempelkommun 01 (9901) på grund av likhet (93 %)."
        " Rätta namnet i källan eller lägg till ett alias i programme.yaml."
    )
    assert (finding["severity"], finding["source_row"], finding["source_column"]) == ("warn", 7, "C")


def test_a_value_that_is_not_known_reads_as_a_dash():
    [finding] = findings(problem("value_missing"))
    assert finding["message_en"] == "A value is missing in the column “–”. Supply it at the source."


def test_braces_in_a_name_are_said_as_they_stand():
    [finding] = findings(problem("name_by_likeness", name="{score}", suggestions="A"))
    assert str(finding["message_sv"]).startswith("”{score}” finns inte")


def test_a_name_that_is_nobodys_is_not_shown():
    """What stands in the wrong column may be a person's name; the address leads to it."""
    [finding] = findings(problem("name_unknown", name="Anna Andersson", suggestions="A"))
    assert "Anna" not in f"{finding['message_sv']}{finding['message_en']}"


def test_a_stop_is_never_a_finding():
    assert findings(problem("file_empty")) == []


def test_a_template_with_a_name_that_is_no_column_is_an_error():
    with pytest.raises(KeyError, match="other"):
        sentence("{other}", ["name"], "name")


def test_a_template_without_placeholders_is_said_as_it_is():
    assert computed(sentence("Ingen åtgärd.", [], "name"), name=["a", None]) == ["Ingen åtgärd."] * 2


def test_findings_are_numbered_from_one_in_order_of_address():
    rows = table(
        "core_finding",
        {"source_file": "b.csv", "source_row": 1, "rule": "r"},
        {"source_file": "a.csv", "source_row": 10, "rule": "r"},
        {"source_file": "a.csv", "source_row": 9, "rule": "r"},
    ).drop("finding_no")
    in_order = sorted(records_of(numbered(rows)), key=lambda row: row["finding_no"])
    assert [(row["finding_no"], row["source_file"], row["source_row"]) for row in in_order] == [
        (1, "a.csv", 9),
        (2, "a.csv", 10),
        (3, "b.csv", 1),
    ]


def test_a_problem_has_an_address_and_every_value_a_sentence_may_name():
    assert set(PROBLEM) >= NAMEABLE
