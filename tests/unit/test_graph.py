"""What Dagster is told: every table an asset with its columns and lineage, and its own checks, each by round."""

from __future__ import annotations

from collections import Counter

import dagster as dg
import pytest

from assets.checks import Counts, about, refusals, results_of, table_of
from assets.graph import DECLARED, OF_A_ROUND, SPANNING, chosen_date
from assets.lineage import ACCEPTED, MADE_FROM, ORDER, PUBLISHED_VERSION, RECEIVED
from pipelines.definitions import JOB, PUBLICATION_JOB, ROUND_JOB, defs
from schemas.configuration import catalogue
from schemas.rules.rule import found_rules, rules
from schemas.tables import ROUND_TABLES, SPANNING_TABLES, TABLES
from schemas.tables.base import table_name
from tests.stops import stops_by

NO_TABLES = {RECEIVED, ACCEPTED, PUBLISHED_VERSION}


@pytest.fixture(scope="module")
def graph() -> dg.AssetGraph:
    return defs.get_repository_def().asset_graph


def keys(names: set[str]) -> set[dg.AssetKey]:
    return {dg.AssetKey(name) for name in names}


def test_every_table_is_an_asset_and_there_is_nothing_else(graph: dg.AssetGraph):
    assert graph.get_all_asset_keys() == keys({*TABLES, *NO_TABLES})
    assert set(OF_A_ROUND) == {table_name(table) for table in ROUND_TABLES}
    assert set(SPANNING) == {table_name(table) for table in SPANNING_TABLES}


def test_an_asset_has_the_columns_owner_group_and_meaning_of_its_table(graph: dg.AssetGraph):
    for name, table in TABLES.items():
        node = graph.get(dg.AssetKey(name))
        columns = [column.name for column in node.metadata["dagster/column_schema"].columns]
        assert set(columns) == set(table.to_schema().columns), name
        assert node.owners, name
        assert node.group_name != "default", name
        assert node.description, name


def test_lineage_leads_from_what_was_received_to_the_version(graph: dg.AssetGraph):
    assert set(MADE_FROM) == set(TABLES)
    assert {parent for parents in MADE_FROM.values() for parent in parents} <= {*TABLES, *NO_TABLES}
    for table, parents in MADE_FROM.items():
        assert graph.get(dg.AssetKey(table)).parent_keys == keys(set(parents)), table
        assert all(ORDER.index(parent) < ORDER.index(table) for parent in parents if parent in TABLES), table
    assert graph.get(dg.AssetKey(RECEIVED)).parent_keys == set()
    assert graph.get(dg.AssetKey(PUBLISHED_VERSION)).parent_keys == keys({ACCEPTED, *SPANNING})


def test_partitions_are_the_declared_rounds_and_no_others(graph: dg.AssetGraph):
    declared = {f"{name}-{year}" for name in catalogue.programme_names() for year in catalogue.programme(name).rounds}
    assert set(DECLARED) == declared
    for name in (*OF_A_ROUND, RECEIVED, ACCEPTED):
        partitions = graph.get(dg.AssetKey(name)).partitions_def
        assert partitions
        assert set(partitions.get_partition_keys()) == declared, name


def test_no_asset_is_without_checks_and_a_rounds_checks_belong_to_the_rounds(graph: dg.AssetGraph):
    checked = {key.asset_key for key in graph.asset_check_keys}
    assert checked == graph.get_all_asset_keys()
    for key in graph.asset_check_keys:
        assert graph.get(key).partitions_def == graph.get(key.asset_key).partitions_def, key


def test_every_rule_that_ends_in_findings_is_in_one_check_of_the_table_it_is_about(graph: dg.AssetGraph):
    names = {"stop": "stops", "quarantine": "quarantines", "warn": "warnings"}
    for rule in found_rules():
        table = table_of(rule)
        assert rule in about(table, rule.severity)
        assert dg.AssetCheckKey(dg.AssetKey(table), names[rule.severity]) in graph.asset_check_keys, rule.id
    told = Counter(rule.id for table in OF_A_ROUND for severity in names for rule in about(table, severity))
    assert set(told.values()) == {1}
    assert set(told) == {rule.id for rule in found_rules()}


def test_what_stops_is_blocking_and_what_does_not_is_not():
    specs = {spec.key: spec for asset in defs.assets for spec in asset.check_specs}
    for key, spec in specs.items():
        if key.name in {"contract", "stops", "readable", "complete"}:
            assert spec.blocking, key
        if key.name in {"quarantines", "warnings"}:
            assert not spec.blocking, key


def test_jobs_hold_every_asset_and_run_in_one_process(graph: dg.AssetGraph):
    whole, one, publication = (defs.resolve_job_def(name) for name in (JOB, ROUND_JOB, PUBLICATION_JOB))
    assert whole.asset_layer.selected_asset_keys == graph.executable_asset_keys
    assert one.asset_layer.selected_asset_keys == keys({RECEIVED, ACCEPTED, *OF_A_ROUND})
    assert publication.asset_layer.selected_asset_keys == keys({PUBLISHED_VERSION, *SPANNING})
    assert {job.executor_def.name for job in (whole, one, publication)} == {"in_process"}


def test_what_a_person_may_choose_is_described():
    [fields] = [
        resource.config_schema.config_type.fields for resource in [defs.resources["settings"].get_resource_definition()]
    ]
    assert "YYYY-MM-DD" in fields["as_of"].description


# -- what a check says ------------------------------------------------------------------------------------------------
RULE = next(rule for rule in found_rules() if rule.severity == "stop")
TABLE = table_of(RULE)
HELD = {
    rule.id: {"tried_on": rule.tried.things, "tried_count": 17, "not_tried": None}
    for rule in rules().values()
    if rule.tried
}


def results(found: int, waived: int) -> dict[str, dg.AssetCheckResult]:
    counts = Counts({RULE.id: found}, {RULE.id: waived}, HELD)
    return dict(results_of(TABLE, 17, counts, lambda rule: f"/report#{rule}"))


def test_a_check_says_how_many_were_found_what_to_do_and_where_to_read_on():
    failed = results(3, 1)["stops"]
    assert not failed.passed
    assert failed.severity == dg.AssetCheckSeverity.ERROR
    assert failed.description == f"{RULE.called('en')}: 2"
    assert failed.metadata["findings"].value == 3
    assert failed.metadata["waived"].value == 1
    consequence, todo = failed.metadata["what_to_do"].value.split("\n")
    assert consequence.startswith("Nothing is published")
    assert todo.startswith(f"{RULE.called('en')}: ")
    assert "{" not in todo
    assert failed.metadata["report"].value == f"/report#{RULE.id}"
    [record] = failed.metadata["found"].records
    assert record.data == {"rule": RULE.id, "title": RULE.called("en"), "findings": 3, "waived": 1, "held_on": 17}


def test_what_a_waiver_covers_fails_no_check_and_refuses_no_round():
    assert results(2, 2)["stops"].passed
    assert refusals(Counts({RULE.id: 2}, {RULE.id: 2}, HELD)) == []
    assert refusals(Counts({RULE.id: 2}, {RULE.id: 1}, HELD)) == [RULE]


def test_a_check_of_which_no_rule_could_be_tried_has_not_passed_and_blocks_nothing_and_says_why():
    held = about(TABLE, RULE.severity)
    nothing = {rule.id: {**HELD[rule.id], "tried_count": 0, "not_tried": "nothing_there"} for rule in held}
    untried = dict(results_of(TABLE, 0, Counts({}, {}, HELD | nothing), str))["stops"]
    assert (untried.passed, untried.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert untried.description.startswith("Nothing was tried, so this is no pass: could not be tried: no ")
    assert untried.metadata["rules_not_tried"].value == len(held)
    assert [record.data["rule"] for record in untried.metadata["not_tried"].records] == [rule.id for rule in held]

    [_, *others] = nothing
    partly = dict(results_of(TABLE, 0, Counts({}, {}, HELD | {name: nothing[name] for name in others}), str))["stops"]
    assert partly.passed
    told = f"{len(others)} of {len(held)} rules could not be tried."
    assert partly.description == (f"Nothing found. {told}" if others else "Nothing found.")


def test_a_contract_tells_the_rows_that_were_held_against_it():
    kept = results(0, 0)["contract"]
    assert kept.passed
    assert kept.metadata["rows"].value == 17


@pytest.mark.rule("as_of_unreadable")
def test_a_date_that_is_none_is_a_stop_that_says_how_to_write_it():
    with stops_by("as_of_unreadable", where="as_of", todo="Skriv det som ÅÅÅÅ-MM-DD"):
        chosen_date("2023-02-30")
