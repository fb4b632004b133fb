"""A rule says on how many things it was held; where there was nothing to hold it on it has not passed, and says why.

Four municipalities are granted money. Three report, one of them without saying what was used.
"""

from functools import cache

import pytest

from schemas.rules.rule import rules
from schemas.rules.said_trials import said
from tests.spec import rounds
from tests.spec.language import DECISIONS, PROGRAMME, REPORTS, Rows, computed, decisions, reports, survey
from tests.spec.language import EVENTS as MONEY

GRANTED: Rows = [
    *decisions("Exempelkommun 01: 100 000", due="2024-02-01", decided="2023-03-01", case="EX-1"),
    *decisions("Exempelkommun 02: 100 000", due="2024-02-01", decided="2023-03-01", case="EX-2"),
    *decisions("Exempelkommun 03: 100 000", decided="2023-03-01"),
    *decisions("Exempelkommun 04: 100 000"),
]
REPORTED: Rows = [
    *reports("Exempelkommun 01: 100 000 beviljat, 60 000 använt, 40 000 oanvänt, 50 000 löner"),
    *reports("Exempelkommun 02: 70 000 använt, 30 000 oanvänt, 20 000 löner"),
    *reports("Exempelkommun 03: 10 000 oanvänt"),
]
EVENTS: Rows = [
    {"recipient_name": "Exempelkommun 01", "event": "Återkrävt och återbetalt", "amount_sek": "1 000", "event_no": "1"},
    {"event": "Disponibla medel", "amount_sek": "500 000"},
]


@cache
def tried() -> dict[str, tuple[int, str | None]]:
    """On how many things each rule was held in the round, and why one could not be."""
    rows = computed(GRANTED, REPORTED, EVENTS)["core_rule_result"]
    return {row["rule"]: (row["tried_count"], row["not_tried"]) for row in rows}


@pytest.mark.parametrize(
    ("rule", "count", "why"),
    [
        ("name_unknown", 8, "four decisions, three reports and one event name somebody"),
        ("amount_negative", 14, "four granted; four, three and one in reports; two of events"),
        ("amount_unreadable", 14, "the same cells"),
        ("date_unreadable", 5, "three decisions have a day, and two of them a last day to report"),
        ("row_too_long", 9, "every row of data"),
        ("duplicate_key", 7, "decisions and reports: of each grant one may count"),
        ("grant_not_told", 4, "three reports and an event are about a grant that they do not decide"),
        ("report_due_before_decision", 2, "two decisions have both days"),
        ("decided_case_twice", 2, "two decisions have a case number"),
        ("decision_set_aside", 4, "every decision that came"),
        ("used_above_granted", 2, "two reports say what was used"),
        ("unused_above_granted", 3, "three say what was not"),
        ("grant_is_not_used_plus_unused", 2, "two say both"),
        ("granted_as_reported_differs", 1, "one says what was granted"),
        ("salary_above_used", 2, "two say what went to salaries"),
        ("case_number_as_amount", 2, "two reports are of grants with a case number"),
        ("decision_without_report", 4, "nobody's last day is still to come"),
        ("event_numbered_twice", 1, "one event has a number"),
        ("event_without_decision", 1, "one event is a recipient's"),
        ("funds_booked_twice", 1, "one event is about the year's funds"),
        ("row_lost", 3, "three files"),
        ("file_empty", 3, "three files"),
        ("form_missing", 3, "three forms"),
        ("report_without_decision", 3, "three reports"),
        ("funds_exceeded", 1, "one round"),
    ],
)
def test_a_rule_says_on_how_many_things_it_was_held(rule: str, count: int, why: str):
    assert tried()[rule] == (count, None), why


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("not_in_the_ledger", "kunde inte prövas: inga bokföringsrader"),
        ("reversal_of_nothing", "kunde inte prövas: inga återföringar"),
        ("correction_twice", "kunde inte prövas: inga rättelser"),
        ("rows_hidden", "kunde inte prövas: inga rader i kalkylblad"),
        ("cost_before_period", "kunde inte prövas: inga återrapporteringar där det som jämförs är känt"),
        ("administration_does_not_fit", "kunde inte prövas: inga omgångar där det som jämförs är känt"),
        (
            "late_report_excluded",
            "kunde inte prövas: inget i omgångens filer, formulär eller regler ger något att pröva den på",
        ),
        (
            "version_contradicted",
            "kunde inte prövas: inte på en omgång för sig; hela versionen prövas när den publiceras (se underlaget)",
        ),
        ("unused_above_granted", "prövad på 3 (återrapporteringar)"),
    ],
)
def test_where_there_was_nothing_to_hold_it_on_it_says_why(rule: str, told: str):
    [row] = [row for row in computed(GRANTED, REPORTED, EVENTS)["core_rule_result"] if row["rule"] == rule]
    assert said(row, "sv", str(row["tried_count"])) == told


def test_in_a_round_without_any_row_no_rule_about_rows_has_passed():
    empty = {row["rule"]: row for row in computed([])["core_rule_result"]}
    about_rows = [
        rule.id
        for rule in rules().values()
        if rule.tried and rule.tried.things in ("names", "amounts", "rows", "reports")
    ]
    assert len(about_rows) > 20
    assert [rule for rule in about_rows if empty[rule]["tried_count"] or empty[rule]["not_tried"] is None] == []


def test_every_rule_was_tried_or_says_why_not():
    for rule, (count, why_not) in tried().items():
        assert (count > 0) == (why_not is None), rule


def test_a_late_report_that_may_be_left_out_is_a_rule_only_where_the_round_leaves_them_out():
    """One report has both its own day and a last one."""
    granted = decisions("Exempelkommun 01: 100 000", due="2024-02-01")
    sent: Rows = [{**reports("Exempelkommun 01: 10 000 oanvänt")[0], "submitted_at": "2024-01-15 10:00"}]
    for policy, told in (("accept", (0, "not_declared")), ("exclude", (1, None))):
        programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, MONEY, late_reports=policy)
        rows = computed(granted, sent, programme=programme)["core_rule_result"]
        [row] = [row for row in rows if row["rule"] == "late_report_excluded"]
        assert (row["tried_count"], row["not_tried"]) == told, policy


def test_a_question_that_was_not_to_be_put_is_held_against_whoever_it_was_not_to_be_put_to():
    """Of two respondents one used nothing. The survey puts five questions to those that used something alone."""
    answered = survey({"funds_use": "Inget av bidraget"}, {"funds_use": "Hela bidraget"})
    [row] = [row for row in answered["core_rule_result"] if row["rule"] == "answered_though_not_asked"]
    form = PROGRAMME.forms["survey_2023"]
    of_users = [asked for asked in form.questions.values() if asked.base == "used_something"]
    of_others = [asked for asked in form.questions.values() if asked.base == "had_unused"]
    assert row["tried_count"] == len(of_users) + len(of_others)
