"""Who is left out of figures, and how it is said; in money: tests/spec/test_what_a_published_sum_says.py."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assets.domain.evaluation.dimensions import EVERYBODY, Category
from assets.domain.evaluation.grants import grant_by_group, grant_by_year
from assets.domain.evaluation.left_out import UNUSED, of_grants, records_of
from assets.domain.evaluation.notes import listed
from assets.domain.grant.reconciliation import Reconciliation, reconcile
from pipelines.reports.footnotes import footnotes
from tests.grants import DAY, decision, grant, report
from tests.questions import answers, asking, missing, said
from tests.rows import Record, records

HALVES = {f"990{n}": (EVERYBODY, Category("group", "group", str(n % 2), n % 2, "", "")) for n in range(5)}
AMOUNTS = st.integers(0, 1000)


def reconciled(code: str, granted: int | None, unused: int | None, **left_out: str) -> Reconciliation:
    known = [*([] if granted is None else [decision(granted)]), *([] if unused is None else [report(unused)])]
    return Reconciliation(**vars(reconcile(grant(*known, left_out=left_out), DAY)) | {"recipient_code": code})


GRANTS = st.lists(
    st.builds(
        reconciled,
        st.sampled_from(sorted(HALVES)),
        st.none() | AMOUNTS,
        st.none() | AMOUNTS,
        core_usage_report=st.sampled_from(["quarantined", "excluded"]),
    ),
    max_size=8,
)


@given(GRANTS)
def test_what_is_granted_is_the_base_and_what_is_left_out_in_all_and_in_every_group(grants: list[Reconciliation]):
    for row in (*grant_by_year(grants), *grant_by_group(grants, HALVES)):
        assert row["granted_sek"] == row["reported_granted_sek"] + row["left_out_granted_sek"]
        assert 0 <= (row["unused_sek"] or 0) <= row["reported_granted_sek"]
        assert row["unused_percent"] is None or 0 <= row["unused_percent"] <= 100


@given(GRANTS)
def test_who_is_left_out_is_told_reason_by_reason_and_each_once(grants: list[Reconciliation]):
    left = list(records_of(of_grants(grants, HALVES)))
    of_all = [{**row, "across": "everyone", "category": "everyone"} for row in grant_by_year(grants)]
    groups = {(row["across"], row["category"]): row for row in (*of_all, *grant_by_group(grants, HALVES))}
    for place, row in groups.items():
        mine = [each for each in left if (each["across"], each["category"]) == place]
        assert sum(each["left_out_count"] for each in mine) == row["left_out_count"]
        assert sum(each["left_out_granted_sek"] for each in mine) == row["left_out_granted_sek"]


@given(GRANTS)
def test_every_recipient_with_a_decision_is_counted_once_by_its_use(grants: list[Reconciliation]):
    for row in grant_by_year(grants):
        words = ("used_all", "used_part", "used_nothing", "without_report", "use_unknown")
        assert sum(row[f"{word}_count"] for word in words) == row["recipient_count"]


# -- answers ----------------------------------------------------------------------------------------------------------
GRANTED = {"9901": 100, "9902": 200, "9903": 400}
ONE = asking(("q", "single", "yes no"))


def absent(people: dict[str, str | None], reasons: dict[str, str] | None = None) -> dict[str, tuple[int, int | None]]:
    found = missing(answers(ONE, said("q", "yes no", people), granted=GRANTED), reasons)
    rows = [row for row in records_of(found.all()) if row["option"] == "yes"]
    return {row["reason"]: (row["left_out_count"], row["left_out_granted_sek"]) for row in rows}


def test_who_did_not_report_is_told_with_what_it_was_granted_and_why():
    told = {"9903": "report_set_aside"}
    assert absent({"9901": "yes", "9902": None}, told) == {"blank_answer": (1, 200), "report_set_aside": (1, 400)}


def test_who_has_a_report_and_did_not_answer_a_form_of_its_own_did_not_answer():
    assert absent({"9901": "yes", "9902": "no"}) == {"no_answer": (1, 400)}


def test_of_a_survey_that_does_not_tell_who_answered_no_amount_is_known():
    rows = [{**row, "recipient_code": None} for row in said("q", "yes no", {"R1": "yes"})]
    found = missing(answers(ONE, rows, granted=GRANTED))
    assert found.of("q", "yes") == {"missing_count": 2, "missing_granted_sek": None}


def test_an_answer_that_is_set_aside_was_given():
    """Of three one answered, and one more sent in what cannot be read."""
    rows = [{**row, "recipient_code": None} for row in said("q", "yes no", {"R1": "yes"})]
    found = missing(answers(ONE, rows, granted=GRANTED), f=1)
    reasons = {row["reason"]: row["left_out_count"] for row in records_of(found.all()) if row["option"] == "yes"}
    assert reasons == {"answer_set_aside": 1, "no_answer": 1}


def test_where_everybody_answered_nobody_is_missing():
    assert absent(dict.fromkeys(GRANTED, "no")) == {}


# -- words and letters ------------------------------------------------------------------------------------------------
def left(**said: Any) -> list[Record]:
    return records("out_left_out", {"figure": UNUSED, "left_out_count": 2, "left_out_granted_sek": 70_000, **said})


def test_who_is_left_out_is_one_sentence_in_both_languages():
    [swedish] = listed("note_left_out", left(reason="no_report"), "sv")
    [english] = listed("note_left_out", left(reason="no_report"), "en")
    assert swedish == "Inte med: 2 bidrag om 70\u00a0000\u00a0kr (ingen återrapport)."
    assert english == "Not included: 2 grants of SEK\u00a070\u00a0000 (no report)."


def test_an_amount_that_is_not_known_is_not_told_as_zero():
    of_decision = left(figure="granted_sek", reason="decision_set_aside", left_out_count=1, left_out_granted_sek=None)
    assert listed("note_left_out", of_decision, "sv") == [
        "Inte med: 1 beslut om okänt belopp (beslutet är lagt åt sidan)."
    ]


def printed(*notes: tuple[str | None, ...]) -> list[list[dict[str, Any]]]:
    """Rows of cells with these notes."""
    return [
        [{"row_no": row, "column_no": column, "note_sv": note} for column, note in enumerate(cells, 1)]
        for row, cells in enumerate(notes, 1)
    ]


def test_a_note_that_all_figures_of_a_column_have_stands_at_the_column_and_once_below():
    found = footnotes(printed((None, "x", "x"), (None, "x", "y")))
    assert found.columns == {2: "a"}
    assert found.cells == {(1, 3): "a", (2, 3): "b"}
    assert found.notes == {"a": "x", "b": "y"}


def test_a_table_without_notes_has_none():
    assert footnotes(printed((None, None))).notes == {}
    assert footnotes([]).notes == {}


def test_there_are_letters_for_more_notes_than_the_alphabet_has():
    letters = list(footnotes(printed(*((str(n),) for n in range(28)))).notes)
    assert (letters[0], letters[25], letters[26], letters[27]) == ("a", "z", "aa", "ab")
