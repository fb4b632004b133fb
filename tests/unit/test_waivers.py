"""A waiver as programme.yaml declares it: which rules may be set aside, why, by whom, and until when."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.configuration.catalogue import PROGRAMMES, ConfigurationError, load_programme
from schemas.configuration.programme import Waiver
from schemas.rules.rule import found_rules, rules

NAME = "stadigvarande-boende"
SOUND: dict[str, Any] = {
    "rule": "used_above_granted",
    "reason": "0123456789",
    "by": "A",
    "date": "2024-06-01",
    "expires": "2024-06-01",
}


def declared(folder: Path, *waivers: dict[str, Any]) -> tuple[Waiver, ...]:
    """The waivers of 2023, read from a programme that declares these."""
    copy = Path(shutil.copytree(PROGRAMMES / NAME, folder / NAME))
    content = yaml.safe_load((copy / "programme.yaml").read_text("utf-8"))
    content["rounds"][2023]["waivers"] = list(waivers)
    (copy / "programme.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return load_programme(copy).rounds[2023].waivers


def test_a_reason_of_ten_letters_and_a_waiver_of_one_day_are_enough(tmp_path: Path):
    [waiver] = declared(tmp_path, SOUND)
    assert (waiver.rule, len(waiver.reason), waiver.date) == ("used_above_granted", 10, waiver.expires)


WRONG = [
    ({"reason": "012345678"}, "reason"),
    ({"by": ""}, "by"),
    ({"expires": "2024-05-31"}, "undantaget från ”used_above_granted” upphör före sitt datum"),
    ({"expires": None}, "expires"),
    ({"until": "2024-06-02"}, "until"),
    ({"rule": "used_above_grant"}, "undantas och heter ”used_above_grant”; menade du ”used_above_granted”?"),
    ({"rule": "amount_unreadable"}, "ingen regel som kan undantas och heter ”amount_unreadable”"),
    ({"rule": "zzz"}, "ingen regel som kan undantas och heter ”zzz”; det finns name_by_likeness, "),
]


def test_what_is_wrong_with_a_waiver_is_one_sentence_that_says_where(tmp_path: Path):
    for number, (changed, told) in enumerate(WRONG):
        with pytest.raises(ConfigurationError) as error:
            declared(tmp_path / str(number), SOUND | changed)
        sentence = str(error.value)
        assert sentence.startswith(f"programmes/{NAME}/programme.yaml, rad "), changed
        assert told in sentence, changed
        assert "\n" not in sentence, changed


def test_a_rule_is_waived_once_in_a_round(tmp_path: Path):
    """Of two waivers nobody could tell which holds; one is renewed by moving its dates."""
    renewed = SOUND | {"date": "2024-07-01", "expires": "2024-12-31"}
    with pytest.raises(ConfigurationError, match="”used_above_granted” är undantagen mer än en gång"):
        declared(tmp_path, SOUND, renewed)


ROW = {"file": "beslut.xlsx", "row": 7}


def test_a_rule_may_be_waived_for_several_rows_and_for_each_once(tmp_path: Path):
    declared(tmp_path / "0", SOUND | ROW, SOUND | ROW | {"row": 8}, SOUND | {"case_number": "EX 1"})
    with pytest.raises(ConfigurationError, match="”used_above_granted” är undantagen mer än en gång"):
        declared(tmp_path / "1", SOUND | ROW, SOUND | ROW)


def test_a_waiver_is_narrowed_to_a_whole_address_or_to_a_case_number_and_not_to_both(tmp_path: Path):
    for number, narrowed in enumerate(({"file": "beslut.xlsx"}, {"row": 7}, ROW | {"case_number": "EX 1"})):
        with pytest.raises(ConfigurationError, match="ska gälla en rad"):
            declared(tmp_path / str(number), SOUND | narrowed)


def test_two_rules_may_be_waived_in_one_round(tmp_path: Path):
    waivers = declared(tmp_path, SOUND, SOUND | {"rule": "unused_above_granted"})
    assert [waiver.rule for waiver in waivers] == ["used_above_granted", "unused_above_granted"]


def test_what_keeps_a_row_or_is_about_a_table_may_be_waived_but_no_fault_of_the_system():
    kept = {rule.id for rule in found_rules() if rule.severity == "warn"}
    of_tables = {rule.id for rule in found_rules() if rule.holds and "fel i systemet" not in rule.sv}
    assert {rule.id for rule in rules().values() if rule.waivable} == kept | of_tables
    assert "name_unknown" not in kept | of_tables
