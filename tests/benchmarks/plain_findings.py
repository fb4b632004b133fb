"""What the plain script finds in the rows: names that were guessed, and questions of which nothing was chosen."""

from __future__ import annotations

import pandas as pd

from tests.benchmarks import plain_settings as given


def findings(rows: pd.DataFrame, answered: pd.DataFrame) -> pd.DataFrame:
    """Every finding with the address of its cell, in the order of the files and their rows."""
    found = pd.concat([guessed_names(rows), nothing_chosen(answered)], ignore_index=True)
    found = found.sort_values(["source_file", "source_row"])
    return found.assign(finding_no=range(1, len(found) + 1), severity="warn")


def guessed_names(rows: pd.DataFrame) -> pd.DataFrame:
    guessed = rows[rows["score"].notna()]
    named = guessed[["name_as_reported", "official_name", "recipient_code"]].itertuples(index=False)
    facts = [(*names, int(score)) for names, score in zip(named, guessed["score"], strict=True)]
    sv, en = ([text.format(*fact) for fact in facts] for text in (given.LIKENESS_SV, given.LIKENESS_EN))
    return guessed.assign(rule="name_by_likeness", message_sv=sv, message_en=en)


def nothing_chosen(answered: pd.DataFrame) -> pd.DataFrame:
    """Questions with a column for each option, answered by choosing none."""
    asked = answered[(answered["status"] == "answered") & answered["question"].map(has_columns)]
    none = ~asked.groupby(["question", "source_row"])["selected"].transform("any").astype(bool)
    found = asked[none].drop_duplicates(["question", "source_row"])
    first = [given.QUESTIONS[question][1].format(first_text(question)) for question in found["question"]]
    sv, en = ([text.format(header) for header in first] for text in (given.NOTHING_SV, given.NOTHING_EN))
    return found.assign(rule="nothing_chosen", message_sv=sv, message_en=en)


def has_columns(question: str) -> bool:
    return "{}" in given.QUESTIONS[question][1]


def first_text(question: str) -> str:
    """What the first option is called in the file."""
    option = given.QUESTIONS[question][2].split(";")[0].split("|")
    return option[3] if len(option) > 3 else option[1]
