"""What rules are held on: each says of what kind of thing, in both languages, and names columns that there are."""

import pytest

from assets.domain.trials import MATERIAL as COUNTED
from schemas.rules import trials
from schemas.rules.constraints import NotNull, TableRule
from schemas.rules.rule import rules
from schemas.tables import TABLES, project
from schemas.texts.catalogue import known
from schemas.words.trials import COUNTED_IN_ROWS, COUNTED_IN_TABLES, MATERIAL, NOT_TRIED, TRIED_ON

TITLED = [rule for rule in rules().values() if rule.title]


def test_every_rule_of_an_auditors_list_says_what_it_is_held_on_and_no_other_does():
    assert [rule.id for rule in TITLED if rule.tried is None] == []
    assert [rule.id for rule in rules().values() if rule.tried and not rule.title] == []


def test_every_kind_of_thing_is_used_counted_in_one_way_and_has_a_label():
    assert {rule.tried.things for rule in TITLED if rule.tried} == set(TRIED_ON)
    assert set(COUNTED) | {"published_versions", "register_rows"} == set(MATERIAL)
    for rule in TITLED:
        assert rule.tried
        kinds = MATERIAL if rule.tried.things in MATERIAL else COUNTED_IN_TABLES if rule.holds else COUNTED_IN_ROWS
        assert rule.tried.things in kinds or rule.tried.things == "events", rule.id
    names = [*(f"tried_on_{name}" for name in TRIED_ON), *(f"not_tried_{name}" for name in NOT_TRIED)]
    assert [name for name in names if not known(name)] == []


def test_a_rule_about_a_table_names_columns_that_the_table_has():
    for rule in TITLED:
        tried = rule.tried
        if tried and tried.table:
            named = {*tried.have, *(column for group in tried.known for column in group)}
            named |= {each.column for each in (tried.only, tried.but_for) if each}
            assert named <= project.columns(TABLES[tried.table]).keys(), rule.id


def test_without_more_said_a_rule_is_held_on_the_rows_that_have_what_it_compares():
    tried = rules()["salary_above_used"].tried
    assert tried
    rows = [{"salary_sek": salary, "used_sek": used} for salary in (1, None) for used in (2, None)]
    assert [tried.is_known(row) for row in rows] == [True, False, False, False]


def test_of_columns_of_which_one_is_enough_one_is():
    tried = trials.declared("r", {"things": "reports", "known": ["a", ["b", "c"]]}, TableRule("r", "t", NotNull("a")))
    row = {"a": 1, "b": None, "c": None}
    assert [tried.is_known(row | more) for more in ({}, {"b": 1}, {"c": 0}, {"c": 0, "a": None})] == [
        False,
        True,
        True,
        False,
    ]


def test_rows_that_are_no_such_thing_are_none():
    said = {"things": "reports", "have": ["a"], "only": {"column": "b", "values": ["x"]}}
    tried = trials.declared("r", said, TableRule("r", "t", NotNull("a")))
    rows = [{"a": 1, "b": "x"}, {"a": None, "b": "x"}, {"a": 1, "b": "y"}]
    assert [tried.is_there(row) for row in rows] == [True, False, False]


def test_a_kind_of_thing_that_there_is_not_fails_the_build():
    with pytest.raises(ValueError, match="not tried on"):
        trials.declared("r", "unicorns", None)
