"""`statsbidrag rules` and `statsbidrag dictionary`, and the pages of docs/ that are generated."""

import json

import pytest

from pipelines.documentation.__main__ import ROOT, pages
from schemas.rules.rule import rules
from schemas.tables import PUBLISHED, RELEASED, project
from tests.integration.command import statsbidrag


def test_rules_lists_every_rule_with_its_title_and_ground_by_severity():
    told = statsbidrag("rules").stdout
    assert [line.split(" ")[0] for line in told.splitlines() if line[:1].strip()] == ["stop", "quarantine", "warn"]
    line = next(line for line in told.splitlines() if line.strip().startswith("salary_above_used"))
    assert "Löner över använda medel" in line
    assert "8 § SFS 2022:1416" in line
    titled = {rule.id for rule in rules().values() if rule.title}
    assert titled == {line.split()[0] for line in told.splitlines() if line.startswith("  ")}


def test_rules_come_in_english_and_as_json():
    told = statsbidrag("rules", "--language", "en").stdout
    assert "Salaries above what was used" in told
    records = json.loads(statsbidrag("rules", "--json").stdout)
    [record] = [each for each in records if each["rule"] == "salary_above_used"]
    assert record["holds"] == "core_usage_report: salary_sek <= used_sek"
    assert record["waivable"] is True


def test_dictionary_lists_every_published_column_with_its_reason_to_be_empty():
    told = statsbidrag("dictionary").stdout.splitlines()
    assert [line.split()[0] for line in told if line[:1].strip()] == list(PUBLISHED)
    columns = sum(len(project.columns(RELEASED[name])) for name in PUBLISHED)
    assert sum(1 for line in told if line.startswith("  ")) == columns + len(PUBLISHED)


def test_dictionary_of_one_table_and_as_json():
    told = statsbidrag("dictionary", "out_annex").stdout
    assert "no report: unknown, not zero" in told
    assert "core_row" not in told
    records = json.loads(statsbidrag("dictionary", "out_annex", "--json").stdout)
    assert {record["table_name"] for record in records} == {"out_annex"}


def test_dictionary_of_a_printed_table():
    told = statsbidrag("dictionary", "out_table__stadigvarande_boende__delredovisning_2024__3").stdout
    assert "Verksamhetsområden som kommunerna arbetat med 2023" in told
    assert "Andel kommuner (%)" in told


@pytest.mark.rule("table_unknown")
@pytest.mark.parametrize("table", ["finns_inte", "raw_row"])
def test_a_table_that_is_not_published_is_wrong_use(table: str):
    done = statsbidrag("dictionary", table)
    assert done.returncode == 2
    assert table in done.stderr
    assert "out_annex" in done.stderr


@pytest.mark.parametrize(("name", "told"), [("stadigvarande-boende", "finns redan"), ("Nytt bidrag", "a–z, 0–9")])
def test_a_programme_of_a_wrong_name_is_wrong_use(name: str, told: str):
    done = statsbidrag("programme", "new", name)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_the_committed_pages_are_the_generated_ones():
    for name, page in pages().items():
        assert (ROOT / name).read_text("utf-8") == page, f"run make docs: {name}"
