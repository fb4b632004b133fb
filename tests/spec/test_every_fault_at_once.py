"""What is wrong in one file of a programme hides nothing that is wrong in another, and makes nothing else wrong."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from pipelines.commands.endings import ended
from schemas.configuration import yaml_source
from schemas.configuration.catalogue import load_programme
from schemas.configuration.faults import ConfigurationError
from tests.spec import test_every_fault_of_a_programmes_yaml as single_file
from tests.spec import test_what_a_programme_must_agree_on as between_files
from tests.spec.yaml_faults import DECISIONS, FUNDS, NAME, PROGRAMME, QUESTIONS, Fault, parsed_once, spoil, written

REST_ON_OTHERS = ("round_without_form", "base_not_asked", "forms_overlap", "key_misplaced")
"""Rules of which nothing can be told where a form, or the key itself, is wrong."""

FAULTS: list[Fault] = [
    fault
    for rule, fault in (each.values for each in (*single_file.FAULTS, *between_files.FAULTS))
    if rule not in REST_ON_OTHERS
]
Told = set[tuple[str, int | None, str]]


def refusal(folder: Path, faults: Iterable[Fault]) -> ConfigurationError:
    made = written(folder)
    for fault in faults:
        spoil(made, fault)
    with patch.object(yaml_source, "parsed", parsed_once), pytest.raises(ConfigurationError) as raised:
        load_programme(made)
    return raised.value


def told(folder: Path, *faults: Fault) -> Told:
    return {(each.place.file, each.place.line, each.rule) for each in refusal(folder, faults).faults}


def test_two_faults_in_two_files_are_both_told_and_nothing_else(tmp_path: Path):
    alone = [told(tmp_path, fault) for fault in FAULTS]
    by_file = sorted(range(len(FAULTS)), key=lambda at: (at % 7, FAULTS[at].file))
    pairs = [(one, other) for one, other in pairwise(by_file) if FAULTS[one].file != FAULTS[other].file]
    assert len(pairs) > 20
    for one, other in pairs:
        both = told(tmp_path, FAULTS[one], FAULTS[other])
        assert both == alone[one] | alone[other], (FAULTS[one], FAULTS[other])


MANY = [
    Fault(PROGRAMME, "agency: Myndigheten\n", ""),
    Fault(PROGRAMME, "funds, usage_report]", "fund, usage_report]"),
    Fault(DECISIONS, "fields:", "feilds:"),
    Fault(FUNDS, "identity: recipient", "identity: recipients"),
    Fault(QUESTIONS, "type: multiple", "type: many"),
]


def test_the_command_line_lists_every_fault_and_one_sentence_has_the_first_and_the_count(tmp_path: Path):
    error = refusal(tmp_path, MANY)
    lines = str(ended(error, 1)).splitlines()
    assert [line.partition(",")[0].removeprefix(f"programmes/{NAME}/") for line in lines] == [
        DECISIONS,
        FUNDS,
        PROGRAMME,
        PROGRAMME,
        QUESTIONS,
    ]
    assert lines[0].endswith("det finns ingen nyckel ”feilds”; menade du ”fields”?")
    assert lines[3].endswith("det finns inget formulär som heter ”fund”; menade du ”funds”?")
    assert str(error) == f"{lines[0]} (Ytterligare fel: 4.)"
    assert error.sentences("en")[0].endswith("did you mean “fields”?")


def test_every_key_and_value_of_one_file_that_cannot_be_read_is_told_beside_what_is_wrong_else(tmp_path: Path):
    twice = Fault(PROGRAMME, "agency: Myndigheten\n", "agency: A\nagency: B\nreply_days: 2024-02-30\ncolour: red\n")
    found = told(tmp_path, twice, Fault(DECISIONS, "fields:", "feilds:"))
    assert sorted(rule for *_, rule in found) == ["key_twice", "key_unknown", "key_unknown", "value_impossible"]
