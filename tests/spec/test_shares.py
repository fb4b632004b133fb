"""Shares are whole percent, rounded half up on exact whole numbers."""

import narwhals as nw
import pytest

from assets.domain.money import percent, percent_of
from tests.frames import computed

NINES = 999_999_999_999_999
HALF_UP = [
    pytest.param(46, 49, 94, id="Table 3 prints 93; 46 of 49 is 93.88, which is 94"),
    pytest.param(1, 8, 13, id="12.5 rounds up"),
    pytest.param(1, 200, 1, id="0.5 rounds up"),
    pytest.param(1, 201, 0, id="just below a half rounds down"),
    pytest.param(124, 1000, 12, id="12.4 rounds down"),
    pytest.param(0, 49, 0, id="none of them is 0"),
    pytest.param(49, 49, 100, id="all of them is 100"),
    pytest.param(199, 200, 100, id="99.5 rounds up"),
    pytest.param((199 * NINES - 1) // 200, NINES, 99, id="fifteen digits, just below 99.5, round down"),
    pytest.param(0, 0, None, id="nothing of nothing is no share"),
]


PRINTED_OF_49 = {46: 94, 43: 88, 42: 86, 30: 61, 29: 59, 28: 57, 24: 49, 16: 33, 12: 24, 11: 22}
"""The printed counts and shares of Tables 3 and 4, but for 46, where the source prints 93."""


@pytest.mark.parametrize(("count", "share"), PRINTED_OF_49.items())
def test_a_share_of_49_is_as_printed(count: int, share: int):
    assert percent_of(count, 49) == share


def test_the_share_unused_in_2022_is_as_printed_in_table_2():
    assert percent_of(55_718, 1_761_018) == 3


@pytest.mark.parametrize(("part", "whole", "share"), HALF_UP)
def test_a_share_in_a_table_is_rounded_half_up(part: int, whole: int, share: int | None):
    assert computed(percent(nw.col("part"), nw.col("whole")), part=[part], whole=[whole]) == [share]


@pytest.mark.parametrize(("part", "whole", "share"), HALF_UP)
def test_a_share_of_two_plain_numbers_is_rounded_in_the_same_way(part: int, whole: int, share: int | None):
    assert percent_of(part, whole) == share


def test_a_share_of_something_unknown_is_unknown():
    shares = computed(percent(nw.col("part"), nw.col("whole")), part=[1, None, 1], whole=[2, 2, None])
    assert shares == [50, None, None]
