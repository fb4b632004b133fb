"""Shares, means, sums and money by what recipients are and what they answered: each expectation is its arithmetic."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assets.domain.evaluation.dimensions import Category, categories_of_recipients
from assets.domain.evaluation.grants import grant_by_group
from assets.domain.evaluation.indicators import Answers, indicators, indicators_by_group, measures_by_group
from assets.domain.evaluation.missing import Missing
from assets.domain.grant.reconciliation import reconcile
from schemas.configuration.indicators import Group, Indicators
from tests.grants import DAY, decision, grant, report
from tests.questions import answers, asking, missing, said, stated

GRANTED = {"9901": 50_000, "9902": 99_999, "9903": 100_000, "9904": 700_000}
COUNTIES = {"9901": "97", "9902": "97", "9903": "98", "9904": "98"}
DECLARED = Indicators(grant_sizes=(100_000, 500_000), groups={"large": Group(sv="Stora", en="Large", codes=("9904",))})
QUESTIONS = (("q", "single", "yes no"), ("r", "rating", "1 2 3 4 5"), ("m", "amounts", "q1 q2"))


def categories(counties: Mapping[str, str]) -> dict[str, tuple[Category, ...]]:
    bodies = [{"recipient_code": code, "county_code": each, "county_name": each} for code, each in counties.items()]
    return categories_of_recipients(bodies, GRANTED, DECLARED)


OF_RECIPIENTS = categories(COUNTIES)
YES = said("q", "yes no", {"9901": "yes", "9902": "no", "9903": "yes", "9904": None})
RATED = said("r", "1 2 3 4 5", {"9901": "5", "9902": "4", "9903": "4", "9904": None})
SPENT = stated("m", "q1 q2", {"9901": (10, 20), "9902": (30, None), "9903": (None, None), "9904": (0, 5)})

Found = dict[tuple[str, str, str], tuple[Any, ...]]


def found(computed: Callable[[Answers, Missing], Iterable[dict[str, Any]]], columns: str, **wanted: Any) -> Found:
    """What is declared of the questions, by across, category and option."""
    of = answers(asking(*QUESTIONS, **wanted), YES, RATED, SPENT, granted=GRANTED, recipients=OF_RECIPIENTS)
    return {
        (row["across"], row["category"], row["option"]): tuple(row[name] for name in columns.split())
        for row in computed(of, missing(of))
    }


def shares(**wanted: Any) -> Found:
    return found(indicators_by_group, "numerator denominator percent", **wanted)


def measured(**wanted: Any) -> Found:
    return found(measures_by_group, "total answer_count blank_count value", **wanted)


def test_a_share_by_county_is_of_those_in_it_that_answered():
    of_counties = shares(q={"by": ["county"]})
    assert of_counties["county", "97", "yes"] == (1, 2, 50)  # 9901 of 9901, 9902
    assert of_counties["county", "98", "yes"] == (1, 1, 100)  # 9903; 9904 left it blank
    assert of_counties["county", "98", "no"] == (0, 1, 0)
    assert len(of_counties) == 4


def test_those_that_no_group_names_are_together():
    of_groups = shares(q={"by": ["group"]})
    assert of_groups["group", "other", "yes"] == (2, 3, 67)
    assert of_groups["group", "large", "yes"] == (0, 0, None)


def test_the_size_of_a_grant_begins_at_its_bound():
    of_sizes = shares(q={"by": ["grant_size"]})
    assert of_sizes["grant_size", "0", "yes"] == (1, 2, 50)  # 50 000 and 99 999
    assert of_sizes["grant_size", "100000", "yes"] == (1, 1, 100)  # 100 000
    assert of_sizes["grant_size", "500000", "yes"] == (0, 0, None)


def test_a_share_across_another_question_is_of_those_that_chose_its_option():
    of_ratings = shares(q={"across": ["r"]})
    assert of_ratings["r", "4", "yes"] == (1, 2, 50)  # 9902 no, 9903 yes
    assert of_ratings["r", "5", "yes"] == (1, 1, 100)
    assert {category for _, category, _ in of_ratings} == {"4", "5"}


def test_who_is_no_recipient_is_in_groups_of_its_answers_only():
    nobody = [{**row, "recipient_code": None} for row in (*YES, *RATED)]
    of = answers(
        asking(*QUESTIONS, q={"by": ["county"], "across": ["r"]}), nobody, granted=GRANTED, recipients=OF_RECIPIENTS
    )
    assert {row["across"] for row in indicators_by_group(of, missing(of))} == {"r"}


def test_a_share_of_money_weighs_each_recipient_by_its_grant():
    of_money = shares(q={"measures": ["share_of_money"]})
    assert of_money["everyone", "everyone", "yes"] == (50_000 + 100_000, 50_000 + 99_999 + 100_000, 60)
    of_money = shares(q={"measures": ["share_of_money"], "by": ["county"]})
    assert of_money["county", "97", "yes"] == (50_000, 50_000 + 99_999, 33)
    assert of_money["county", "98", "yes"] == (100_000, 100_000, 100)


def test_a_mean_is_of_those_that_rated_in_hundredths_rounded_half_up():
    means = measured(r={"measures": ["mean"], "by": ["county"]})
    assert means["everyone", "everyone", "all_together"] == (5 + 4 + 4, 3, 1, 433)  # 4.333...
    assert means["county", "97", "all_together"] == (9, 2, 0, 450)
    assert means["county", "98", "all_together"] == (4, 1, 1, 400)


def test_a_mean_of_nobody_is_unknown():
    means = measured(r={"measures": ["mean"], "by": ["grant_size"]})
    assert means["grant_size", "500000", "all_together"] == (0, 0, 1, None)


def test_a_mean_is_rounded_half_up():
    """9 / 8 is 1.125, which is 1.13."""
    programme = asking(("r", "rating", "1 2"), r={"measures": ["mean"]})
    for ratings, mean in (("1 2", 150), ("1 1 2", 133), ("1 2 2", 167), ("1 1 1 1 1 1 1 2", 113)):
        people = {f"99{number:02}": rating for number, rating in enumerate(ratings.split(), 1)}
        of = answers(programme, said("r", "1 2", people))
        [row] = measures_by_group(of, missing(of))
        assert row["value"] == mean, ratings


def test_a_sum_is_of_what_was_stated_and_says_how_many_left_it_blank():
    sums = measured(m={"measures": ["sum"], "by": ["county"]})
    assert sums["everyone", "everyone", "q1"] == (10 + 30 + 0, 3, 1, 40)
    assert sums["everyone", "everyone", "q2"] == (20 + 5, 2, 2, 25)
    assert sums["county", "97", "q1"] == (10 + 30, 2, 0, 40)
    assert sums["county", "98", "q1"] == (0, 1, 1, 0)  # zero was stated


def test_a_sum_of_nothing_stated_is_unknown_and_not_zero():
    sums = measured(m={"measures": ["sum"], "by": ["grant_size"]})
    assert sums["grant_size", "100000", "q1"] == (0, 0, 1, None)


def bounds(rows: list[dict[str, Any]], granted: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    of = answers(asking(*QUESTIONS), rows, granted=granted)
    return {row["option"]: row for row in indicators(of, missing(of))}


def test_who_did_not_answer_makes_the_bounds_of_the_share():
    """Four were granted. Of five answers' rows three are there: one blank and one that never reported are missing."""
    of = bounds([row for row in YES if row["respondent_id"] != "9902"], GRANTED)
    yes, no = of["yes"], of["no"]
    assert (yes["numerator"], yes["denominator"], yes["missing_count"]) == (2, 2, 2)
    assert (yes["lowest_percent"], yes["percent"], yes["highest_percent"]) == (50, 100, 100)  # 2/4, 2/2, 4/4
    assert (no["lowest_percent"], no["percent"], no["highest_percent"]) == (0, 0, 50)  # 0/4, 0/2, 2/4


def test_more_answers_than_grants_leave_nobody_missing():
    """A survey may have answers of more than were granted; that is no negative number of missing ones."""
    yes = bounds(YES, {"9901": 50_000})["yes"]
    assert yes["missing_count"] == 1  # the blank
    assert (yes["lowest_percent"], yes["highest_percent"]) == (50, 75)  # 2/4, 3/4


def test_money_by_group_adds_up_to_the_money():
    unused = {"9901": 10_000, "9902": 0, "9903": 25_000}
    reconciled = [
        reconcile(grant(decision(sek), *([report(unused[code])] if code in unused else [])), DAY)
        for code, sek in GRANTED.items()
    ]
    mine = [_of(each, code) for each, code in zip(reconciled, GRANTED, strict=True)]
    rows = grant_by_group(mine, OF_RECIPIENTS)
    columns = ("recipient_count", "granted_sek", "used_sek", "unused_sek", "unused_percent")
    money = {(row["dimension"], row["category"]): tuple(row[name] for name in columns) for row in rows}
    assert money["county", "97"] == (2, 149_999, 139_999, 10_000, 7)
    assert money["county", "98"] == (2, 800_000, None, 25_000, 25)  # of the 100 000 that was reported on
    assert money["grant_size", "500000"] == (1, 700_000, None, None, None)
    for dimension in ("county", "group", "grant_size"):
        of_dimension = [row for row in rows if row["dimension"] == dimension]
        assert sum(row["granted_sek"] for row in of_dimension) == sum(GRANTED.values())


def _of(reconciliation: Any, code: str) -> Any:
    return type(reconciliation)(**vars(reconciliation) | {"recipient_code": code, "grant_id": f"{code}-1"})
