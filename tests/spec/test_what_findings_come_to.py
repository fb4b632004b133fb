"""What findings come to: one thing for each cause, what it asks of somebody, and how much money it touches.

A list of a thousand findings helps nobody. A misspelt name in three files is one thing to put right. What most
recipients do is told once, and is tried by a sample. What needs nothing done says so and comes last.
"""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assets.domain.causes import Cause, Stakes, causes_of, stakes_of
from schemas.rules.rule import asked_by, found_rules, rules
from schemas.words.vocabulary import ACT, INFORMATION, SAMPLE
from tests.rows import Record

APPLICATIONS, DECISIONS, REPORTS = "p/2023/ansokningar.csv", "p/2023/beslut.csv", "p/2023/rapporter.csv"
NOBODY_KNOWS = Stakes(of_rows={}, grant_of_row={}, granted={}, grants={})


def found(rule: str, row: int | None = None, *, file: str = REPORTS, of: str | None = None, **facts: object) -> Record:
    """A finding of a rule. Args: row: where it stands; of: whom it is about."""
    return {
        "rule": rule,
        "severity": rules()[rule].severity,
        "source_file": file,
        "source_row": row,
        "source_column": None,
        "recipient_code": of,
        "waiver_reason": None,
        **facts,
    }


def things(*findings: Record, names: Record | None = None, of: int = 100, stakes: Stakes = NOBODY_KNOWS) -> list[Cause]:
    """What they come to in a round of so many recipients."""
    return causes_of(findings, names or {}, stakes, of)


def told(causes: Sequence[Cause]) -> list[tuple[str, int]]:
    return [(cause.rule, len(cause.findings)) for cause in causes]


def granted(**amounts: int | None) -> Stakes:
    """Recipients with a grant each: what was granted of it."""
    grants = {code.removeprefix("r"): amount for code, amount in amounts.items()}
    return Stakes({}, {}, {f"{code}-1": amount for code, amount in grants.items()}, {c: [f"{c}-1"] for c in grants})


# -- one thing --------------------------------------------------------------------------------------------------------


def test_one_misspelt_name_in_three_files_is_one_thing():
    files = (APPLICATIONS, DECISIONS, REPORTS)
    assert told(things(*(found("name_by_likeness", 34, file=file, of="0188") for file in files))) == [
        ("name_by_likeness", 3)
    ]


def test_a_name_that_nobody_knows_is_one_thing_however_it_is_spaced():
    rows = [found("name_unknown", 2), found("name_unknown", 3), found("name_unknown", 4)]
    names = {(REPORTS, 2): "Norra Kommun", (REPORTS, 3): "norra  kommun ", (REPORTS, 4): "Södra kommun"}
    assert told(things(*rows, names=names)) == [("name_unknown", 2), ("name_unknown", 1)]


def test_rows_without_a_name_are_a_thing_each():
    assert told(things(found("row_too_long", 2), found("row_too_long", 3))) == [("row_too_long", 1)] * 2


def test_nineteen_rows_of_a_replaced_file_are_one_thing():
    rows = [found("replaced_file", row, file=DECISIONS, of=f"00{row}") for row in range(2, 21)]
    other = found("replaced_file", 2, file=REPORTS)
    assert told(things(*rows, other)) == [("replaced_file", 19), ("replaced_file", 1)]


def test_a_question_that_three_left_open_is_one_thing():
    same = [found("nothing_chosen", row, source_column="O") for row in (32, 48, 55)]
    assert told(things(*same, found("nothing_chosen", 32, source_column="T"))) == [
        ("nothing_chosen", 3),
        ("nothing_chosen", 1),
    ]


def test_what_more_than_half_do_is_one_thing_of_the_round_and_what_half_do_is_one_each():
    def missing(count: int) -> list[Record]:
        return [found("decision_without_report", row, of=f"{row:04}") for row in range(count)]

    assert told(things(*missing(51), of=100)) == [("decision_without_report", 51)]
    assert told(things(*missing(50), of=100)) == [("decision_without_report", 1)] * 50


def test_what_is_tried_by_a_sample_is_one_thing_even_if_few_do_it():
    assert told(things(*(found("used_exactly_granted", row, of=f"{row:04}") for row in (2, 3)))) == [
        ("used_exactly_granted", 2)
    ]


def test_two_recipients_without_a_report_are_two_things():
    both = [found("decision_without_report", row, of=code) for row, code in ((9, "9902"), (13, "9906"))]
    assert [cause.recipients for cause in things(*both)] == [["9902"], ["9906"]]


# -- what it asks of somebody -----------------------------------------------------------------------------------------


def test_every_rule_that_ends_in_findings_says_what_it_asks_and_no_other_does():
    assert [rule.id for rule in found_rules() if not rule.kind] == []
    others = set(rules()) - {rule.id for rule in found_rules()}
    assert [name for name in others if rules()[name].kind or rules()[name].one] == []


def test_what_stops_or_leaves_something_out_is_never_for_information():
    assert [rule.id for rule in found_rules() if rule.severity != "warn" and rule.kind != ACT] == []


def test_what_says_that_nothing_need_be_done_is_for_information():
    nothing = {rule.id for rule in found_rules() if "Ingen åtgärd behövs" in rule.sv}
    assert {rules()[name].kind for name in nothing} == {INFORMATION}


def test_a_rule_that_is_no_longer_in_the_book_is_looked_at():
    assert asked_by("a_rule_of_last_year") == ACT


def test_what_is_to_be_done_comes_first_then_what_is_tried_then_what_is_known():
    order = ("late_report_accepted", "used_exactly_granted", "decision_without_report")
    causes = things(*(found(rule, row, of=f"{row:04}") for row, rule in enumerate(order, start=2)))
    assert [cause.kind for cause in causes] == [ACT, SAMPLE, INFORMATION]


def test_what_is_waived_asks_nothing_and_is_apart_from_what_is_not():
    waived = found("used_above_granted", 2, of="9901", waiver_reason="rättas")
    causes = things(waived, found("used_above_granted", 3, of="9901"))
    assert [(cause.kind, cause.is_waived) for cause in causes] == [(ACT, False), (INFORMATION, True)]


# -- how much money ---------------------------------------------------------------------------------------------------


def test_what_touches_most_money_comes_first():
    stakes = granted(r9901=100, r9902=300, r9903=200)
    causes = things(
        *(found("decision_without_report", row, of=f"990{row}") for row in (1, 2, 3)), of=100, stakes=stakes
    )
    assert [cause.stake_sek for cause in causes] == [300, 200, 100]


def test_a_round_that_stops_comes_before_money():
    stakes = granted(r9901=1_000_000)
    causes = things(found("decision_without_report", 2, of="9901"), found("decision_set_aside", 3), stakes=stakes)
    assert [cause.rule for cause in causes] == ["decision_set_aside", "decision_without_report"]


def test_a_grant_that_several_findings_touch_counts_once():
    rows = [found("name_by_likeness", 34, file=file, of="0188") for file in (APPLICATIONS, DECISIONS, REPORTS)]
    [cause] = things(*rows, stakes=granted(r0188=450_000))
    assert (cause.stake_sek, cause.unknown_count) == (450_000, 0)


def test_an_amount_that_nobody_knows_is_counted_and_is_not_zero():
    stakes = Stakes({(REPORTS, 2): None, (REPORTS, 3): 500}, {}, {}, {})
    unknown, known = things(found("row_too_long", 2), stakes=stakes), things(found("row_too_long", 3), stakes=stakes)
    assert [(each.stake_sek, each.unknown_count) for each in (*unknown, *known)] == [(None, 1), (500, 0)]


def test_what_is_about_no_money_has_none_at_stake():
    [cause] = things(found("sheet_not_read"))
    assert (cause.stake_sek, cause.unknown_count) == (None, 0)


def test_a_row_of_one_grant_touches_that_grant_and_not_the_recipients_other():
    stakes = Stakes({}, {(REPORTS, 2): "9901-1"}, {"9901-1": 100, "9901-2": 900}, {"9901": ["9901-1", "9901-2"]})
    [row] = things(found("amount_in_unit", 2, of="9901"), stakes=stakes)
    [whole] = things(found("decision_without_report", of="9901"), stakes=stakes)
    assert (row.stake_sek, whole.stake_sek) == (100, 1_000)


def test_a_booking_touches_what_it_is_apart_by_or_all_of_it_where_only_the_day_is_another():
    def match(row: int, result: str, difference: int, booked: int | None, ledger: int | None) -> Record:
        amounts = {"difference_sek": difference, "booked_sek": booked, "ledger_sek": ledger}
        return {"source_file": "b", "source_row": row, "result": result, **amounts}

    matches = [
        match(2, "amount", 9_000, 125_940, 116_940),
        match(3, "timing", 0, 164_032, 164_032),
        match(4, "missing_in_books", -96_009, None, 96_009),
        match(5, "matched", 0, 1, 1),
    ]
    nothing: dict[str, list[Record]] = {
        name: [] for name in ("core_set_aside", "core_unplaced", "core_account", "core_row")
    }
    stakes = stakes_of({**nothing, "core_book_match": matches})
    assert stakes.of_rows == {("b", 2): 9_000, ("b", 3): 164_032, ("b", 4): 96_009}


RULES = st.sampled_from([rule.id for rule in found_rules()])
FINDINGS = st.lists(
    st.builds(
        lambda rule, row, code, reason: found(rule, row, of=code, waiver_reason=reason),
        RULES,
        st.integers(1, 5) | st.none(),
        st.sampled_from(["9901", "9902", None]),
        st.sampled_from(["skäl", None]),
    )
)


@given(FINDINGS, st.integers(0, 4))
def test_every_finding_is_in_one_thing_and_its_order_does_not_depend_on_theirs(findings, recipients):
    causes = things(*findings, of=recipients)
    assert sorted(id(each) for cause in causes for each in cause.findings) == sorted(map(id, findings))
    again = things(*reversed(findings), of=recipients)
    assert sorted(told(causes)) == sorted(told(again))
    assert [cause.kind for cause in causes] == sorted(
        (cause.kind for cause in causes), key=[ACT, SAMPLE, INFORMATION].index
    )
