"""Shares, means, sums and money by what recipients are and what they answered: each expectation is its arithmetic."""

import pytest

from assets.domain.dimensions import categories_of_recipients, categories_of_respondents
from assets.domain.evaluation import grant_by_group
from assets.domain.indicators import indicators, indicators_by_group, measures_by_group
from assets.evaluate import DESCRIBED
from assets.frames import frame_of, records_of
from assets.grouped import MEMBERS, WANTED
from tests.frames import Record, table

GRANTED = {"9901": 50_000, "9902": 99_999, "9903": 100_000, "9904": 700_000}
COUNTIES = {"9901": "97", "9902": "97", "9903": "98", "9904": "98"}
SIZES = (100_000, 500_000)
RECIPIENTS = table(
    "core_recipient",
    *({"recipient_code": code, "county_code": county, "county_name": county} for code, county in COUNTIES.items()),
)
DECISIONS = table("core_decision", *({"recipient_code": code, "granted_sek": sek} for code, sek in GRANTED.items()))
LABELS = ("category_label_sv", "category_label_en")
GROUPS = frame_of(
    [{"recipient_code": "9904", "category": "large", "category_no": 1, **dict.fromkeys(LABELS, "Stora")}], MEMBERS
)
OF_RECIPIENTS = categories_of_recipients(RECIPIENTS, DECISIONS, GROUPS, SIZES)


def described(question: str, *options: str, kind: str = "single") -> list[Record]:
    return [
        {
            "form": "f",
            "question": question,
            "option": option,
            "option_no": number,
            "option_label_sv": option,
            "option_label_en": option,
            "type": kind,
            "base": "everyone",
            "base_inferred": False,
        }
        for number, option in enumerate(options, 1)
    ]


OPTIONS = frame_of(
    [
        *described("q", "yes", "no"),
        *described("r", *"12345", kind="rating"),
        *described("m", "q1", "q2", kind="amounts"),
    ],
    DESCRIBED,
)


def said(question: str, options: str, answers: dict[str, str | None]) -> list[Record]:
    """What each recipient chose of the options; None is left blank."""
    return [
        {
            "form": "f",
            "respondent_id": code,
            "recipient_code": code,
            "question": question,
            "option": option,
            "status": "blank" if chosen is None else "answered",
            "selected": None if chosen is None else option in chosen.split(),
        }
        for code, chosen in answers.items()
        for option in options.split()
    ]


def spent(amounts: dict[str, tuple[int | None, int | None]]) -> list[Record]:
    """What each recipient stated for two quarters; None is left blank."""
    return [
        {
            "form": "f",
            "respondent_id": code,
            "recipient_code": code,
            "question": "m",
            "option": option,
            "status": "blank" if sek is None else "answered",
            "amount_sek": sek,
        }
        for code, of_quarters in amounts.items()
        for option, sek in zip(("q1", "q2"), of_quarters, strict=True)
    ]


YES = said("q", "yes no", {"9901": "yes", "9902": "no", "9903": "yes", "9904": None})
RATED = said("r", "1 2 3 4 5", {"9901": "5", "9902": "4", "9903": "4", "9904": None})
SPENT = spent({"9901": (10, 20), "9902": (30, None), "9903": (None, None), "9904": (0, 5)})


def shares(*wanted: tuple[str, str, str]) -> dict[tuple[str, str, str], tuple[int, int, int | None]]:
    """By across, category and option: numerator, denominator, percent."""
    answers = table("core_answer", *YES, *RATED)
    categories = categories_of_respondents(answers, OF_RECIPIENTS, OPTIONS)
    asked = frame_of((dict(zip(WANTED.names, each, strict=True)) for each in wanted), WANTED)
    rows = records_of(indicators_by_group(answers, categories, asked, DECISIONS))
    return {
        (row["across"], row["category"], row["option"]): (row["numerator"], row["denominator"], row["percent"])
        for row in rows
    }


def measured(*wanted: tuple[str, str, str]) -> dict[tuple[str, str, str], tuple[int, int, int, int | None]]:
    """By across, category and option: total, number that answered, number that left it blank, value."""
    answers = table("core_answer", *YES, *RATED, *SPENT)
    categories = categories_of_respondents(answers, OF_RECIPIENTS, OPTIONS)
    asked = frame_of((dict(zip(WANTED.names, each, strict=True)) for each in wanted), WANTED)
    return {
        (row["across"], row["category"], row["option"]): tuple(
            row[name] for name in ("total", "answer_count", "blank_count", "value")
        )
        for row in records_of(measures_by_group(answers, categories, asked, OPTIONS))
    }


def test_a_share_by_county_is_of_those_in_it_that_answered():
    found = shares(("q", "county", "share"))
    assert found["county", "97", "yes"] == (1, 2, 50)  # 9901 of 9901, 9902
    assert found["county", "98", "yes"] == (1, 1, 100)  # 9903; 9904 left it blank
    assert found["county", "98", "no"] == (0, 1, 0)
    assert len(found) == 4


def test_those_that_no_group_names_are_together():
    found = shares(("q", "group", "share"))
    assert found["group", "other", "yes"] == (2, 3, 67)
    assert found["group", "large", "yes"] == (0, 0, None)


def test_the_size_of_a_grant_begins_at_its_bound():
    found = shares(("q", "grant_size", "share"))
    assert found["grant_size", "0", "yes"] == (1, 2, 50)  # 50 000 and 99 999
    assert found["grant_size", "100000", "yes"] == (1, 1, 100)  # 100 000
    assert found["grant_size", "500000", "yes"] == (0, 0, None)


def test_a_share_across_another_question_is_of_those_that_chose_its_option():
    found = shares(("q", "r", "share"))
    assert found["r", "4", "yes"] == (1, 2, 50)  # 9902 no, 9903 yes
    assert found["r", "5", "yes"] == (1, 1, 100)
    assert {category for _, category, _ in found} == {"4", "5"}


def test_a_share_of_money_weighs_each_recipient_by_its_grant():
    found = shares(("q", "everyone", "share_of_money"), ("q", "county", "share_of_money"))
    assert found["everyone", "everyone", "yes"] == (50_000 + 100_000, 50_000 + 99_999 + 100_000, 60)
    assert found["county", "97", "yes"] == (50_000, 50_000 + 99_999, 33)
    assert found["county", "98", "yes"] == (100_000, 100_000, 100)


def test_a_mean_is_of_those_that_rated_in_hundredths_rounded_half_up():
    found = measured(("r", "everyone", "mean"), ("r", "county", "mean"))
    assert found["everyone", "everyone", "all_together"] == (5 + 4 + 4, 3, 1, 433)  # 4.333...
    assert found["county", "97", "all_together"] == (9, 2, 0, 450)
    assert found["county", "98", "all_together"] == (4, 1, 1, 400)


def test_a_mean_of_nobody_is_unknown():
    assert measured(("r", "grant_size", "mean"))["grant_size", "500000", "all_together"] == (0, 0, 1, None)


@pytest.mark.parametrize(("ratings", "mean"), [("1 2", 150), ("1 1 2", 133), ("1 2 2", 167), ("1 1 1 1 1 1 1 2", 113)])
def test_a_mean_is_rounded_half_up(ratings: str, mean: int):
    """9 / 8 is 1.125, which is 1.13."""
    people = {f"99{number:02}": rating for number, rating in enumerate(ratings.split(), 1)}
    answers = table("core_answer", *said("r", "1 2", people))
    bodies = table("core_recipient", *({"recipient_code": code, "county_code": "97"} for code in people))
    categories = categories_of_respondents(answers, categories_of_recipients(bodies, DECISIONS, GROUPS, ()), OPTIONS)
    wanted = frame_of([{"question": "r", "across": "everyone", "measure": "mean"}], WANTED)
    assert [row["value"] for row in records_of(measures_by_group(answers, categories, wanted, OPTIONS))] == [mean]


def test_a_sum_is_of_what_was_stated_and_says_how_many_left_it_blank():
    found = measured(("m", "everyone", "sum"), ("m", "county", "sum"))
    assert found["everyone", "everyone", "q1"] == (10 + 30 + 0, 3, 1, 40)
    assert found["everyone", "everyone", "q2"] == (20 + 5, 2, 2, 25)
    assert found["county", "97", "q1"] == (10 + 30, 2, 0, 40)
    assert found["county", "98", "q1"] == (0, 1, 1, 0)  # zero was stated


def test_a_sum_of_nothing_stated_is_unknown_and_not_zero():
    assert measured(("m", "grant_size", "sum"))["grant_size", "100000", "q1"] == (0, 0, 1, None)


def test_who_did_not_answer_makes_the_bounds_of_the_share():
    """Four were granted. Of five answers' rows three are there: one blank and one that never reported are missing."""
    reported = [row for row in YES if row["respondent_id"] != "9902"]
    rows = records_of(indicators(table("core_answer", *reported), OPTIONS, DECISIONS))
    yes, no = (next(row for row in rows if row["option"] == option) for option in ("yes", "no"))
    assert (yes["numerator"], yes["denominator"], yes["missing_count"]) == (2, 2, 2)
    assert (yes["lowest_percent"], yes["percent"], yes["highest_percent"]) == (50, 100, 100)  # 2/4, 2/2, 4/4
    assert (no["lowest_percent"], no["percent"], no["highest_percent"]) == (0, 0, 50)  # 0/4, 0/2, 2/4


def test_more_answers_than_grants_leave_nobody_missing():
    """A survey may have answers of more than were granted; that is no negative number of missing ones."""
    few = table("core_decision", {"recipient_code": "9901", "granted_sek": 50_000})
    [yes, _] = sorted(
        records_of(indicators(table("core_answer", *YES), OPTIONS, few)), key=lambda row: -row["numerator"]
    )
    assert yes["missing_count"] == 1  # the blank
    assert (yes["lowest_percent"], yes["highest_percent"]) == (50, 75)  # 2/4, 3/4


def test_money_by_group_adds_up_to_the_money():
    accounts = table(
        "core_reconciliation",
        {"recipient_code": "9901", "granted_sek": 50_000, "used_sek": 40_000, "unused_sek": 10_000},
        {"recipient_code": "9902", "granted_sek": 99_999, "used_sek": 99_999, "unused_sek": 0},
        {"recipient_code": "9903", "granted_sek": 100_000, "used_sek": 75_000, "unused_sek": 25_000},
        {"recipient_code": "9904", "granted_sek": 700_000},
    )
    rows = records_of(grant_by_group(accounts, OF_RECIPIENTS))
    found = {
        (row["dimension"], row["category"]): tuple(
            row[name] for name in ("recipient_count", "granted_sek", "used_sek", "unused_sek", "unused_percent")
        )
        for row in rows
    }
    assert found["county", "97"] == (2, 149_999, 139_999, 10_000, 7)
    assert found["county", "98"] == (2, 800_000, None, 25_000, 25)  # of the 100 000 that was reported on
    assert found["grant_size", "500000"] == (1, 700_000, None, None, None)
    for dimension in ("county", "group", "grant_size"):
        of_dimension = [row for row in rows if row["dimension"] == dimension]
        assert sum(row["granted_sek"] for row in of_dimension) == sum(GRANTED.values())
