"""Dates and points in time as they are written, and as dates."""

import datetime as dt
from decimal import Decimal

from assets.domain.reading.dates import day, moment, told, year_ending

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
NO_TIMES += ["2023-01-30 10:00Z+1", "2023-01-30 10:00:00.", "2023-01-30 10:00\n"]


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


def test_a_moment_with_a_fraction_and_a_distance_is_what_clocks_showed_in_sweden():
    """Swedish summer time 2024 began on 31 March at 01:00 UTC, and ended on 27 October at 01:00 UTC."""
    written = {
        "2024-01-15T10:00:00Z": "2024-01-15 11:00:00",
        "2024-01-15T10:00:00.000+01:00": "2024-01-15 10:00:00",
        "2024-02-01T23:30:00.123Z": "2024-02-02 00:30:00",  # the day after, for a deadline here
        "2024-07-01T10:00+0000": "2024-07-01 12:00:00",
        "2024-03-31T00:59:59Z": "2024-03-31 01:59:59",
        "2024-03-31T01:00:00Z": "2024-03-31 03:00:00",
        "2016-03-14T14:14:10.000-04:00": "2016-03-14 19:14:10",
        "2024-01-15 10:00:00.9": "2024-01-15 10:00:00",
    }
    assert {text: moment(text) for text in written} == written
    assert told("2024-02-01T23:30:00Z") == "2024-02-02 00:30:00"


def test_a_typed_cell_is_a_date_as_it_is_and_a_number_is_a_spreadsheets_day():
    """Day 45 306 of 1900 is 15 January 2024: 45 292 is the first of that year, as a spreadsheet shows it."""
    cells = {
        dt.date(2024, 1, 15): "2024-01-15",
        dt.datetime.fromisoformat("2024-01-15 10:00:03.25"): "2024-01-15 10:00:03",
        45306: "2024-01-15 00:00:00",
        Decimal("45306.75"): "2024-01-15 18:00:00",
        20240115: None,
        True: None,
    }
    assert {cell: told(cell) for cell in cells} == cells
    assert told("45306.75") is None
    assert told("45306.75", ["excel"]) == "2024-01-15 18:00:00"
    assert told(20240115, ["%Y%m%d"]) == "2024-01-15 00:00:00"


DECLARED = {
    "15.01.2024 10:00:00": "%d.%m.%Y %H:%M:%S",
    "1/15/2024 10:00:00": "%m/%d/%Y %H:%M:%S",
    "01/15/2024 10:00:00 AM": "%m/%d/%Y %I:%M:%S %p",
    "15/01/2024 10:00": "%d/%m/%Y %H:%M",
    "2024/01/15 10:00:00 AM GMT+1": "%Y/%m/%d %I:%M:%S %p GMT%z",
    "2024-01-15 10.00": "%Y-%m-%d %H.%M",
}


def test_a_date_as_a_tool_writes_it_is_read_by_the_format_that_is_declared_and_not_otherwise():
    for text, form in DECLARED.items():
        assert told(text) is None, text
        assert told(text, [form]) == "2024-01-15 10:00:00", text
        assert told("2024-01-15", [form]) == "2024-01-15", "ISO is always read"
