"""Dates and points in time as they are written, and as dates."""

import datetime as dt

import narwhals as nw
import pytest

from assets.domain.dates import day, is_moment, moment
from tests.frames import computed

EXIST = [
    pytest.param("2023-02-28", id="last of February in a common year"),
    pytest.param("2024-02-29", id="leap day"),
    pytest.param("2000-02-29", id="leap day of a century divisible by 400"),
    pytest.param("2023-04-30", id="last of April"),
    pytest.param("2023-12-31", id="last of December"),
    pytest.param("1999-01-01", id="before 2000"),
]
DO_NOT_EXIST = [
    pytest.param("2023-02-29", id="29 February in a common year"),
    pytest.param("2024-02-30", id="30 February"),
    pytest.param("2100-02-29", id="29 February of a century not divisible by 400"),
    pytest.param("2023-04-31", id="31 April"),
    pytest.param("2023-11-31", id="31 November"),
    pytest.param("2023-12-32", id="32 December"),
    pytest.param("2023-00-10", id="month 0"),
    pytest.param("2023-13-10", id="month 13"),
    pytest.param("2023-01-00", id="day 0"),
]
MISWRITTEN = ["23-01-30", "2023-1-30", "20230130", "30/1/2023", "2023-01-30 ungefär", "den 2023-01-30", "45000", ""]
NO_TIMES = ["2023-01-30 24:00", "2023-01-30 10:60", "2023-01-30 10", "2023-01-30 10:00:60", "2023-01-30  10:00"]
NO_TIMES += ["2023-01-30 10:00Z", "2023-01-30 10:00:00.5", "2023-01-30 10:00\n"]


@pytest.mark.parametrize("text", EXIST)
def test_a_day_that_exists_is_read(text: str):
    assert computed(day(nw.col("text")), text=[text]) == [dt.date.fromisoformat(text)]


@pytest.mark.parametrize("text", DO_NOT_EXIST)
def test_a_day_that_does_not_exist_is_null(text: str):
    assert computed(day(nw.col("text")), text=[text, "2023-01-30"]) == [None, dt.date(2023, 1, 30)]


@pytest.mark.parametrize("text", [*MISWRITTEN, *NO_TIMES])
def test_what_is_not_written_as_a_date_is_null(text: str):
    assert computed(day(nw.col("text")), text=[text]) == [None]
    assert computed(moment(nw.col("text")), text=[text]) == [None]
    assert computed(is_moment(nw.col("text")), text=[text]) == [False]


@pytest.mark.parametrize("text", ["2023-01-30 00:00", "2023-01-30 23:59:59", "2023-01-30T10:05", "2023-01-30T10:05:09"])
def test_a_time_of_day_is_left_out_of_the_date(text: str):
    assert computed(day(nw.col("text")), text=[text]) == [dt.date(2023, 1, 30)]


def test_a_moment_is_written_out_so_that_text_sorts_as_time():
    texts = ["2023-01-30T09:00", "2023-01-30 10:00", "2023-01-30", None]
    assert computed(moment(nw.col("text")), text=texts) == [
        "2023-01-30 09:00:00",
        "2023-01-30 10:00:00",
        "2023-01-30 00:00:00",
        None,
    ]


@pytest.mark.parametrize("text", ["0202-01-30", "1066-10-14", "2999-12-31", "9999-12-31"])
def test_a_year_far_away_does_not_stop_the_other_rows_from_being_read(text: str):
    assert computed(day(nw.col("text")), text=[text, "2023-01-30"])[1] == dt.date(2023, 1, 30)
