"""The findings of a round as a table that a spreadsheet opens: CSV as Swedish Excel reads it, and safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipelines.reports.validation.content import Group
from schemas.tables import TABLES, project
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

COLUMNS = (
    "finding_no",
    "severity",
    "rule",
    "source_file",
    "source_sheet",
    "source_row",
    "source_column",
    "recipient_code",
    "message",
    "waived_until_date",
    "waiver_reason",
    "waived_by",
)
ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take for the beginning of a formula."""


def findings_csv(groups: Iterable[Group], language: Language) -> bytes:
    """One line per finding in order of its number, semicolons between, UTF-8 with a byte order mark."""
    said = io.StringIO()
    writer = csv.writer(said, delimiter=";")
    writer.writerow(_headers(language))
    found = sorted((each for group in groups for each in group.findings), key=lambda each: each["finding_no"])
    for each in found:
        told = each | {
            "message": each[f"message_{language}"],
            "severity": text(f"severity_{each['severity']}", language),
        }
        writer.writerow([inert(told[name]) for name in COLUMNS])
    return said.getvalue().encode("utf-8-sig")


def _headers(language: Language) -> list[str]:
    facts = project.facts(TABLES["core_finding"])
    return [facts[f"message_{language}" if name == "message" else name][language] for name in COLUMNS]


def inert(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    shown = "" if value is None else str(value)
    return f"'{shown}" if shown.startswith(ACTS) else shown
