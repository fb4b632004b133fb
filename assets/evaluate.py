"""Evaluate: the figures of a round that the evaluation prints."""

from __future__ import annotations

import pyarrow as pa

from assets.domain import evaluation
from assets.domain.frames import Frame
from assets.domain.indicators import indicators
from assets.frames import frame_of
from assets.rounds import current_round, round_table
from schemas import catalogue
from schemas.programme import Programme
from schemas.texts import text

DESCRIBED = pa.schema(
    [
        ("form", pa.string()),
        ("question", pa.string()),
        ("option", pa.string()),
        ("option_no", pa.int64()),
        ("option_label_sv", pa.string()),
        ("option_label_en", pa.string()),
        ("base", pa.string()),
        ("base_inferred", pa.bool_()),
    ]
)


@round_table("evaluate")
def out_grant_by_year(core_reconciliation: Frame) -> Frame:
    """The round in one row."""
    return evaluation.grant_by_year(core_reconciliation)


@round_table("evaluate")
def out_funds_by_year(core_decision: Frame, core_ledger_entry: Frame) -> Frame:
    """The round's funds in one row."""
    return evaluation.funds_by_year(core_decision, core_ledger_entry)


@round_table("evaluate")
def out_application_by_year(core_application: Frame) -> Frame:
    """The round's applications in one row."""
    return evaluation.application_by_year(core_application)


@round_table("evaluate")
def out_annex(core_reconciliation: Frame, core_decision: Frame, core_recipient: Frame) -> Frame:
    """One line per recipient with a grant."""
    return evaluation.annex(core_reconciliation, core_decision, core_recipient, text("annex_note", "sv"))


@round_table("evaluate")
def out_indicator(core_answer: Frame) -> Frame:
    """How many chose each option, of how many that were asked and answered."""
    return indicators(core_answer, frame_of(described_options(_programme()), DESCRIBED))


def _programme() -> Programme:
    return catalogue.programme(current_round().programme)


def described_options(programme: Programme) -> list[dict[str, object]]:
    """Every option of every question of every form, with its label, its order and its base."""
    return [
        {
            "form": form.form,
            "question": name,
            "option": option,
            "option_no": list(question.options).index(option) + 1,
            "option_label_sv": question.options[option].sv,
            "option_label_en": question.options[option].en,
            "base": asked.base,
            "base_inferred": programme.bases[asked.base].inferred,
        }
        for form in programme.forms.values()
        for name, asked in form.questions.items()
        for question in [programme.questions[name]]
        for option in asked.options
    ]
