"""An auditor's draw: what is drawn, how likely, and that the same seed draws the same."""

import hashlib
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.draw import Draw, Hint, Unit, draw, factor, hints, interval, start

AMOUNTS = st.lists(st.integers(1, 5_000), min_size=1, max_size=12)
SEEDS = st.integers(0, 10**9)
MATERIALITY = st.integers(1, 30_000)


def units(*amounts: int) -> list[Unit]:
    return [Unit(f"EX {n}", f"{9901 + n}", f"Exempelkommun {n + 1:02}", amount) for n, amount in enumerate(amounts)]


def drawn(amounts: list[int], seed: int, materiality: int) -> Draw:
    return draw(units(*amounts), seed, materiality_sek=materiality, confidence=95)


def hits(found: Draw) -> list[int]:
    return [hit for placed in found.placed for hit in placed.hits]


PRINTED = {
    80: (1.61, 3.00, 4.28, 5.52, 6.73),
    90: (2.31, 3.89, 5.33, 6.69, 8.00),
    95: (3.00, 4.75, 6.30, 7.76, 9.16),
    99: (4.61, 6.64, 8.41, 10.05, 11.61),
}
"""The Poisson factors of audit sampling tables for 0 to 4 errors; they round up."""


@pytest.mark.parametrize(("confidence", "printed"), PRINTED.items())
def test_the_factors_are_those_that_tables_print(confidence: int, printed: tuple[float, ...]):
    assert tuple(math.ceil(factor(confidence, errors) * 100) / 100 for errors in range(5)) == printed


@given(st.integers(1, 99), st.integers(0, 60))
def test_at_the_factor_so_few_errors_are_as_unlikely_as_the_risk(confidence: int, errors: int):
    mean = float(factor(confidence, errors))
    at_most = sum(math.exp(-mean) * mean**number / math.factorial(number) for number in range(errors + 1))
    assert at_most == pytest.approx(1 - confidence / 100)


def test_the_interval_is_the_materiality_divided_by_the_factor_rounded_down():
    # ln(20) lies between 2.99573 and 2.99574, and 300 000 divided by these is 100 142.5 and 100 142.2
    assert interval(300_000, 95) == 100_142
    assert interval(1, 95) == 1


def test_the_start_can_be_computed_by_anybody_from_the_seed():
    assert start(7, 100_142) == int(hashlib.sha256(b"7").hexdigest(), 16) % 100_142 + 1


@given(st.integers(1, 10**6), SEEDS)
def test_the_first_krona_lies_in_the_first_interval(distance: int, seed: int):
    assert 1 <= start(seed, distance) <= distance


@given(AMOUNTS, SEEDS, MATERIALITY)
def test_the_kronor_of_the_units_are_the_population_end_to_end(amounts: list[int], seed: int, materiality: int):
    found = drawn(amounts, seed, materiality)
    assert sum(placed.last_krona - placed.first_krona + 1 for placed in found.placed) == sum(amounts) == found.total_sek
    assert all(after.first_krona == before.last_krona + 1 for before, after in pairwise(found.placed))
    assert [placed.unit.amount_sek for placed in found.placed] == amounts


@given(AMOUNTS, SEEDS, MATERIALITY)
def test_each_whole_interval_has_exactly_one_hit_at_the_same_place(amounts: list[int], seed: int, materiality: int):
    """So a unit's chance is in proportion to its kronor: each krona of an interval is as likely as any other."""
    found = drawn(amounts, seed, materiality)
    whole = range(found.total_sek // found.interval_sek)
    expected = [found.start_sek + number * found.interval_sek for number in whole]
    assert hits(found)[: len(expected)] == expected
    assert len(hits(found)) - len(expected) in (0, 1)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_over_all_starts_every_unit_is_hit_as_often_as_it_has_kronor(amounts: list[int]):
    found = drawn(amounts, 1, 60)
    distance = found.interval_sek
    starts: dict[int, int] = {}
    for seed in range(40 * distance):
        starts.setdefault(start(seed, distance), seed)
    assert sorted(starts) == list(range(1, distance + 1))
    counted = [0] * len(amounts)
    for seed in starts.values():
        for number, placed in enumerate(drawn(amounts, seed, 60).placed):
            counted[number] += len(placed.hits)
    assert counted == amounts


@given(AMOUNTS, SEEDS, MATERIALITY)
def test_a_unit_of_at_least_one_interval_is_always_drawn(amounts: list[int], seed: int, materiality: int):
    found = drawn(amounts, seed, materiality)
    assert all(placed.hits for placed in found.placed if placed.unit.amount_sek >= found.interval_sek)


@given(AMOUNTS, SEEDS)
def test_an_interval_no_larger_than_the_smallest_unit_reads_everybody(amounts: list[int], seed: int):
    found = drawn(amounts, seed, min(amounts) * 2)
    assert found.interval_sek <= min(amounts)
    assert [placed.unit.amount_sek for placed in found.selected] == amounts


@given(AMOUNTS, SEEDS, MATERIALITY)
def test_the_same_seed_draws_the_same_in_whatever_order_the_units_come(amounts: list[int], seed: int, materiality: int):
    found = drawn(amounts, seed, materiality)
    assert draw(reversed(units(*amounts)), seed, materiality_sek=materiality, confidence=95) == found


def test_all_are_read_when_each_was_hit_and_not_when_a_few_were_hit_often():
    """One of 900 000 kronor and three of 1 000, and an interval of 10 000: the large one has 90 hits, and is one."""
    found = drawn([900_000, 1_000, 1_000, 1_000], 1, 29_958)
    assert found.interval_sek == 10_000
    assert len(hits(found)) >= 90
    assert not found.reads_all
    assert len(found.selected) < 4
    every = drawn([10_000] * 4, 1, 29_958)
    assert every.reads_all
    assert len(every.selected) == 4


@given(AMOUNTS, SEEDS, MATERIALITY)
def test_what_is_to_be_read_is_each_unit_once_and_stands_for_others_only_below_an_interval(
    amounts: list[int], seed: int, materiality: int
):
    found = drawn(amounts, seed, materiality)
    read = [placed.unit.code for placed in found.selected]
    assert len(read) == len(set(read)) == len([placed for placed in found.placed if placed.hits])
    assert found.reads_all == (len(read) == len(amounts))
    below = [placed for placed in found.selected if placed.unit.amount_sek < found.interval_sek]
    assert list(found.sampled) == ([] if found.reads_all else below)
    assert all(len(placed.hits) == 1 for placed in below)


# -- hints ----------------------------------------------------------------------------------------------------------
def report(code: str, **facts: object) -> dict[str, object]:
    return {"recipient_code": code, "used_sek": None, "unused_sek": 0, "case_number": None, "signed_by": None, **facts}


def answer(whose: str, option: str, amount: int | None = None) -> dict[str, object]:
    return {"respondent_id": whose, "question": "q", "option": option, "selected": True, "amount_sek": amount}


@pytest.mark.parametrize(
    ("kind", "value"), [("used_sek", 500), ("unused_sek", 7), ("case_number", "EX 1"), ("signed_by", "A. Exempel")]
)
def test_what_several_reports_share_is_a_hint(kind: str, value: object):
    alike = [report("9902", **{kind: value}), report("9901", **{kind: value}), report("9903")]
    assert hints(alike, []) == [Hint(kind, str(value), ("9901", "9902"))]
    assert hints(alike[1:], []) == []


def test_nothing_used_and_nothing_left_are_shared_by_many_and_say_nothing():
    assert hints([report("9901", used_sek=0), report("9902", used_sek=0)], []) == []


def test_the_same_answers_to_all_questions_are_a_hint_and_all_but_one_are_not():
    answers = [answer(whose, option) for whose in ("9901", "9902", "9903") for option in ("a", "b")]
    assert hints([], answers[:-1]) == [Hint("answers", "", ("9901", "9902"))]
    other = [*answers[:-2], answer("9903", "a"), answer("9903", "b", amount=5)]
    assert hints([], other) == [Hint("answers", "", ("9901", "9902"))]
