"""Texts that are no figures: whatever is written gives a value or one sentence, at once."""

import time
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.domain.figures.functions import FUNCTIONS
from assets.domain.figures.grammar import DEPTH, LARGEST, LENGTH, Call, parsed
from assets.domain.figures.language import FACTS
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import Figure
from assets.domain.figures.world import day_number
from schemas.tables import TABLES, project
from schemas.words.vocabulary import LANGUAGES
from tests.figures import cells, figure, outside, world_of
from tests.rows import records

YEAR = 2023
SECONDS = 1.0
"""Nothing takes longer on any machine; most take a thousandth of it."""

TABLES_READ = {
    "core_round": records("core_round", {}),
    "core_reconciliation": records(
        "core_reconciliation",
        {"grant_id": "a", "recipient_code": "9901", "granted_sek": 100, "used_sek": 60, "unused_sek": 40},
        {"grant_id": "b", "recipient_code": "9901", "granted_sek": 50},
        {"grant_id": "c", "recipient_code": "9902", "granted_sek": 10, "used_sek": 10, "unused_sek": 0},
        {"grant_id": "d", "recipient_code": "9903"},
    ),
    "core_recipient": records(
        "core_recipient",
        *({"recipient_code": f"990{n}", "county_name": "Åbo län", "kind": "municipality"} for n in (1, 2, 3)),
    ),
    "out_annex": records("out_annex", {"grant_id": "a"}, {"grant_id": "b", "left_out": "no_report"}, {"grant_id": "c"}),
    "core_decision": records("core_decision", {"grant_id": "a"}, {"grant_id": "b"}, {"grant_id": "c"}),
    "core_answer": records(
        "core_answer",
        {"respondent_id": "1", "option": "1", "status": "answered", "selected": True, "source_column": "A"},
        {"respondent_id": "1", "option": "2", "status": "answered", "selected": False, "source_column": "A"},
        {"respondent_id": "2", "option": "1", "status": "blank", "source_column": "A"},
        {"respondent_id": "2", "option": "2", "status": "blank", "source_column": "A"},
        form="f",
        question="grade",
    ),
    **{
        name: []
        for name in (
            "core_application",
            "core_account",
            "core_usage_report",
            "core_decision_part",
            "core_event",
            "core_unplaced",
            "core_set_aside",
            "core_source_column",
            "out_funds_by_year",
        )
    },
}


def told(expression: str) -> Figure | str:
    """The figure, or the sentence, in both languages and with all that is told beside it."""
    started = time.monotonic()
    try:
        found: Figure | str = figure(expression, TABLES_READ)
        outside(expression, TABLES_READ)
        cells(expression, TABLES_READ)
    except Refused as refused:
        found = refused.sentence("sv")
        for language in LANGUAGES:
            sentence = refused.sentence(language)
            assert "\n" not in sentence
            assert "{" not in sentence.replace(expression[:40], "")
            assert len(sentence) < 600
    assert time.monotonic() - started < SECONDS
    return found


# -- what somebody may write ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "expression",
    [
        "sek(granted(2023).real)",
        "().__class__.__mro__[1].__subclasses__()",
        "granted.__globals__",
        "__import__('os').system('true')",
        "eval('1')",
        "(lambda: granted(2023))()",
        "[each for each in granted(2023)]",
        "{1: 2}",
        "{1, 2}",
        "granted(2023)[0]",
        "f'{granted}'",
        "f'{granted(2023)!r:>{10}}'",
        "(x := granted(2023))",
        "10**10**10",
        "2 * 3",
        "1 << 1000000",
        "~1",
        "await granted(2023)",
        "(yield)",
        "sek(*granted(2023))",
        "sek(**granted(2023))",
        "granted(2023) if 1 else 2",
        "granted(2023) is granted(2023)",
        "x = 1",
        "import os",
        "None",
        "True",
        "...",
        "b'x'",
        "1j",
        "1e999",
        "-1e999",
        f"count(recipients(2023, granted > {LARGEST + 1}))",
        "9" * 3000,
        "granted(",
        "granted)",
        "'",
        "granted(2023) # sek",
        "sek(granted(2023)) sek(granted(2023))",
        "sek(granted(2023)))",
        "\\",
        "\x00",
        "sek(granted(2023))\x00",
        "\ud800",
        "'\ud800'",
        "\ufeffsek(granted(2023))",
        "01",
        "1is 2",
        "'\\d'",
        "count(recipients(2023, county == 'Abo lan'))",
        "count(recipients(2023, not county))",
        "count(recipients(2023, granted))",
        "count(recipients(2023, granted == reported))",
        "count(recipients(2023, granted in [1, 2]))",
        "count(recipients(2023, kind == [municipality]))",
        "count(recipients(2023, kind in municipality))",
        "count(recipients(2023, kind in []) ) + count(grants(2023, kind in [1.5]))",
        "count(grants(2023, due_date > 'i morgon'))",
        "share(answered(2023, grade, any=[]))",
        "share(answered(2023, grade, any=[3]))",
        "share(answered(2023, grade, some=[1]))",
        "share(answered(2023, grade, any=[1], any=[2]))",
        "share(answered(2023))",
        "share()",
        "share(sek(granted(2023)))",
        "sek(granted(2023, among=sek(granted(2023))))",
        "sek(granted('2023'))",
        "sek(granted(2023.5))",
        "sek(granted(-2023))",
        "mean(recipients(2023))",
        "mean(due_date(2023))",
        "days(due_date(2023) - decided_date(2023))",
        "due_date(2023) + decided_date(2023)",
        "count(recipients(2023)) - count(recipients(2023)) > sek(granted(2023))",
        "not granted(2023)",
        "1 < 2",
        "recipients(2023) + recipients(2023)",
        "sek(granted(2023)) + granted(2023)",
    ],
)
def test_what_is_no_figure_is_one_sentence(expression: str):
    assert isinstance(told(expression), str)


@pytest.mark.parametrize(
    "expression",
    [
        "x" * 1_000_000,
        "(" * 1_000_000,
        "-" * 1_000_000,
        "1+" * 500_000 + "1",
        "\N{LATIN SMALL LETTER A WITH RING ABOVE}" * 1_000_000,
        "(" * LENGTH,
        "-" * LENGTH,
        "not " * (LENGTH // 4),
        "(" * (LENGTH // 2) + ")" * (LENGTH // 2),
        "[" * (LENGTH // 2) + "]" * (LENGTH // 2),
        "sek(" * (LENGTH // 5) + ")" * (LENGTH // 5),
        "lambda:" * (LENGTH // 7),
        "a." * (LENGTH // 2),
        "a if b else " * (LENGTH // 12),
        "1<" * (LENGTH // 2) + "1",
        "sek(granted(2023))+" * (DEPTH + 10) + "sek(granted(2023))",
        "granted(2023) - " * (LENGTH // 16),
    ],
)
def test_what_is_very_long_or_very_deep_is_refused_at_once(expression: str):
    assert isinstance(told(expression), str)


def test_the_longest_and_the_deepest_that_is_read():
    text = "sek(granted(2023))"
    assert isinstance(parsed(text + " " * (LENGTH - len(text))), Call)
    with pytest.raises(Refused, match="too_long"):
        parsed(text + " " * (LENGTH + 1 - len(text)))
    nested = "sek(" * (DEPTH - 1) + "granted(2023)" + ")" * (DEPTH - 1)
    assert isinstance(parsed(nested), Call)
    with pytest.raises(Refused, match="too_deep"):
        parsed(f"sek({nested})")


def test_a_column_is_counted_in_characters_as_a_person_does():
    assert told('count(recipients(2023, county == "Åbo län" and åäö > 0))').startswith("Kolumn 48: ")
    assert told("  sek(\n\tgrantd(2023))").startswith("Kolumn 9: ")


def test_names_with_swedish_letters_are_words_like_others():
    assert figure('count(recipients(2023, county == "Åbo län"))', TABLES_READ).value == 2


def test_a_recipient_of_which_one_grant_is_unreported_has_no_known_use():
    assert figure("count(recipients(2023, reported))", TABLES_READ).value == 1
    assert figure("count(grants(2023, reported))", TABLES_READ).value == 2


def test_who_has_no_decision_is_left_out():
    assert outside("sek(granted(2023))", TABLES_READ) == {"without_decision": (1, None)}


def test_a_time_is_the_day_it_is_in_and_anything_else_is_no_day():
    assert day_number("2023-03-01 23:59:00") == day_number("2023-03-01")
    assert day_number("i går") is None


# -- whatever is written ----------------------------------------------------------------------------------------------
WORDS = [*FUNCTIONS, *(name for facts in FACTS.values() for name in facts), "known", "grade", "municipality", "among"]
TOKENS = st.sampled_from([*WORDS, "2023", "1999", "1", "(", ")", ",", "+", "-", ">", "==", "in", "and", "or", "not"])
TOKENS |= st.sampled_from(["[", "]", "any=", "of=", "among=", '"Åbo län"', '"2023-01-01"', ".", "=", "åäö"])
LEAVES = st.sampled_from(["2023", "1", "grade", '"x"', "granted", "unused > 0", "kind == municipality", "[1, 2]"])
CALLS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda name, parts: f"{name}({', '.join(parts)})",
            st.sampled_from([*FUNCTIONS]),
            st.lists(inner, max_size=3),
        )
        | st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", ">", "and", "in", "!="]), inner)
        | st.builds("not {}".format, inner)
        | st.builds(
            lambda name, year, among: f"{name}({year}, among={among})", st.sampled_from([*FUNCTIONS]), LEAVES, inner
        )
    ),
    max_leaves=8,
)
FITTING = st.builds(
    lambda how, name, condition: f"{how}({name}(2023{condition}))",
    st.sampled_from(["sek", "count", "share", "mean", "days"]),
    st.sampled_from([*FUNCTIONS]),
    st.sampled_from(["", ", unused > 0", ", reported", ", not reported", ", grade", ", grade, any=[1]"]),
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(TOKENS, max_size=25).map(" ".join) | CALLS | FITTING)
@example("sek(granted(2023))")
def test_whatever_is_written_gives_a_figure_or_one_sentence_and_never_slowly(expression: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(told(expression), Figure | str)


@settings(max_examples=100, deadline=None)
@given(FITTING)
def test_a_figure_is_the_same_twice(expression: str):
    assert told(expression) == told(expression)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200))
def test_who_is_below_and_who_is_not_are_all(low: int, high: int):
    world = world_of(TABLES_READ)
    assert world.years == (YEAR,)
    below, above = (figure(f"count(grants(2023, granted {sign} {low}))", TABLES_READ).value for sign in ("<", ">="))
    both = figure(f"count(grants(2023, granted >= {low} and granted < {high}))", TABLES_READ).value
    assert below + above == 3
    assert both == sum(low <= granted < high for granted in (100, 50, 10))


def test_every_fact_stands_in_a_published_column():
    for facts in FACTS.values():
        for name, fact in facts.items():
            assert fact.column in project.columns(TABLES[fact.table]), name
            for origin in fact.origins:
                assert {"source_file", "source_sheet", "source_row"} <= set(project.columns(TABLES[origin.table])), name
