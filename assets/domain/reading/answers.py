"""Answers of one row. Blank, not asked and not chosen are three different things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assets.domain.reading.forms import column_letter
from assets.domain.reading.lines import Line
from schemas.configuration.programme import Programme
from schemas.configuration.questions import FormQuestion, slot
from schemas.words.vocabulary import ANSWERED, DATA, LEFT_BLANK, NOT_ASKED


@dataclass(frozen=True, slots=True)
class Answer:
    """What one respondent says of one option.

    `selected` is None where the question was left blank or not asked, or asks for amounts; `amount_sek` where it does
    not. A version of a form that does not have a question has not asked it.
    """

    question: str
    option: str
    status: str
    selected: bool | None
    amount_sek: int | None
    source_column: str | None


def answers_of(line: Line, programme: Programme) -> Iterator[Answer]:
    """The row's answer on every option of every question of its form."""
    for question, asked in line.export.form.questions.items():
        status = status_of(line, question, programme)
        chosen = chosen_in(line, question, asked) if status == ANSWERED else frozenset()
        for option in asked.options:
            yield _answer(line, question, option, status, is_chosen=option in chosen)


def _answer(line: Line, question: str, option: str, status: str, *, is_chosen: bool) -> Answer:
    asked = line.export.form.questions[question]
    at = question if asked.in_one_cell else slot(question, option)
    position = line.version.positions.get(at)
    column = None if position is None else column_letter(position)
    if asked.layout != "amount_per_option":
        return Answer(question, option, status, is_chosen if status == ANSWERED else None, None, column)
    if status == ANSWERED and line.texts[at] is None:
        status = LEFT_BLANK
    return Answer(question, option, status, None, line.amount(at) if status == ANSWERED else None, column)


def status_of(line: Line, question: str, programme: Programme) -> str:
    """Whether a question was put to the respondent, and answered. If the earlier one is blank, an answer tells."""
    asked = line.export.form.questions[question]
    is_answered = _is_answered(line, question, asked)
    if not was_asked(line, question, programme, is_answered=is_answered):
        return NOT_ASKED
    return ANSWERED if is_answered else LEFT_BLANK


def was_asked(line: Line, question: str, programme: Programme, *, is_answered: bool) -> bool:
    """Whether the version of the form has the question, and the earlier answer on which it is put."""
    asked = line.export.form.questions[question]
    if not any(at in line.version.positions for at in _slots(asked, question)):
        return False
    condition = programme.bases[asked.base].asked_if
    if condition is None:
        return line.kind == DATA
    earlier = line.export.form.questions[condition.question]
    if not _is_answered(line, condition.question, earlier):
        return is_answered
    return bool(chosen_in(line, condition.question, earlier) & set(condition.options))


@cache
def _headers(question: str, options: tuple[str, ...], *, in_one_cell: bool) -> tuple[str, ...]:
    return (question,) if in_one_cell else tuple(slot(question, option) for option in options)


def _slots(asked: FormQuestion, question: str) -> tuple[str, ...]:
    return _headers(question, tuple(asked.options), in_one_cell=asked.in_one_cell)


def _is_answered(line: Line, question: str, asked: FormQuestion) -> bool:
    if asked.layout == "joined":
        return bool(parts_of(line.texts[question], asked.separator))
    return any(line.texts[at] is not None for at in _slots(asked, question))


def parts_of(text: str | None, separator: str) -> list[str]:
    """The answers that a joined cell holds."""
    return [part for each in (text or "").split(separator) if (part := each.strip())]


def chosen_in(line: Line, question: str, asked: FormQuestion) -> frozenset[str]:
    """The options that the row chooses."""
    if asked.layout == "single":
        return frozenset(option for option, text in asked.options.items() if line.texts[question] == text)
    if asked.layout == "joined":
        parts = set(_known_parts(line.texts[question], asked))
        return frozenset(option for option, text in asked.options.items() if text in parts)
    return frozenset(option for option in asked.options if line.texts[slot(question, option)] == asked.chosen)


def _known_parts(text: str | None, asked: FormQuestion) -> Sequence[str]:
    """The parts of a joined answer; an option whose own text has the separator in it is one part."""
    return _split(text, asked.separator, tuple(filter(None, [*asked.options.values(), asked.none_of_them])))


@lru_cache(maxsize=4096)
def _split(text: str | None, separator: str, options: tuple[str, ...]) -> tuple[str, ...]:
    with_mark = [option for option in options if separator in option]
    rest, found = _bounded(text or "", separator), []
    for option in sorted(with_mark, key=len, reverse=True):
        if (bounded := f"{separator}{_doubled(option, separator)}{separator}") in rest:
            rest = rest.replace(bounded, separator * 2)
            found.append(option)
    return (*found, *parts_of(rest, separator))


def _bounded(text: str, separator: str) -> str:
    """A joined answer with every option between separators of its own: `;a;;b;`."""
    return f"{separator}{_doubled(text, separator)}{separator}"


def _doubled(text: str, separator: str) -> str:
    return re.sub(f"\\s*{re.escape(separator)}\\s*", lambda _: separator * 2, text)


def unknown_in(line: Line, asked: FormQuestion, at: str) -> bool:
    """Whether the cell of a slot holds something that is no option of the form."""
    text = line.texts[at]
    if text is None:
        return False
    if asked.layout == "single":
        return text not in asked.options.values()
    if asked.layout == "joined":
        known = {*asked.options.values(), asked.none_of_them}
        return any(part not in known for part in _known_parts(text, asked))
    return asked.layout == "column_per_option" and text not in (asked.chosen, asked.not_chosen)


def uninvited(line: Line, question: str, programme: Programme) -> bool:
    """Whether a question was answered that was not asked."""
    asked = line.export.form.questions[question]
    is_answered = _is_answered(line, question, asked)
    return is_answered and not was_asked(line, question, programme, is_answered=is_answered)
