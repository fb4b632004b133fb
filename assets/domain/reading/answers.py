"""Answers of one row. Blank, not asked and not chosen are three different things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assets.domain.reading.forms import column_letter
from assets.domain.reading.lines import Line
from schemas.configuration.joined_answers import parts_of, split
from schemas.configuration.programme import Programme
from schemas.configuration.questions import AMOUNTS, NONE, FormQuestion, slot
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
    if asked.layout != AMOUNTS:
        return Answer(question, option, status, is_chosen if status == ANSWERED else None, None, column)
    amount = line.amount(at)
    if status == ANSWERED and (amount is None or amount < 0):
        status = LEFT_BLANK
    return Answer(question, option, status, None, amount if status == ANSWERED else None, column)


def status_of(line: Line, question: str, programme: Programme) -> str:
    """Whether a question was put to the respondent, and answered. If the earlier one is blank, an answer tells.

    An answer that cannot be read is none: the question is as if left blank, and the rest of the row counts.
    """
    asked = line.export.form.questions[question]
    is_answered = is_readable(line, question, asked)
    if not was_asked(line, question, programme, is_answered=is_answered):
        return NOT_ASKED
    return ANSWERED if is_answered else LEFT_BLANK


def was_asked(line: Line, question: str, programme: Programme, *, is_answered: bool) -> bool:
    """Whether the version of the form has the question, and the earlier answer on which it is put."""
    asked = line.export.form.questions[question]
    if not any(at in line.version.positions for at in _slots(asked, question)):
        return False
    if asked.not_asked is not None and any(line.texts[at] == asked.not_asked for at in _slots(asked, question)):
        return is_answered
    condition = programme.bases[asked.base].asked_if
    if condition is None:
        return line.kind == DATA
    earlier = line.export.form.questions[condition.question]
    if not is_readable(line, condition.question, earlier):
        return is_answered
    return bool(chosen_in(line, condition.question, earlier) & set(condition.options))


@cache
def _headers(question: str, options: tuple[str, ...], *, in_one_cell: bool) -> tuple[str, ...]:
    return (question,) if in_one_cell else tuple(slot(question, option) for option in options)


def _slots(asked: FormQuestion, question: str) -> tuple[str, ...]:
    options = (*asked.options, NONE) if asked.none_has_a_column else tuple(asked.options)
    return _headers(question, options, in_one_cell=asked.in_one_cell)


def _texts(line: Line, question: str, asked: FormQuestion) -> list[str]:
    """What stands in the cells of a question, but for what says that it was not asked."""
    texts = (line.texts[at] for at in _slots(asked, question))
    return [text for text in texts if text is not None and text != asked.not_asked]


def _is_answered(line: Line, question: str, asked: FormQuestion) -> bool:
    texts = _texts(line, question, asked)
    if asked.layout == "joined":
        return any(parts_of(text, asked.separator) for text in texts)
    if asked.none_has_a_column:
        return any(text != asked.not_chosen for text in texts)
    return bool(texts)


def is_readable(line: Line, question: str, asked: FormQuestion) -> bool:
    """Whether a question is answered, and by the form's options."""
    if not _is_answered(line, question, asked):
        return False
    return asked.layout == AMOUNTS or not any(unknown_in(line, asked, at) for at in _slots(asked, question))


def says_nothing(line: Line, question: str, asked: FormQuestion) -> bool:
    """Whether the cells of a question hold nothing but that options were not chosen, as tools write of one skipped."""
    is_by_column = asked.layout == "column_per_option"
    return not any(not is_by_column or text != asked.not_chosen for text in _texts(line, question, asked))


def is_multiple_choice(line: Line, question: str, programme: Programme) -> bool:
    """Whether a choice of several that has no "none of them" was asked and answered, be it with none."""
    asked = line.export.form.questions[question]
    if asked.layout != "column_per_option" or asked.none_of_them is not None:
        return False
    return _is_answered(line, question, asked) and was_asked(line, question, programme, is_answered=True)


def none_chosen(line: Line, question: str, programme: Programme) -> bool:
    """Whether every option was told as not chosen of such a question."""
    if not is_multiple_choice(line, question, programme):
        return False
    asked = line.export.form.questions[question]
    return all(line.texts[at] == asked.not_chosen for at in _slots(asked, question) if at in line.version.positions)


def chosen_in(line: Line, question: str, asked: FormQuestion) -> frozenset[str]:
    """The options that the row chooses."""
    if asked.layout == "single":
        told = frozenset(option for option, text in asked.options.items() if line.texts[question] == text)
        return told or frozenset(filter(None, [asked.other]))
    if asked.layout == "joined":
        parts = _known_parts(line.texts[question], asked)
        told = frozenset(option for option, text in asked.options.items() if text in parts)
        return told | ({str(asked.other)} if asked.other and _unknown_parts(parts, asked) else frozenset())
    return frozenset(
        option for option in asked.options if _is_chosen(line.texts[slot(question, option)], asked, option)
    )


def _is_chosen(text: str | None, asked: FormQuestion, option: str) -> bool:
    if option == asked.other:
        return text not in (None, asked.not_chosen, asked.not_asked)
    return text is not None and text == asked.says_chosen(option)


def _known_parts(text: str | None, asked: FormQuestion) -> Sequence[str]:
    """The parts of a joined answer; an option whose own text has the separator in it is one part."""
    return split(text or "", asked.separator, tuple(filter(None, [*asked.options.values(), asked.none_of_them])))


def _unknown_parts(parts: Sequence[str], asked: FormQuestion) -> bool:
    return not {*asked.options.values(), asked.none_of_them}.issuperset(parts)


def unknown_in(line: Line, asked: FormQuestion, at: str) -> bool:
    """Whether the cell of a slot holds something that is no option of the form."""
    text = line.texts[at]
    if text is None or text == asked.not_asked:
        return False
    if asked.layout == "single":
        return asked.other is None and text not in asked.options.values()
    if asked.layout == "joined":
        return asked.other is None and _unknown_parts(_known_parts(text, asked), asked)
    option = next(each for each in (*asked.options, NONE) if at.endswith(f".{each}"))
    known = (asked.says_chosen(option), asked.not_chosen)
    return asked.layout == "column_per_option" and option != asked.other and text not in known


def uninvited(line: Line, question: str, programme: Programme) -> bool:
    """Whether a question was answered that was not asked."""
    asked = line.export.form.questions[question]
    return _is_answered(line, question, asked) and not was_asked(line, question, programme, is_answered=True)


def is_uninvited(line: Line, question: str, programme: Programme) -> bool:
    """Whether an earlier answer says that a question was not put to the respondent."""
    return not was_asked(line, question, programme, is_answered=True)
