"""Dates and points in time as they are written, and as dates."""

import datetime as dt

from assets.domain.reading.dates import day, moment, year_ending

EXIST = {
    "2023-02-28": "last of February in a common year",
    "2024-02-29": "leap day",
    "2000-02-29": "leap day of a century divisible by 400",
    "2023-04-30": "last of April",
    "2023-12-31": "last of December",
    "1999-01-01": "before 2000",
    "1900-01-01": "the first day that is read",
    "2199-12-31": "the last",
}
DO_NOT_EXIST = {
    "2023-02-29": "29 February in a common year",
    "2024-02-30": "30 February",
    "2100-02-29": "29 February of a century not divisible by 400",
    "2023-04-31": "31 April",
    "2023-11-31": "31 November",
    "2023-12-32": "32 December",
    "2023-00-10": "month 0",
    "2023-13-10": "month 13",
    "2023-01-00": "day 0",
}
FAR_AWAY = ["0202-01-30", "1066-10-14", "1899-12-31", "2200-01-01", "9999-12-31"]
MISWRITTEN = ["23-01-30", "2023-1-30", "20230130", "30/1/2023", "2023-01-30 ungefär", "den 2023-01-30", "45000", ""]
MISWRITTEN += ["٢٠٢٣-٠١-٣٠", "2023-01-30\n"]
NO_TIMES = ["2023-01-30 24:00", "2023-01-30 10:60", "2023-01-30 10", "2023-01-30 10:00:60", "2023-01-30  10:00"]
NO_TIMES += ["2023-01-30 10:00Z", "2023-01-30 10:00:00.5", "2023-01-30 10:00\n"]


def test_a_day_that_exists_is_read():
    for text, what in EXIST.items():
        assert day(text) == dt.date.fromisoformat(text), what


def test_a_day_that_does_not_exist_is_none():
    for text, what in DO_NOT_EXIST.items():
        assert (day(text), moment(text)) == (None, None), what


def test_what_is_not_written_as_a_date_of_our_time_is_none():
    for text in [*MISWRITTEN, *NO_TIMES, *FAR_AWAY, None]:
        assert (day(text), moment(text)) == (None, None), text


def test_a_time_of_day_is_left_out_of_the_date():
    for text in ("2023-01-30 00:00", "2023-01-30 23:59:59", "2023-01-30T10:05", "2023-01-30T10:05:09"):
        assert day(text) == dt.date(2023, 1, 30), text


def test_a_moment_is_written_out_so_that_text_sorts_as_time():
    assert list(map(moment, ("2023-01-30T09:00", "2023-01-30 10:00", "2023-01-30 10:00:01", "2023-01-30"))) == [
        "2023-01-30 09:00:00",
        "2023-01-30 10:00:00",
        "2023-01-30 10:00:01",
        "2023-01-30 00:00:00",
    ]


def test_a_financial_year_ends_on_its_last_day():
    assert year_ending(dt.date(2023, 12, 31), "12-31") == 2023
    assert [year_ending(dt.date(2023, 6, 30), "06-30"), year_ending(dt.date(2023, 7, 1), "06-30")] == [2023, 2024]
