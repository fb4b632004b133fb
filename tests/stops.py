"""A stop, held to what every stop promises: one sentence that says where and what to do, and no value of a cell."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import dagster as dg
import pytest

from schemas.rules.rule import Stop, rules
from schemas.words.vocabulary import LANGUAGES, Language

Raised = pytest.ExceptionInfo[Stop | dg.Failure]


@contextmanager
def stops_by(rule: str, *, where: str, todo: str, never: Sequence[str] = ()) -> Iterator[Raised]:
    """What is done within stops by the rule.

    Args: where: file, table or round that both sentences name. todo: words of the Swedish sentence that say what to
        do. never: what stands in the cells, and so in no sentence.
    """
    with pytest.raises((Stop, dg.Failure)) as raised:
        yield raised
    stopped_by, told = _told(raised.value)
    assert stopped_by == rule
    for sentence in told.values():
        assert where in sentence
        assert not set("{}\n") & set(sentence)
        assert [value for value in never if value in sentence] == []
    assert todo in told["sv"]


def _told(stop: Stop | dg.Failure) -> tuple[str, dict[Language, str]]:
    if isinstance(stop, Stop):
        return stop.rule.id, {language: stop.sentence(language) for language in LANGUAGES}
    return str(stop.metadata["rule"].value), {language: str(stop.metadata[language].value) for language in LANGUAGES}


def says(told: str, rule: str, *, where: str, todo: str, never: Sequence[str] = ()) -> bool:
    """Is this the sentence of the rule in Swedish, about that place, with what to do and without a value?"""
    beginning = rules()[rule].sv.partition("{")[0]
    return told.startswith(beginning) and where in told and todo in told and not any(value in told for value in never)
