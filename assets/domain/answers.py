"""Answers: one row per respondent, question and option. Blank, not asked and not chosen are three different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

import narwhals as nw

from assets.domain.fields import amount_predicates, read_name
from assets.domain.forms import Received, column_letter
from assets.domain.frames import Frame, constant, first_of, is_true, never, nothing
from assets.domain.money import kronor
from assets.domain.rules import Predicate, broken
from schemas.configuration.forms import FormQuestion, slot
from schemas.configuration.programme import Programme
from schemas.rules.constraints import Between
from schemas.words.vocabulary import ANSWERED, DATA, LEFT_BLANK, NOT_ASKED

WHOLE_QUESTION = ("single", "joined")
"""Layouts in which one cell holds the whole question."""


def long_answers(rows: Frame, received: Received, programme: Programme) -> list[Frame]:
    """One small frame per option (source_row, question, option, status, selected, amount_sek, source_column).

    `selected` is null where the question was left blank or not asked, or asks for amounts; `amount_sek` is null where
    it does not. A version of a form that does not have a question has not asked it.
    """
    return [
        _option_rows(rows, received, programme, question, option)
        for question, asked in received.form.questions.items()
        for option in asked.options
    ]


def answer_predicates(received: Received, programme: Programme) -> Iterator[Predicate]:
    """Answers that are no option or no amount, and answers to a question that was not asked."""
    for question, asked in received.form.questions.items():
        if asked.layout == "amount_per_option":
            for at in asked.headers(question):
                yield from amount_predicates(at)
                yield Predicate("amount_negative", broken(Between(read_name(at), ge=0)), at)
        for at, unknown in _unknown_answers(question, asked):
            yield Predicate("option_unknown", unknown, at)
        uninvited = _answered(question, asked) & ~_was_asked(received, question, programme)
        yield Predicate("answered_though_not_asked", uninvited, next(iter(asked.headers(question))))


def _option_rows(rows: Frame, received: Received, programme: Programme, question: str, option: str) -> Frame:
    asked = received.form.questions[question]
    of_amounts = asked.layout == "amount_per_option"
    at = question if asked.layout in WHOLE_QUESTION else slot(question, option)
    answered = ~nw.col(at).is_null() if of_amounts else _answered(question, asked)
    was_asked = _was_asked(received, question, programme)
    status = first_of([(~was_asked, NOT_ASKED), (~answered, LEFT_BLANK)], otherwise=constant(ANSWERED, "source_file"))
    chosen = nothing("source_row") > 0 if of_amounts else _chosen(question, asked, option)
    amount = kronor(nw.col(at)) if of_amounts else nothing("source_row")
    return rows.select(
        "source_row",
        question=constant(question, "source_file"),
        option=constant(option, "source_file"),
        status=status,
        selected=nw.when(was_asked & answered).then(chosen),
        amount_sek=nw.when(was_asked & answered).then(amount),
        source_column=_column(received, at),
    )


def _column(received: Received, at: str) -> nw.Expr:
    position = received.positions.get(at)
    return nothing("source_file") if position is None else constant(column_letter(position), "source_file")


def _was_asked(received: Received, question: str, programme: Programme) -> nw.Expr:
    """Was the question put to the respondent? If the earlier question is blank, an answer tells that it was."""
    asked = received.form.questions[question]
    if not any(at in received.positions for at in asked.headers(question)):
        return never()
    condition = programme.bases[asked.base].asked_if
    if condition is None:
        return nw.col("row_kind") == DATA
    earlier = received.form.questions[condition.question]
    chosen = [_chosen(condition.question, earlier, option) for option in condition.options]
    unknown = ~_answered(condition.question, earlier) & _answered(question, asked)
    return nw.any_horizontal(*chosen, unknown, ignore_nulls=True)


def _answered(question: str, asked: FormQuestion) -> nw.Expr:
    if asked.layout == "joined":
        return is_true(nw.col(question).str.replace_all(f"[\\s{re.escape(asked.separator)}]", "") != "")
    return nw.any_horizontal(*(~nw.col(at).is_null() for at in asked.headers(question)), ignore_nulls=True)


def _chosen(question: str, asked: FormQuestion, option: str) -> nw.Expr:
    text = asked.options[option]
    if asked.layout == "single":
        return is_true(nw.col(question) == text)
    if asked.layout == "joined":
        mark = asked.separator
        return is_true(_bounded(nw.col(question), mark).str.contains(f"{mark}{text}{mark}", literal=True))
    return is_true(nw.col(slot(question, option)) == asked.chosen)


def _bounded(text: nw.Expr, mark: str) -> nw.Expr:
    """A joined answer with every option between separators of its own: `;a;;b;`."""
    apart = text.str.replace_all(f"\\s*{re.escape(mark)}\\s*", mark * 2)
    return nw.concat_str([nw.lit(mark), apart, nw.lit(mark)])


def _unknown_answers(question: str, asked: FormQuestion) -> Iterator[tuple[str, nw.Expr]]:
    """Slot and condition: the cell holds something that is no option of the form."""
    if asked.layout == "single":
        yield question, ~nw.col(question).is_null() & ~nw.col(question).is_in(list(asked.options.values()))
    elif asked.layout == "joined":
        rest, mark = _bounded(nw.col(question), asked.separator), asked.separator
        for text in (*asked.options.values(), *filter(None, [asked.none_of_them])):
            rest = rest.str.replace_all(f"{mark}{text}{mark}", "", literal=True)
        yield question, is_true(rest.str.replace_all(mark, "", literal=True) != "")
    elif asked.layout == "column_per_option":
        for at in asked.headers(question):
            yield at, ~nw.col(at).is_null() & ~nw.col(at).is_in([asked.chosen, asked.not_chosen])
