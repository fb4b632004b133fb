"""Answers: one row per respondent, question and option. Blank, not asked and not chosen are three different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

import narwhals as nw

from assets.domain.forms import Received, column_letter
from assets.domain.frames import Frame, constant, first_of, is_true
from assets.domain.rules import Predicate
from schemas.forms import Form, FormQuestion, slot
from schemas.programme import Programme
from schemas.vocabulary import ANSWERED, DATA, LEFT_BLANK, NOT_ASKED


def long_answers(rows: Frame, received: Received, programme: Programme) -> list[Frame]:
    """One small frame per option (source_row, question, option, status, selected, source_column).

    `selected` is null where the question was left blank or not asked.
    """
    return [
        _option_rows(rows, received, programme, question, option)
        for question, asked in received.form.questions.items()
        for option in asked.options
    ]


def answer_predicates(form: Form, programme: Programme) -> Iterator[Predicate]:
    """Answers that are no option, and answers to a question that was not asked."""
    for question, asked in form.questions.items():
        for at, unknown in _unknown_answers(question, asked):
            yield Predicate("option_unknown", unknown, at)
        uninvited = _answered(question, asked) & ~_was_asked(form, question, programme)
        yield Predicate("answered_though_not_asked", uninvited, next(iter(asked.headers(question))))


def _option_rows(rows: Frame, received: Received, programme: Programme, question: str, option: str) -> Frame:
    asked = received.form.questions[question]
    was_asked, answered = _was_asked(received.form, question, programme), _answered(question, asked)
    at = slot(question, option) if asked.layout == "column_per_option" else question
    status = first_of([(~was_asked, NOT_ASKED), (~answered, LEFT_BLANK)], otherwise=constant(ANSWERED, "source_file"))
    return rows.select(
        "source_row",
        question=constant(question, "source_file"),
        option=constant(option, "source_file"),
        status=status,
        selected=nw.when(was_asked & answered).then(_chosen(question, asked, option)),
        source_column=constant(column_letter(received.positions[at]), "source_file"),
    )


def _was_asked(form: Form, question: str, programme: Programme) -> nw.Expr:
    """Was the question put to the respondent? If the earlier question is blank, an answer tells that it was."""
    asked = form.questions[question]
    condition = programme.bases[asked.base].asked_if
    if condition is None:
        return nw.col("row_kind") == DATA
    earlier = form.questions[condition.question]
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
    else:
        for at in asked.headers(question):
            yield at, ~nw.col(at).is_null() & ~nw.col(at).is_in([asked.chosen, asked.not_chosen])
