"""docs/ledger.md explains every word that the ledger uses, in the words that readers see, and no other."""

import inspect
import re
from pathlib import Path

import pytest

from assets.domain.accounts import UNDECIDED, UNREPORTED, _status
from schemas.texts.catalogue import text
from schemas.words import events, vocabulary

PAGE = (Path(__file__).parents[2] / "docs/ledger.md").read_text("utf-8")


def rows(header: str) -> list[list[str]]:
    """The rows of the table that has this first header."""
    [table] = re.findall(rf"^\| {header} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table.splitlines()]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("cause", vocabulary.CAUSES),
        ("status", vocabulary.ACCOUNT_STATUSES),
        ("event", events.LEDGER_EVENTS),
        ("hint", vocabulary.ACROSS_KINDS),
    ],
)
def test_every_word_is_explained_once_and_no_other(header: str, words: tuple[str, ...]):
    explained = [row[0] for row in rows(header)]
    assert sorted(explained) == sorted(words)
    assert all(row[-1] for row in rows(header))


@pytest.mark.parametrize("header", ["cause", "status"])
def test_a_word_has_the_swedish_that_readers_see(header: str):
    for word, swedish, _ in rows(header):
        assert swedish == text(f"{header}_{word}", "sv")


def test_causes_stand_in_the_order_in_which_a_day_is_told():
    assert [row[0] for row in rows("cause")] == list(vocabulary.CAUSES)


def test_statuses_stand_in_the_order_in_which_they_are_tried():
    named = re.findall(r'"([a-z_]+)"', inspect.getsource(_status))
    rest = [word for word in named if word in vocabulary.ACCOUNT_STATUSES]
    assert [row[0] for row in rows("status")] == [*UNDECIDED, *UNREPORTED.values(), *rest]


@pytest.mark.parametrize("name", events.BALANCES)
def test_what_an_event_adds_to_is_named(name: str):
    adding = events.adding_to(name)
    said = {row[0]: row[1] for row in rows("event")}
    if name not in ("available", "administration"):
        assert {event for event in adding if name.replace("_", " ") in said[event]} == set(adding)
