"""What the words of the closed vocabularies are called: which texts of the catalogue are theirs. Said once, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.texts.catalogue import known
from schemas.words import cases, recovery, tasks, trials
from schemas.words import vocabulary as words

TEXTS_OF: Mapping[tuple[str, ...], str] = {
    words.LATE_POLICIES: "late",
    words.PROVENANCES: "provenance",
    words.RECIPIENT_KINDS: "recipient_kind",
    words.ROW_KINDS: "row_kind",
    words.FATES: "fate",
    words.CORRECTION_EFFECTS: "effect",
    words.FUNNEL_RESULTS: "gave",
    words.APPLICATION_OUTCOMES: "application",
    words.ANSWER_STATUSES: "answer",
    words.AMOUNT_DOUBTS: "amount_doubt",
    words.RECONCILIATION_OUTCOMES: "outcome",
    words.COST_CATEGORIES: "cost",
    words.CAUSES: "cause",
    words.ACCOUNT_STATUSES: "status",
    words.ACCOUNT_MEASURES: "measure",
    words.BOOK_RESULTS: "book_result",
    words.LEFT_OUT_REASONS: "left_out",
    words.DIMENSIONS: "dimension",
    words.SET_ASIDE_KINDS: "set_aside",
    words.SEVERITIES: "severity",
    words.ACROSS_KINDS: "across",
    words.UNITS: "unit_word",
    cases.CONCERNS: "concerns",
    cases.MATTERS: "matter",
    cases.STATES: "state",
    cases.TODOS: "todo",
    cases.EVIDENCE: "kind",
    recovery.COVERS: "covers",
    (recovery.NO_DOUBT, *recovery.DOUBTS): "doubt",
    ("preliminary", "confirmed"): "ordinance",
    ("single", "multiple", "rating", "amounts"): "question_kind",
    words.LANGUAGES: "language",
    words.ANSWER_CHECKS: "answer_check",
    tasks.VERDICTS: "verdict",
    tasks.OWNERS: "owner",
    tasks.TASK_KINDS: "task_kind",
    tasks.TASKS: "task",
    trials.TRIED_ON: "tried_on",
    trials.NOT_TRIED: "not_tried",
}
"""The beginning of the names of the texts of a vocabulary."""

PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "figure_measure": words.MEASURES,
    "unit_word": words.UNITS,
    "outcome": words.RECONCILIATION_OUTCOMES,
    "todo": tasks.TASKS,
}
"""Vocabularies of which columns have a part only, and things to do, of which cases have some; others are of events."""

OF_EVENTS = "event"


def text_of_word(vocabulary: tuple[str, ...], word: str) -> str:
    """The name of the text that says what a word of a vocabulary is called.

    A text that begins with `label_` says it where the other is a sentence of its own.
    """
    names = [f"{beginning}_{word}" for beginning in _beginnings(vocabulary)]
    said = (each for name in names for each in (f"label_{name}", name) if known(each))
    return next(said, names[0])


def _beginnings(vocabulary: tuple[str, ...]) -> Iterator[str]:
    if vocabulary in TEXTS_OF:
        yield TEXTS_OF[vocabulary]
    yield from (name for name, whole in PARTS_OF.items() if set(vocabulary) <= set(whole))
    yield OF_EVENTS
