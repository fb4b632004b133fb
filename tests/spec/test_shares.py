"""Shares are whole percent, rounded half up on exact whole numbers."""

from assets.domain.shares import percent
from tests.rows import body
from tests.spec.language import NAME, annex_of, code, decisions, reconciliation, reports

NINES = 999_999_999_999_999
HALF_UP = [
    (46, 49, 94, "Table 3 prints 93; 46 of 49 is 93.88, which is 94"),
    (1, 8, 13, "12.5 rounds up"),
    (1, 200, 1, "0.5 rounds up"),
    (1, 201, 0, "just below a half rounds down"),
    (124, 1000, 12, "12.4 rounds down"),
    (0, 49, 0, "none of them is 0"),
    (49, 49, 100, "all of them is 100"),
    (199, 200, 100, "99.5 rounds up"),
    ((199 * NINES - 1) // 200, NINES, 99, "fifteen digits, just below 99.5, round down"),
    (0, 0, None, "nothing of nothing is no share"),
]


PRINTED_OF_49 = {46: 94, 43: 88, 42: 86, 30: 61, 29: 59, 28: 57, 24: 49, 16: 33, 12: 24, 11: 22}
"""The printed counts and shares of Tables 3 and 4, but for 46, where the source prints 93."""


def test_a_share_of_49_is_as_printed():
    assert {count: percent(count, 49) for count in PRINTED_OF_49} == PRINTED_OF_49


def test_the_share_unused_in_2022_is_as_printed_in_table_2():
    assert percent(55_718, 1_761_018) == 3


def test_a_share_in_a_table_is_rounded_half_up():
    """One recipient for each share: so much of its grant is not used."""
    names = [f"{NAME}{number}" for number in range(10, 10 + len(HALF_UP))]
    granted = decisions(*(f"{name}: {whole}" for name, (_, whole, _, _) in zip(names, HALF_UP, strict=True)))
    unused = reports(*(f"{name}: {part} oanvänt" for name, (part, _, _, _) in zip(names, HALF_UP, strict=True)))
    annex = annex_of(reconciliation(granted, unused, bodies=[body(code(name), name) for name in names]))
    shares = {said: line["unused_percent"] for line, (_, _, _, said) in zip(annex, HALF_UP, strict=True)}
    assert shares == {said: share for _, _, share, said in HALF_UP}


def test_a_share_of_two_plain_numbers_is_rounded_in_the_same_way():
    shares = {said: percent(part, whole) for part, whole, _, said in HALF_UP}
    assert shares == {said: share for _, _, share, said in HALF_UP}


def test_a_share_of_something_unknown_is_unknown():
    assert [percent(part, whole) for part, whole in ((1, 2), (None, 2), (1, None))] == [50, None, None]
