"""Counts and shares per option."""

from assets.domain.indicators import indicators
from assets.evaluate import DESCRIBED
from assets.frames import frame_of, records_of
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
