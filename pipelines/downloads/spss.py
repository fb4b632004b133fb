"""Accounts and answers for SPSS: numbers with labels, and what was left blank or not asked as missing, each its own.

The accounts are one row per grant. The answers are a file per round and form, one row per respondent: a variable for a
question with one answer, else one for each option.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.downloads.chosen import Chosen, Field, Row, Sheet
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LEFT_BLANK, NOT_ASKED

BLANK_CODE, NOT_ASKED_CODE, NONE_CODE = -1, -2, 0
OF_STATUS = {LEFT_BLANK: BLANK_CODE, NOT_ASKED: NOT_ASKED_CODE}
FILE_LABEL, VARIABLE_LABEL, VALUE_LABEL = 64, 255, 120
"""Bytes that a label may have."""

DATED = slice(92, 109)
"""Where the head of the file has the day and the time that it was written: nine and eight characters."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class Variables:
    """The variables of a file under way, with a value for every row."""

    rows: int
    columns: dict[str, list[Any]] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    of_values: dict[str, dict[int | float, str]] = field(default_factory=dict)
    dates: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def add(self, name: str, label: str, values: list[Any], of_values: Mapping[int, str] | None = None) -> None:
        """One variable."""
        self.columns[name], self.labels[name] = values, _cut(label, VARIABLE_LABEL)
        if of_values:
            self.of_values[name] = {code: _cut(said, VALUE_LABEL) for code, said in of_values.items()}


def spss_files(chosen: Chosen) -> Iterator[tuple[str, bytes]]:
    """The files of a programme, by name."""
    sheets = {sheet.name: sheet for sheet in chosen.useful}
    yield "accounts.sav", _written(_accounts(sheets, _said_of(chosen)), "Konton", chosen)
    asked: dict[tuple[int, str], list[Row]] = {}
    for row in sheets["out_question"].rows:
        asked.setdefault((row["year"], row["form"]), []).append(row)
    for (year, form), options in asked.items():
        answers = [row for row in sheets["core_answer"].rows if (row["year"], row["form"]) == (year, form)]
        if answers:
            title = f"{options[0]['form_title_sv']} {year}"
            yield f"answers_{year}_{form}.sav", _written(_answers(options, answers), title, chosen)


def _said_of(chosen: Chosen) -> dict[tuple[str, str], dict[str, str]]:
    """What the values of a coded column are called, by table and column."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for row in chosen.codes.rows:
        said.setdefault((row["table_name"], row["column_name"]), {})[row["value"]] = row["label_sv"]
    return said


# -- accounts ---------------------------------------------------------------------------------------------------------
def _accounts(sheets: Mapping[str, Sheet], said: Mapping[tuple[str, str], Mapping[str, str]]) -> Variables:
    accounts, bodies = sheets["core_account"], sheets["core_recipient"]
    named = {(row["year"], row["recipient_code"]): row for row in bodies.rows}
    found = Variables(len(accounts.rows))
    for each in accounts.fields:
        _column(found, each, [row[each.name] for row in accounts.rows], said.get((accounts.name, each.name), {}))
        if each.name == "recipient_code":
            whose = [named.get((row["year"], row["recipient_code"]), {}) for row in accounts.rows]
            for beside in bodies.fields:
                if beside.name in ("recipient_name", "county_code", "county_name"):
                    _column(found, beside, [row.get(beside.name) for row in whose], {})
    return found


def _column(found: Variables, each: Field, values: list[Any], said: Mapping[str, str]) -> None:
    """A column as a variable: a coded one by the order of its words, a truth as 0 or 1."""
    label = f"{each.sv} ({each.unit})" if each.unit in ("kr", "%") else each.sv
    if each.one_of:
        codes = {word: number for number, word in enumerate(each.one_of, start=1)}
        called = {number: said.get(word, word) for word, number in codes.items()}
        found.add(each.name, label, [codes.get(value) for value in values], called)
    elif each.type == pa.bool_():
        found.add(each.name, label, [None if value is None else int(value) for value in values], _yes_and_no())
    elif each.type == pa.date32():
        found.dates.add(each.name)
        found.add(each.name, label, values)
    elif each.type == pa.string():
        found.add(each.name, label, [value or "" for value in values])
    else:
        found.add(each.name, label, values)


def _yes_and_no() -> dict[int, str]:
    return {1: text("download_yes", "sv"), 0: text("download_no", "sv")}


# -- answers ----------------------------------------------------------------------------------------------------------
def _answers(options: list[Row], answers: list[Row]) -> Variables:
    """One row per respondent. Args: options: what a form asks, of one round; answers: what was answered."""
    respondents: dict[str, dict[tuple[str, str], Row]] = {}
    for row in answers:
        respondents.setdefault(row["respondent_id"], {})[row["question"], row["option"]] = row
    told = list(respondents.values())
    first = [next(iter(each.values())) for each in told]
    found = Variables(len(told))
    found.add("respondent_id", text("download_respondent", "sv"), list(respondents))
    found.add("recipient_code", text("download_recipient", "sv"), [row["recipient_code"] or "" for row in first])
    questions: dict[str, list[Row]] = {}
    for option in options:
        questions.setdefault(option["question"], []).append(option)
    for question, asked in questions.items():
        if asked[0]["kind"] in ("single", "rating"):
            _of_one_answer(found, question, asked, told)
        else:
            _of_each_option(found, question, asked, told)
    return found


def _of_one_answer(found: Variables, question: str, asked: list[Row], told: list[Any]) -> None:
    is_rating = asked[0]["kind"] == "rating"
    codes = {row["option"]: int(row["option"]) if is_rating else row["option_no"] for row in asked}
    called = {codes[row["option"]]: row["option_sv"] for row in asked}
    values = [_code([each.get((question, option)) for option in codes], codes) for each in told]
    _add_answer(found, question, asked[0]["question_sv"], values, called)


def _code(rows: list[Row | None], codes: Mapping[str, int]) -> int | None:
    """What was chosen, or why nothing was; None where the respondent has no row."""
    there = [row for row in rows if row is not None]
    chosen = [codes[row["option"]] for row in there if row["selected"]]
    if chosen:
        return chosen[0]
    return OF_STATUS.get(there[0]["status"], NONE_CODE) if there else None


def _of_each_option(found: Variables, question: str, asked: list[Row], told: list[Any]) -> None:
    for row in asked:
        at = question, row["option"]
        values = [_of_option(each.get(at)) for each in told]
        called = _yes_and_no() if row["kind"] == "multiple" else {}
        _add_answer(found, "_".join(at), f"{row['question_sv']}: {row['option_sv']}", values, called)


def _of_option(row: Row | None) -> int | None:
    if row is None:
        return None
    if row["status"] in OF_STATUS:
        return OF_STATUS[row["status"]]
    return row["amount_kr"] if row["selected"] is None else int(row["selected"])


def _add_answer(found: Variables, name: str, label: str, values: list[int | None], called: Mapping[int, str]) -> None:
    missing = {BLANK_CODE: text("answer_blank", "sv"), NOT_ASKED_CODE: text("answer_not_asked", "sv")}
    none = {NONE_CODE: text("download_none_chosen", "sv")} if NONE_CODE in values and NONE_CODE not in called else {}
    found.add(name, label, list(values), {**called, **(none if called else {}), **missing})
    found.missing.add(name)


# -- the file ---------------------------------------------------------------------------------------------------------
def _written(found: Variables, title: str, chosen: Chosen) -> bytes:
    """The bytes of a file, dated by the figures and not by the clock: the same values give the same bytes."""
    import pandas as pd  # noqa: PLC0415 - only a publication needs it
    import pyreadstat  # noqa: PLC0415 - as above

    frame = pd.DataFrame({name: _series(pd, found, name, values) for name, values in found.columns.items()})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=_cut(f"{title}, {chosen.programme.programme}", FILE_LABEL),
            column_labels=found.labels,
            variable_value_labels=found.of_values,
            missing_ranges={name: [BLANK_CODE, NOT_ASKED_CODE] for name in found.missing},
            variable_format=dict.fromkeys(found.dates, "SDATE10"),
            variable_measure=dict.fromkeys(found.of_values, "nominal"),
        )
        content = bytearray(path.read_bytes())
    content[DATED] = f"{chosen.as_of.day:02} {MONTHS[chosen.as_of.month - 1]} {chosen.as_of:%y}00:00:00".encode()
    return bytes(content)


def _series(pd: Any, found: Variables, name: str, values: list[Any]) -> Any:  # noqa: ANN401 - pandas is imported late
    if name in found.dates:
        return pd.Series(values, dtype="datetime64[ns]")
    is_text = any(isinstance(value, str) for value in values) and name not in found.of_values
    return pd.Series(values, dtype="object" if is_text else "float64")


def _cut(label: str, length: int) -> str:
    """A label that is no longer than SPSS has room for, whole characters only."""
    return label.encode()[:length].decode(errors="ignore")
