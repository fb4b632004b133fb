"""A programme with questions of one's own, and answers to them: a row per respondent, question and option."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from assets.domain.evaluation.dimensions import Category
from assets.domain.evaluation.indicators import Answers
from assets.domain.evaluation.missing import Missing
from assets.tables import table_of
from schemas.configuration.declared import Label
from schemas.configuration.indicators import Indicators, IndicatorSpec
from schemas.configuration.programme import Programme
from schemas.configuration.questions import FormQuestion, Question
from tests.rows import PROGRAMME, Record, records

FORM = PROGRAMME.forms["survey_2023"]


def asking(*questions: tuple[str, str, str], bases: Mapping[str, str] | None = None, **wanted: Any) -> Programme:
    """The sample's programme with these questions: id, type, and options apart by spaces.

    Args: bases: the forms that ask them, each with whom it asks; wanted: what is computed of them, by question.
    """
    forms = bases or {"f": "everyone"}
    declared = {name: _question(kind, options.split()) for name, kind, options in questions}
    update = {
        "questions": declared,
        "forms": {form: _form(form, declared, base) for form, base in forms.items()},
        "indicators": Indicators(indicators={name: IndicatorSpec(**spec) for name, spec in wanted.items()}),
    }
    return PROGRAMME.model_copy(update=update)


def _question(kind: str, options: Sequence[str]) -> Question:
    labels = {option: Label(sv=option.upper(), en=option) for option in options}
    return Question.model_validate({"sv": "?", "en": "?", "type": kind, "options": labels})


def _form(name: str, questions: Mapping[str, Question], base: str) -> Any:
    asked = {
        question: FormQuestion(
            layout="single", header=question, base=base, options={option: option for option in each.options}
        )
        for question, each in questions.items()
    }
    return FORM.model_copy(update={"form": name, "questions": asked})


def answers(
    programme: Programme,
    *said: Iterable[Record],
    granted: Mapping[str, int] | None = None,
    recipients: Mapping[str, Sequence[Category]] | None = None,
) -> Answers:
    """What was said, of whom; granted: kronor by recipient, of whom all could have answered."""
    rows = [row for each in said for row in each]
    return Answers(table(*rows), programme, granted or {}, recipients or {}, len(granted or {}))


def table(*rows: Record) -> pa.Table:
    """Answers as table core_answer, of form f if they say no other."""
    return table_of("core_answer", records("core_answer", *({"form": "f", **row} for row in rows)))


def said(question: str, options: str, chosen: Mapping[str, str | None], **same: Any) -> list[Record]:
    """What each recipient chose of the options, several apart by spaces; None is left blank."""
    return [
        {
            "respondent_id": code,
            "recipient_code": code,
            "question": question,
            "option": option,
            "status": "blank" if each is None else "answered",
            "selected": None if each is None else option in each.split(),
            **same,
        }
        for code, each in chosen.items()
        for option in options.split()
    ]


def stated(question: str, options: str, amounts: Mapping[str, Sequence[int | None]]) -> list[Record]:
    """What each recipient stated for each option; None is left blank."""
    return [
        {
            "respondent_id": code,
            "recipient_code": code,
            "question": question,
            "option": option,
            "status": "blank" if sek is None else "answered",
            "amount_sek": sek,
        }
        for code, each in amounts.items()
        for option, sek in zip(options.split(), each, strict=True)
    ]


def missing(of: Answers, reasons: Mapping[str, str] | None = None, **set_aside: int) -> Missing:
    """Who is missing in them. Args: reasons: why recipients have no report, by code; set_aside: rows by form."""
    return Missing(of, reasons or {}, "synthetic", set_aside)
