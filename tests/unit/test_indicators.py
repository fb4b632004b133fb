"""Counts, shares and sums per option."""

import pyarrow as pa

from assets.domain.dimensions import CATEGORY
from assets.domain.indicators import indicators, measures_by_group
from assets.evaluate import DESCRIBED
from assets.frames import frame_of, records_of
from assets.grouped import WANTED
from tests.frames import table

DESCRIBED_OPTIONS = frame_of(
    [
        {
            "form": form,
            "question": "q",
            "option": "a",
            "option_no": 1,
            "option_label_sv": f"A i {form}",
            "base": "all",
            "type": "multiple",
        }
        for form in ("f", "g")
    ],
    DESCRIBED,
)


NOBODY = table("core_decision")


def answers(*rows: tuple[str, bool | None], form: str = "f", **same: object):
    return table(
        "core_answer",
        *(
            {"status": status, "selected": selected, "respondent_id": f"R{number}"}
            for number, (status, selected) in enumerate(rows)
        ),
        form=form,
        question="q",
        option="a",
        **same,
    )


def test_the_numerator_is_those_that_chose_it_and_the_denominator_those_that_answered():
    rows = answers(("answered", True), ("answered", True), ("answered", False), ("blank", None), ("not_asked", None))
    [row] = records_of(indicators(rows, DESCRIBED_OPTIONS, NOBODY))
    assert (row["numerator"], row["denominator"], row["percent"]) == (2, 3, 67)
    assert (row["asked_count"], row["blank_count"]) == (4, 1)


def test_an_indicator_takes_the_labels_of_the_form_that_asked():
    [row] = records_of(indicators(answers(("answered", True), form="g"), DESCRIBED_OPTIONS, NOBODY))
    assert (row["indicator"], row["option_label_sv"], row["base"]) == ("q", "A i g", "all")


def test_an_indicator_of_made_up_answers_is_made_up():
    [row] = records_of(indicators(answers(("answered", True), provenance="synthetic"), DESCRIBED_OPTIONS, NOBODY))
    assert row["provenance"] == "synthetic"


GRANTED = table("core_decision", *({"recipient_code": f"99{n:02}", "granted_sek": n * 1000} for n in range(1, 8)))


def test_a_share_has_bounds_for_those_that_did_not_answer():
    """Seven were granted, five answered the form, of whom one left it blank: three are missing."""
    rows = answers(("answered", True), ("answered", True), ("answered", False), ("blank", None), ("not_asked", None))
    [row] = records_of(indicators(rows, DESCRIBED_OPTIONS, GRANTED))
    assert (row["numerator"], row["denominator"], row["missing_count"]) == (2, 3, 3)
    assert (row["lowest_percent"], row["percent"], row["highest_percent"]) == (33, 67, 83)  # 2/6, 2/3, 5/6


def test_where_all_answered_the_bounds_are_the_share():
    rows = answers(*[("answered", True)] * 3, *[("answered", False)] * 4)
    [row] = records_of(indicators(rows, DESCRIBED_OPTIONS, GRANTED))
    assert (row["lowest_percent"], row["percent"], row["highest_percent"], row["missing_count"]) == (43, 43, 43, 0)


# -- sums of amounts ------------------------------------------------------------------------------------------------
QUARTERS = frame_of(
    [
        {"form": "f", "question": "q", "option": each, "option_no": number, "option_label_sv": each.upper()}
        for number, each in enumerate(["first", "second"], 1)
    ],
    DESCRIBED,
)
IN_ALL = ("everyone", "everyone", "everyone", 0, "Alla", "All")


def summed_up(*amounts: tuple[int | None, int | None]) -> dict[str, tuple]:
    """What respondents stated for two quarters, as sums: by option the value, who stated it, who left it blank."""
    said = [
        {"respondent_id": f"R{n}", "option": option, "amount_sek": amount, "status": "answered" if amount else "blank"}
        for n, pair in enumerate(amounts)
        for option, amount in zip(("first", "second"), pair, strict=True)
    ]
    answered = table("core_answer", *said, form="f", question="q")
    people = [{"form": "f", "respondent_id": f"R{n}", **dict(zip(CATEGORY, IN_ALL, strict=True))} for n in range(3)]
    schema = pa.schema([(name, pa.int64() if name == "category_no" else pa.string()) for name in people[0]])
    wanted = frame_of([{"question": "q", "across": "everyone", "measure": "sum"}], WANTED)
    rows = records_of(measures_by_group(answered, frame_of(people, schema), wanted, QUARTERS))
    ordered = sorted(rows, key=lambda row: row["option_no"])
    return {row["option_label_sv"]: (row["value"], row["answer_count"], row["blank_count"]) for row in ordered}


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
