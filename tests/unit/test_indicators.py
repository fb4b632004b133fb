"""Counts, shares and sums per option."""

from typing import Any

from assets.domain.evaluation.indicators import Answers, grouped, indicators, measures_by_group, summed
from tests.questions import answers, asking, missing, stated, table
from tests.rows import Record

ONE = asking(("q", "multiple", "a"), bases={"f": "everyone", "g": "used_something"})
GRANTED = {f"99{n:02}": n * 1000 for n in range(1, 8)}


def said(*rows: tuple[str, bool | None], form: str = "f", **same: Any) -> list[Record]:
    named = (
        {"respondent_id": f"R{n}", "status": status, "selected": chosen} for n, (status, chosen) in enumerate(rows)
    )
    return [{"question": "q", "option": "a", "form": form, **same, **each} for each in named]


def shares(of: Answers) -> list[dict[str, Any]]:
    return list(indicators(of, missing(of)))


def indicator(*rows: tuple[str, bool | None], granted: dict[str, int] | None = None, **same: Any) -> dict[str, Any]:
    [row] = shares(answers(ONE, said(*rows, **same), granted=granted))
    return row


TWO_OF_THREE = (("answered", True), ("answered", True), ("answered", False), ("blank", None), ("not_asked", None))


def test_the_numerator_is_those_that_chose_it_and_the_denominator_those_that_answered():
    row = indicator(*TWO_OF_THREE)
    assert (row["numerator"], row["denominator"], row["percent"]) == (2, 3, 67)
    assert (row["asked_count"], row["blank_count"]) == (4, 1)


def test_an_indicator_has_the_base_of_the_form_that_asked_and_the_labels_of_the_question():
    for form, base in (("f", "everyone"), ("g", "used_something")):
        row = indicator(("answered", True), form=form)
        assert (row["indicator"], row["option_label_sv"], row["base"]) == ("q", "A", base)
        assert row["base_inferred"] == ONE.bases[base].inferred


def test_an_indicator_is_as_made_up_as_its_answers():
    assert indicator(("answered", True), provenance="real")["provenance"] == "real"
    of_both = [*said(("answered", True), provenance="real"), said(("answered", True))[0] | {"respondent_id": "R9"}]
    [row] = shares(answers(ONE, of_both))
    assert row["provenance"] == "mixed"


def test_a_share_has_bounds_for_those_that_did_not_answer():
    """Seven were granted, five answered the form, of whom one left it blank: three are missing."""
    row = indicator(*TWO_OF_THREE, granted=GRANTED)
    assert (row["numerator"], row["denominator"], row["missing_count"]) == (2, 3, 3)
    assert (row["lowest_percent"], row["percent"], row["highest_percent"]) == (33, 67, 83)  # 2/6, 2/3, 5/6


def test_where_all_answered_the_bounds_are_the_share():
    row = indicator(*[("answered", True)] * 3, *[("answered", False)] * 4, granted=GRANTED)
    assert (row["lowest_percent"], row["percent"], row["highest_percent"], row["missing_count"]) == (43, 43, 43, 0)


def test_where_nobody_was_asked_there_is_nothing():
    assert shares(answers(ONE)) == []


# -- sums of amounts --------------------------------------------------------------------------------------------------
QUARTERS = asking(("m", "amounts", "first second"), m={"measures": ["sum"]})


def summed_up(*amounts: tuple[int | None, int | None]) -> dict[str, tuple[int | None, int, int]]:
    """What respondents stated for two quarters, as sums: by option the value, who stated it, who left it blank."""
    rows = stated("m", "first second", {f"R{n}": pair for n, pair in enumerate(amounts)})
    of = answers(QUARTERS, rows)
    found = sorted(measures_by_group(of, missing(of)), key=lambda row: row["option_no"])
    return {row["option_label_sv"]: (row["value"], row["answer_count"], row["blank_count"]) for row in found}


def test_a_sum_of_amounts_is_given_by_option_and_for_all_of_them_together():
    assert summed_up((10, 20), (5, 7)) == {"FIRST": (15, 2, 0), "SECOND": (27, 2, 0), "Tillsammans": (42, 2, 0)}


def test_what_was_left_blank_is_left_out_of_a_sum_and_told():
    """One states half of it, one nothing: two left some of it blank."""
    assert summed_up((10, 20), (5, None), (None, None)) == {
        "FIRST": (15, 2, 1),
        "SECOND": (20, 1, 2),
        "Tillsammans": (35, 2, 2),
    }


def test_where_nobody_stated_an_amount_the_sum_is_unknown():
    assert summed_up((None, None))["Tillsammans"] == (None, 0, 1)


def test_amounts_have_sums_and_no_shares():
    assert shares(answers(QUARTERS, stated("m", "first second", {"R1": (1, 2)}))) == []


# -- groups -----------------------------------------------------------------------------------------------------------
def test_groups_stand_in_the_order_in_which_they_appear():
    """Many groups, each of several rows: nobody may depend on how they are kept in between."""
    names = [f"o{(n * 37) % 101}" for n in range(1000)]
    rows = table(*({"option": name, "respondent_id": str(n), "amount_sek": 1} for n, name in enumerate(names)))
    found = summed(rows, ["option"], ["amount_sek"])
    assert [row["option"] for row in found] == list(dict.fromkeys(names))
    assert {row["option"]: row["amount_sek"] for row in found} == {name: names.count(name) for name in names}
    assert grouped(rows, ["option"], ["amount_sek"]).column_names == ["option", "amount_sek", "provenance"]
