"""An indicator says of how many it is: who may have answered is in its bounds, and of few a count is printed."""

import datetime as dt
from typing import Any

import pytest

from assets.domain.evaluation.printed import READ, Declared, table_cells
from pipelines.reports.evaluation import written
from schemas.configuration.indicators import Indicators, UseQuestion
from schemas.configuration.reports import Report
from schemas.rules.rule import found_rules
from tests.rows import KEY
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, PROGRAMME, REPORTS, Rows, decisions, reports, survey
from tests.spec.rounds import Records

YES, NO = {"funds_use": "Hela bidraget"}, {"funds_use": "Inget av bidraget"}
NOT_WITHOUT = {"counterfactual": "Nej"}


def indicator(tables: dict[str, Records], question: str, option: str) -> dict[str, Any]:
    [row] = [row for row in tables["out_indicator"] if (row["indicator"], row["option"]) == (question, option)]
    return row


def reasons(tables: dict[str, Records], question: str) -> list[tuple[str, int]]:
    mine = [row for row in tables["out_left_out"] if (row["figure"], row["option"]) == (question, "all_together")]
    return [(row["reason"], row["left_out_count"]) for row in mine]


# -- bounds -----------------------------------------------------------------------------------------------------------
def test_whoever_left_the_question_blank_that_decides_whether_another_is_put_may_have_answered_that():
    """One of two that used something answers; a third does not say whether it used anything, and a fourth did not."""
    told = survey(YES | NOT_WITHOUT, YES | {"counterfactual": "Ja, alla"}, {"purpose_rating": "4"}, NO)
    row = indicator(told, "counterfactual", "none")
    assert (row["numerator"], row["denominator"], row["percent"], row["missing_count"]) == (1, 2, 50, 1)
    assert (row["lowest_percent"], row["highest_percent"]) == (33, 67)  # 1/3 and 2/3
    assert reasons(told, "counterfactual") == [("filter_blank", 1)]


def test_whoever_was_not_to_be_asked_is_in_no_bound():
    row = indicator(survey(YES | NOT_WITHOUT, NO, NO), "counterfactual", "none")
    assert (row["lowest_percent"], row["percent"], row["highest_percent"], row["missing_count"]) == (100, 100, 100, 0)


def test_an_answer_tells_that_the_question_was_put_whatever_decides_that():
    told = survey(YES | NOT_WITHOUT, {"purpose_rating": "4"} | NOT_WITHOUT)
    row = indicator(told, "counterfactual", "none")
    assert (row["numerator"], row["denominator"], row["missing_count"]) == (2, 2, 0)


def test_the_question_that_decides_counts_its_own_blanks_once():
    assert reasons(survey(YES, {"purpose_rating": "4"}), "funds_use") == [("blank_answer", 1)]


# -- small bases ------------------------------------------------------------------------------------------------------
LABEL = {"sv": "x", "en": "x"}
REPORT = Report.model_validate(
    {
        "report": "r",
        "title": LABEL,
        "rounds": [rounds.YEAR],
        "annex": rounds.YEAR,
        "tables": {
            1: {
                "title": LABEL,
                "rows": {"indicator": "counterfactual", "year": rounds.YEAR},
                "row_header": LABEL,
                "columns": {
                    "count": {"value": "numerator", "unit": "count", **LABEL},
                    "share": {"value": "percent", "unit": "percent", **LABEL},
                },
            }
        },
    }
)


def printed(respondents: int, least: int) -> dict[str, dict[str, Any]]:
    """The cells of the first option, which all but one of the respondents chose."""
    others = [YES | NOT_WITHOUT] * (respondents - 1)
    tables = survey(*others, YES | {"counterfactual": "Ja, alla"})
    cells = table_cells(KEY.programme, REPORT, {name: tables[name] for name in READ}, Declared(Indicators(), {}, least))
    return {cell["column_name"]: cell for cell in cells if cell["row_no"] == 1}


def test_a_share_of_as_many_as_the_least_base_is_printed_as_a_share():
    share = printed(10, least=10)["share"]
    assert (share["value"], share["unit"], share["base_count"]) == (90, "percent", 10)
    assert written(share, REPORT.tables[1]) == "90"
    assert share["expression"] == f"share(answered({rounds.YEAR}, counterfactual, any=[none]))"


def test_a_share_of_one_fewer_is_printed_as_a_count_out_of_how_many_and_says_so():
    share = printed(9, least=10)["share"]
    assert (share["value"], share["unit"], share["base_count"]) == (8, "count", 9)
    assert written(share, REPORT.tables[1]) == "8 av 9"
    assert share["note_sv"] == "Antal av 9 i stället för andel, eftersom de är färre än 10."
    assert share["expression"] == f"count(answered({rounds.YEAR}, counterfactual, any=[none]))"


@pytest.mark.parametrize("least", [1, 10, 100])
def test_a_count_is_a_count_whatever_the_least_base(least: int):
    count = printed(9, least=least)["count"]
    assert (count["value"], count["unit"], count["base_count"], count["note_sv"]) == (8, "count", None, None)


# -- the survey held against the amounts ------------------------------------------------------------------------------
ASKED = UseQuestion(question="funds_use", used_all=("all",), used_part=("part",), used_nothing=("none",))
SURVEY = PROGRAMME.forms["survey_2023"]
BOTH = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, SURVEY, indicators=Indicators(use_question=ASKED))
"""A round with amounts by recipient in one file, and a survey without names in another."""

THREE = decisions(*(f"Exempelkommun 0{n}: 100 000" for n in (1, 2, 3)))
AMOUNTS = reports(
    "Exempelkommun 01: 0 oanvänt", "Exempelkommun 02: 100 000 oanvänt", "Exempelkommun 03: 40 000 oanvänt"
)
"""One used all of it, one nothing and one a part."""

PART = {"funds_use": "En del av bidraget"}


def held(reported: Rows, *answers: dict[str, str]) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """What the survey says beside the amounts, and each at most; and the rules that are broken."""
    sent: Rows = [{"respondent_id": f"R{n}", **each} for n, each in enumerate(answers, 1)]
    files = [rounds.file(form, *rows) for form, rows in ((DECISIONS, THREE), (REPORTS, reported), (SURVEY, sent))]
    tables = rounds.tables_of(rounds.received(files, BODIES), BOTH, dt.date(2024, 6, 30))
    counts = ("said_count", "said_at_most_count", "amounts_count", "amounts_at_most_count")
    told = {row["measure"]: tuple(row[name] for name in counts) for row in tables["out_answer_check"]}
    of_them = {rule.id for rule in found_rules() if rule.holds and rule.holds.table == "out_answer_check"}
    return told, sorted(row["rule"] for row in tables["core_finding"] if row["rule"] in of_them)


def test_where_as_many_say_so_as_the_amounts_do_there_is_nothing_to_remark():
    assert held(AMOUNTS, YES, NO, PART) == (
        {
            "respondents": (3, 3, 3, 3),
            "used_all": (1, 1, 1, 1),
            "used_part": (1, 1, 1, 1),
            "used_nothing": (1, 1, 1, 1),
        },
        [],
    )


def test_two_that_say_they_used_nothing_are_one_more_than_the_amounts_have():
    told, broken = held(AMOUNTS, YES, NO, NO)
    assert told["used_nothing"] == (2, 2, 1, 1)
    assert broken == ["nothing_used_by_more_answers"]


def test_nobody_that_says_so_is_one_fewer_than_the_amounts_have():
    told, broken = held(AMOUNTS, YES, YES, PART)
    assert told["used_nothing"] == (0, 0, 1, 1)
    assert broken == ["nothing_used_by_fewer_answers"]


def test_who_did_not_answer_may_be_the_one_that_used_nothing_and_is_missing_among_the_respondents():
    told, broken = held(AMOUNTS, YES, PART)
    assert (told["respondents"], told["used_nothing"]) == ((2, 2, 3, 3), (0, 1, 1, 1))
    assert broken == ["fewer_respondents_than_recipients"]


def test_a_recipient_whose_use_is_not_known_may_be_one_that_says_it_used_nothing():
    told, broken = held(AMOUNTS[:2], YES, NO, NO)
    assert told["used_nothing"] == (2, 2, 1, 2)
    assert broken == []


def test_a_respondent_too_many_is_told():
    told, broken = held(AMOUNTS, YES, NO, PART, PART)
    assert told["respondents"] == (4, 4, 3, 3)
    assert broken == ["more_respondents_than_recipients"]
