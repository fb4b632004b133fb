"""Who can mend what a rule finds, and what the sender is told of it, are said of each rule in the rulebook."""

import re
import string

from schemas.rules.rule import Rule, found_rules, rules
from schemas.words.vocabulary import LANGUAGES
from tests.receipts import ANTICIPATES

AMOUNTS = {"used_sek", "unused_sek", "salary_sek", "granted_as_reported_sek", "granted_when_reported_sek"}
TOLD = [rule for rule in rules().values() if rule.to_sender]


def named(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_rule_that_finds_something_says_who_can_mend_it_and_no_other_does():
    assert [rule.id for rule in found_rules() if rule.mends not in ("sender", "agency", "nobody")] == []
    assert [rule.id for rule in rules().values() if rule.mends and rule not in found_rules()] == []


def test_what_the_sender_can_mend_is_told_in_both_languages():
    assert [rule.id for rule in found_rules() if rule.mends == "sender" and not rule.to_sender] == []
    assert [rule.id for rule in TOLD if set(rule.to_sender or ()) != set(LANGUAGES) or rule.mends == "nobody"] == []


def test_what_is_told_names_the_column_and_the_recipients_own_amounts_and_nothing_else():
    def others(rule: Rule) -> set[str]:
        both = [named(said) for said in (rule.to_sender or {}).values()]
        assert both[0] == both[1], rule.id
        return both[0] - AMOUNTS - {"header", "condition"}

    assert {rule.id: others(rule) for rule in TOLD if others(rule)} == {}


def test_what_is_told_anticipates_no_decision_and_says_nothing_of_our_files():
    for rule in TOLD:
        for language, said in (rule.to_sender or {}).items():
            assert re.search(ANTICIPATES[language], said, re.IGNORECASE) is None, (rule.id, said)
            assert re.search(r"yaml|källkort|källan|karantän|quarantine|corrections", said, re.IGNORECASE) is None, (
                rule.id
            )


def test_where_it_is_not_sure_whose_the_row_is_the_sender_is_told_nothing_of_it():
    doubts = [rule for rule in rules().values() if rule.doubts_sender]
    assert len(doubts) >= 7
    assert [rule.id for rule in doubts if rule.mends != "agency" or rule.to_sender] == []
