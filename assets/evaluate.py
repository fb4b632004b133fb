"""Evaluate: the figures of a round that the evaluation prints."""

from __future__ import annotations

import narwhals as nw
import pyarrow as pa

from assets import grouped
from assets.domain import evaluation, indicators
from assets.domain.dimensions import categories_of_recipients, categories_of_respondents
from assets.domain.frames import Frame
from assets.frames import frame_of, records_of
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from schemas.words.vocabulary import EVERYONE

DESCRIBED = pa.schema(
    [
        ("form", pa.string()),
        ("question", pa.string()),
        ("option", pa.string()),
        ("option_no", pa.int64()),
        ("option_label_sv", pa.string()),
        ("option_label_en", pa.string()),
        ("type", pa.string()),
        ("base", pa.string()),
        ("base_inferred", pa.bool_()),
    ]
)


@round_table("evaluate")
def out_grant_by_year(core_reconciliation: Frame) -> Frame:
    """The round in one row."""
    return evaluation.grant_by_year(core_reconciliation)


@round_table("evaluate")
def out_funds_by_year(core_decision: Frame, core_event: Frame) -> Frame:
    """The round's funds in one row."""
    return evaluation.funds_by_year(core_decision, core_event)


@round_table("evaluate")
def out_application_by_year(core_application: Frame) -> Frame:
    """The round's applications in one row."""
    return evaluation.application_by_year(core_application)


@round_table("evaluate")
def out_annex(core_reconciliation: Frame, core_decision: Frame, core_recipient: Frame) -> Frame:
    """One line per recipient with a grant."""
    return evaluation.annex(core_reconciliation, core_decision, core_recipient, text("annex_note", "sv"))


@round_table("evaluate")
def out_indicator(core_answer: Frame, core_decision: Frame) -> Frame:
    """How many chose each option, of how many that were asked and answered."""
    return indicators.indicators(core_answer, _described(), core_decision)


@round_table("evaluate")
def out_grant_by_group(core_reconciliation: Frame, core_recipient: Frame, core_decision: Frame) -> Frame:
    """The round's money by what the recipients are."""
    categories = _recipients_by_category(core_recipient, core_decision)
    wanted = nw.col("dimension").is_in([EVERYONE, *_programme().indicators.grants_by])
    return evaluation.grant_by_group(core_reconciliation, categories.filter(wanted))


@round_table("evaluate")
def out_indicator_by_group(core_answer: Frame, core_recipient: Frame, core_decision: Frame) -> Frame:
    """Shares of recipients and of money, by group and across questions."""
    categories = _respondents_by_category(core_answer, core_recipient, core_decision)
    wanted = frame_of(grouped.wanted_shares(_programme()), grouped.WANTED)
    return indicators.indicators_by_group(core_answer, categories, wanted, core_decision)


@round_table("evaluate")
def out_measure_by_group(core_answer: Frame, core_recipient: Frame, core_decision: Frame) -> Frame:
    """Means of ratings and sums of amounts."""
    categories = _respondents_by_category(core_answer, core_recipient, core_decision)
    wanted = frame_of(grouped.wanted_numbers(_programme()), grouped.WANTED)
    return indicators.measures_by_group(core_answer, categories, wanted, _described())


@round_table("evaluate")
def out_comparison(core_answer: Frame, core_round: Frame) -> Frame:
    """This year of every comparison between years, and whether it can be compared."""
    this_round = records_of(core_round)[0]
    crosswalk = frame_of(grouped.crosswalk(_programme()), grouped.CROSSWALK)
    asked = frame_of(grouped.compared_options(_programme(), this_round), grouped.COMPARED)
    return indicators.comparisons(core_answer, crosswalk, asked)


def _recipients_by_category(recipients: Frame, decisions: Frame) -> Frame:
    declared = _programme().indicators
    groups = frame_of(grouped.members(_programme()), grouped.MEMBERS)
    return categories_of_recipients(recipients, decisions, groups, declared.grant_sizes)


def _respondents_by_category(answers: Frame, recipients: Frame, decisions: Frame) -> Frame:
    return categories_of_respondents(answers, _recipients_by_category(recipients, decisions), _described())


def _described() -> Frame:
    return frame_of(described_options(_programme()), DESCRIBED)


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
            "type": question.type,
            "base": asked.base,
            "base_inferred": programme.bases[asked.base].inferred,
        }
        for form in programme.forms.values()
        for name, asked in form.questions.items()
        for question in [programme.questions[name]]
        for option in asked.options
    ]
