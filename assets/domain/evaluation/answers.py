"""The answers that count, as one table: a row per respondent, question and option. Built column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from assets.domain.counting import Counted
from assets.domain.reading.answers import answers_of
from assets.domain.reading.codes import is_code
from assets.domain.reading.personal import found_in
from assets.received import RoundKey
from schemas.configuration.programme import Programme
from schemas.tables import TABLES, project

OF_ANSWER = ("question", "option", "status", "selected", "amount_sek", "source_column")


def answer_table(counted: Iterable[Counted], programme: Programme, key: RoundKey) -> pa.Table:
    """The answers of the rows that count, as table core_answer. Who answers of several grants answers once for each."""
    schema = project.arrow_schema(TABLES["core_answer"])
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    rows = list(counted)
    answering = [each for each in rows if each.is_accepted and each.row.form.questions]
    shown = respondents(rows)
    sent = Counter((each.row.form.form, each.row.respondent_id) for each in answering)
    for each in answering:
        is_one_of_several = sent[each.row.form.form, each.row.respondent_id] > 1
        _add(columns, each, programme, key, each.grant_id if is_one_of_several else shown[respondent_of(each)])
    return pa.Table.from_arrays(
        [pa.array(values, schema.field(name).type) for name, values in columns.items()], schema=schema
    )


Respondent = tuple[str, str | None]
"""A form, and what its rows tell respondents apart by."""


def respondent_of(each: Counted) -> Respondent:
    """Who answered in a row."""
    return each.row.form.form, each.row.respondent_id


def respondents(counted: Iterable[Counted]) -> dict[Respondent, str | None]:
    """What each respondent is called: by its code, or by a number where it is told by an address or a name."""
    found: dict[Respondent, str | None] = {}
    unnamed: Counter[str] = Counter()
    for each in counted:
        form, who = respondent_of(each)
        if not each.row.is_data or who is None or (is_code(who) and found_in(who) is None):
            found.setdefault((form, who), who)
        elif (form, who) not in found:
            unnamed[form] += 1
            found[form, who] = f"respondent-{unnamed[form]}"
    return found


def _add(
    columns: dict[str, list[Any]], each: Counted, programme: Programme, key: RoundKey, respondent: str | None
) -> None:
    answers = list(answers_of(each.row.line, programme))
    for name, value in (_of_row(each, key) | {"respondent_id": respondent}).items():
        columns[name].extend([value] * len(answers))
    for name in OF_ANSWER:
        columns[name].extend(getattr(answer, name) for answer in answers)


def _of_row(each: Counted, key: RoundKey) -> dict[str, Any]:
    row = each.row
    return {
        "programme": key.programme,
        "year": key.year,
        "form": row.form.form,
        "recipient_code": row.recipient_code,
        "source_file": row.export.path,
        "source_sheet": row.export.sheet.name,
        "source_row": row.number,
        "provenance": row.provenance,
    }


def described_options(programme: Programme) -> list[dict[str, Any]]:
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


def options_by_name(described: Sequence[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The first description of each option of each question, whichever form asks it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in described:
        found.setdefault((each["question"], each["option"]), each)
    return found
