"""The validation reports of a version as pages: self-contained, escaped by the template engine, nothing remote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from pipelines.reports.audited import audited
from pipelines.reports.places import Headers, place
from pipelines.reports.swedish import formatted
from pipelines.reports.templates import page
from pipelines.reports.validation.changes import Change, Previous, changes
from pipelines.reports.validation.content import RoundReport, Row, round_report
from pipelines.reports.validation.download import findings_csv
from pipelines.reports.validation.paths import csv_name, page_name
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import EVIDENCE, VERSIONS
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.rules import said_trials
from schemas.tables import TABLES, project
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES, REAL, Language

SHOWN_MEASURES = (
    "paid",
    "accepted_use",
    "unaccounted",
    "repayable",
    "received",
    "claim_left",
    "notified",
    "undecided",
)
"""The amounts of an account that a report has room for; the table has all of them."""

SHOWN_ROWS = 10
"""Rows of a long table that the screen shows at first; paper has them all."""


@dataclass(frozen=True)
class Published:
    """What a report needs to know of a version; of a round that was refused there is neither version nor evidence."""

    version: str | None
    tables: Mapping[str, pa.Table]
    """Of the round that the report is about, at least."""

    results: Sequence[Result]
    previous: Previous | None


def round_files(published: Published, card: Mapping[str, Any]) -> dict[str, bytes]:
    """The report of one round and its findings as a table, in both languages, by name."""
    key = card["programme"], card["year"]
    report = round_report(published.tables, *key)
    pages = {page_name(*key, each): _page(published, card, report, each).encode() for each in LANGUAGES}
    return pages | {csv_name(*key, each): findings_csv(report.groups, each) for each in LANGUAGES}


def _page(published: Published, card: Mapping[str, Any], report: RoundReport, language: Language) -> str:
    [other] = [each for each in LANGUAGES if each != language]
    key = card["programme"], card["year"]
    programme = catalogue.programme(card["programme"])
    return page(
        "validation.html.j2",
        language,
        other=other,
        other_page=page_name(*key, other),
        csv=csv_name(*key, language),
        appendix=f"../../../{VERSIONS}/{published.version}/{EVIDENCE}/index.html",
        programme=programme,
        version=published.version,
        card=card,
        report=report,
        is_real=report.round["provenance"] == REAL,
        titles={rule["rule"]: rule[f"title_{language}"] for rule in report.rules},
        held=sum(result.passed for result in published.results),
        statement_count=len(published.results),
        broken=[result for result in published.results if not result.passed],
        previous=published.previous,
        changes=_changes(published, key),
        changed=partial(_changed, language=language),
        place=partial(_place, headers=report.headers, language=language),
        label=partial(_label, language=language),
        form_title=partial(_form_title, programme, language=language),
        tried=partial(_tried, language=language),
        audited=audited(),
        shown_rows=SHOWN_ROWS,
        measures=SHOWN_MEASURES,
    )


def _tried(rule: Row, language: Language) -> str:
    return said_trials.said(rule, language, formatted(rule["tried_count"]))


def _changes(published: Published, key: tuple[str, int]) -> list[Change] | None:
    before = published.previous
    return changes(before.tables, published.tables, *key) if before and before.tables else None


def _label(table: str, column: str, language: Language) -> str:
    return str(project.facts(TABLES[table])[column][language])


def _place(finding: Row, headers: Headers, language: Language) -> str:
    return place(finding, headers, language) or "–"


def _form_title(programme: Programme, form: str, language: Language) -> str:
    """What a file was read as: a form of the programme, the register, or the log of corrections."""
    return programme.forms[form].title.sentence(language) if form in programme.forms else text(form, language)


def _changed(change: Change, titles: Mapping[str, str], language: Language) -> str:
    """What a change is about, in words."""
    match change.kind, change.of:
        case "figure", (table, column):
            return _label(table, column, language)
        case "findings", (rule,):
            return text("validation_findings_of", language).format(rule=titles.get(rule, rule))
        case "rows", (fate, file):
            said = text(f"fate_{fate}", language)
            return text("validation_rows_of", language).format(fate=said, file=file)
        case _:
            return text("validation_file_changed", language).format(file=change.of[0])
