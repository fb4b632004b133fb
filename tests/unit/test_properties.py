"""What holds for every amount, share, name of a file's order and sequence of submissions, tried on many drawn ones."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from math import floor
from typing import Any

import narwhals as nw
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.evaluation import grouped
from assets.domain.money import kronor, percent, percent_of
from assets.domain.submissions import decide_fates, exclusion_rule, funnel
from assets.frames import records_of
from schemas.configuration import catalogue
from schemas.words.vocabulary import FATES
from tests.frames import ROUND, computed, received, texts

FORM = catalogue.programme("stadigvarande-boende").forms["usage_report_2022"]
SPACES = ["", " ", "\u00a0", "\u202f", "\u2009"]
AMOUNTS = st.integers(0, 10**15 - 1)
MANY = {"min_size": 1, "max_size": 50}
few_frames = settings(max_examples=30, deadline=None)


@few_frames
@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from(SPACES), st.sampled_from(["", "kr", " kr", "\u00a0kr", " Kr"])), **MANY)
)
def test_an_amount_written_in_any_supported_way_reads_back(written: list[tuple[int, str, str]]):
    texts_ = [f"{amount:,}".replace(",", space) + unit for amount, space, unit in written]
    assert computed(kronor(nw.col("text")), text=texts_) == [amount for amount, _, _ in written]


@few_frames
@given(st.lists(st.tuples(st.integers(-(10**15), 10**15), st.integers(1, 10**15)), **MANY))
def test_a_share_is_the_exact_share_rounded_half_up(pairs: list[tuple[int, int]]):
    expected = [floor(Fraction(100 * part, whole) + Fraction(1, 2)) for part, whole in pairs]
    parts, wholes = zip(*pairs, strict=True)
    assert computed(percent(nw.col("part"), nw.col("whole")), part=parts, whole=wholes) == expected
    assert [percent_of(part, whole) for part, whole in pairs] == expected


@few_frames
@given(st.lists(st.integers(1, 10**15 - 1), **MANY))
def test_an_amount_is_grouped_as_python_groups_it(amounts: list[int]):
    assert computed(grouped("amount"), amount=amounts) == [f"{amount:,}".replace(",", "\u00a0") for amount in amounts]


START = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - the forms write no time zone
MINUTES = st.integers(0, 60 * 24 * 60)


@st.composite
def submissions(draw: st.DrawFn, *, distinct: bool) -> list[dict[str, Any]]:
    """A file of submissions: of few recipients, so that they compete, some not valid, some no data."""
    minutes = draw(st.lists(MINUTES, min_size=1, max_size=25, unique=distinct))
    return [
        {
            "row_kind": draw(st.sampled_from(["data"] * 9 + ["total"])),
            "recipient_code": draw(st.sampled_from(["9901", "9902", "9903"])),
            "respondent_id": None,
            "submitted_at": (START + dt.timedelta(minutes=at)).isoformat(sep=" "),
            "submission_status": draw(st.sampled_from(["Inlämnad"] * 4 + ["Test", "Utkast"])),
            "broken_rule": draw(st.sampled_from([None] * 4 + ["amount_unreadable"])),
            "late": at > 60 * 24 * 32,
            "is_supplement": False,
        }
        for at in minutes
    ]


def judged(rows: list[dict[str, Any]], *, late_is_excluded: bool) -> list[dict[str, Any]]:
    frame = texts(*rows)
    rule = exclusion_rule(received(FORM), "2024-02-15", late_is_excluded=late_is_excluded)
    return records_of(decide_fates(frame.with_columns(excluded_by=rule), FORM))


def is_valid(row: dict[str, Any]) -> bool:
    return row["row_kind"] == "data" and row["excluded_by"] is None and row["broken_rule"] is None


@few_frames
@given(submissions(distinct=False), st.booleans())
def test_every_data_row_has_one_fate_and_a_recipient_at_most_one_row_that_counts(
    rows: list[dict[str, Any]],
    late_is_excluded: bool,  # noqa: FBT001 - drawn
):
    result = judged(rows, late_is_excluded=late_is_excluded)
    assert sorted(row["source_row"] for row in result) == list(range(1, len(rows) + 1))
    assert all((row["fate"] in FATES) == (row["row_kind"] == "data") for row in result)
    assert all((row["rule"] is None) == (row["fate"] in (None, "accepted")) for row in result)
    accepted = Counter(row["recipient_code"] for row in result if row["fate"] == "accepted")
    assert set(accepted.values()) <= {1}


@few_frames
@given(submissions(distinct=True), st.booleans(), st.randoms(use_true_random=False))
def test_the_latest_valid_submission_counts_in_whatever_order_the_file_has(
    rows: list[dict[str, Any]],
    late_is_excluded: bool,  # noqa: FBT001 - drawn
    random: Any,
):
    result = judged(rows, late_is_excluded=late_is_excluded)
    latest: dict[str, str] = {}
    for row in filter(is_valid, result):
        code = row["recipient_code"]
        latest[code] = max(latest.get(code, ""), row["submitted_at"])
    assert accepted(result) == set(latest.items())
    shuffled = random.sample(rows, len(rows))
    assert accepted(judged(shuffled, late_is_excluded=late_is_excluded)) == accepted(result)


def accepted(result: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["recipient_code"], row["submitted_at"]) for row in result if row["fate"] == "accepted"}


@few_frames
@given(submissions(distinct=False), st.booleans())
def test_the_funnel_balances(
    rows: list[dict[str, Any]],
    late_is_excluded: bool,  # noqa: FBT001 - drawn
):
    result = judged(rows, late_is_excluded=late_is_excluded)
    [file] = records_of(funnel(texts(*({**row, **ROUND, "form": "f"} for row in result))))
    fates = Counter(row["fate"] for row in result)
    assert {fate: file[f"{fate}_count"] for fate in FATES} == {fate: fates[fate] for fate in FATES}
    assert file["received_count"] == sum(file[f"{fate}_count"] for fate in FATES)
    assert file["received_count"] + file["other_count"] == len(rows)
