"""Between small lists of records and frames, and the few expressions every idea needs."""

import narwhals as nw
import pyarrow as pa
import pytest

from assets.domain.frames import constant, counted, extended, first_of, is_true, nothing, recoded, summed
from assets.frames import frame_of, records_of
from tests.frames import computed, texts

SCHEMA = pa.schema([("name", pa.string()), ("amount", pa.int64())])


def test_a_record_without_a_key_has_null_there():
    assert records_of(frame_of([{"name": "a"}], SCHEMA)) == [{"name": "a", "amount": None}]


def test_no_records_are_an_empty_frame_with_the_schemas_columns():
    frame = frame_of([], SCHEMA)
    assert frame.collect_schema().names() == ["name", "amount"]
    assert records_of(frame) == []


def test_records_of_a_filtered_frame_have_its_columns_and_no_other():
    frame = frame_of([{"name": "a", "amount": 1}, {"name": "b", "amount": 2}], SCHEMA)
    assert records_of(frame.filter(nw.col("amount") == 2)) == [{"name": "b", "amount": 2}]


def test_large_amounts_stay_whole_beside_nulls():
    frame = frame_of([{"amount": 2**53 + 1}, {"amount": None}], SCHEMA)
    assert [row["amount"] for row in records_of(frame)] == [2**53 + 1, None]


def test_unknown_is_not_true():
    assert computed(is_true(nw.col("n") > 1), n=[1, 2, None]) == [False, True, False]
    assert computed(counted(nw.col("n") > 1), n=[1, 2, None]) == [0, 1, 0]


def test_a_constant_stands_in_every_row_in_the_type_of_its_model():
    assert computed(constant("x", "name"), name=["a", None]) == ["x", "x"]
    assert computed(constant(7, "n"), n=[1, None]) == [7, 7]
    assert computed(nothing("n"), n=[1, None]) == [None, None]


def test_the_first_case_that_is_true_decides():
    cases = [(nw.col("n") > 2, "many"), (nw.col("n") > 1, "some")]
    result = computed(first_of(cases, otherwise=constant("few", "name")), n=[1, 2, 3, None], name=["x"] * 4)
    assert result == ["few", "some", "many", "few"]


def test_a_text_that_is_no_code_becomes_null():
    codes = {"approved": "Bifall", "rejected": "Avslag"}
    assert computed(recoded("text", codes), text=["Avslag", "Bifall", "bifall", None]) == [
        "rejected",
        "approved",
        None,
        None,
    ]


def test_nothing_summed_is_zero():
    rows = texts({"group": "a", "n": None, "provenance": "real"}, {"group": "b", "n": 5, "provenance": "real"})
    sums = summed(rows, ["group"], {"n": nw.col("n")})
    assert {row["group"]: row["n"] for row in records_of(sums)} == {"a": 0, "b": 5}


@pytest.mark.parametrize(
    ("provenances", "whole"),
    [
        (["real", "real"], "real"),
        (["synthetic"], "synthetic"),
        (["real", "synthetic"], "mixed"),
        (["mixed", "real"], "mixed"),
    ],
)
def test_a_sum_is_as_real_as_its_parts(provenances: list[str], whole: str):
    rows = texts(*({"group": "a", "provenance": each} for each in provenances))
    assert [row["provenance"] for row in records_of(summed(rows, ["group"], {}))] == [whole]


def test_no_further_columns_leave_a_frame_as_it_is():
    frame = frame_of([{"name": "a"}], SCHEMA)
    assert records_of(extended(frame, {})) == records_of(frame)
