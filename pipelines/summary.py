"""What a run leaves on the terminal: the figures, what was found, where the outputs lie. From the warehouse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.layout import CURRENT, DATABASE
from pipelines.swedish import formatted, kronor
from pipelines.validation.paths import index_path
from schemas.texts import text
from schemas.vocabulary import Language

SHOWN_FINDINGS = 10
LONGEST_MESSAGE = 400
CONCERNS = {
    "without_report": "without_report_count",
    "not_adding_up": "difference_count",
    "quarantined": "quarantined_count",
}
"""What is said only where there is any."""
LABEL_WIDTH = 28

FIGURES = """
SELECT r.programme, r.year, r.provenance, g.recipient_count, g.granted_sek, g.unused_sek, g.unused_percent,
       g.used_nothing_count, g.used_part_count, g.without_report_count, f.distributable_sek, f.undistributed_sek,
       a.application_count,
       (SELECT count(*) FROM core_reconciliation c
        WHERE c.programme = r.programme AND c.year = r.year AND c.outcome = 'difference') AS difference_count,
       (SELECT sum(quarantined_count) FROM core_funnel c
        WHERE c.programme = r.programme AND c.year = r.year) AS quarantined_count
FROM core_round r
LEFT JOIN out_grant_by_year g USING (programme, year)
LEFT JOIN out_funds_by_year f USING (programme, year)
LEFT JOIN out_application_by_year a USING (programme, year)
ORDER BY r.programme, r.year
"""
FINDINGS = """
SELECT severity, message_{language} AS message, source_file, source_row, source_column FROM core_finding
WHERE programme = ? AND year = ?
ORDER BY CASE severity WHEN 'quarantine' THEN 0 ELSE 1 END, source_file, source_row
"""


def summary(warehouse: Path, language: Language) -> str:
    """The current version in a screenful."""
    version = (warehouse / CURRENT).resolve()
    with closing(sqlite3.connect(f"file:{version / DATABASE}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        rounds = [dict(row) for row in database.execute(FIGURES)]
        return "\n".join(_lines(database, rounds, version, language))


def _lines(
    database: sqlite3.Connection, rounds: list[dict[str, Any]], version: Path, language: Language
) -> Iterator[str]:
    for figures in rounds:
        yield ""
        yield f"{figures['programme']} {figures['year']}  ({text('provenance_' + figures['provenance'], language)})"
        yield from _figures(figures, language)
        key = (figures["programme"], figures["year"])
        yield from _findings(database.execute(FINDINGS.format(language=language), key).fetchall(), language)
    yield ""
    yield _labelled("summary_version", version.name, language)
    yield _labelled("summary_validation", str(version.parent.parent / index_path(language)), language)
    for label, path in (
        ("database", DATABASE),
        ("tables", "parquet"),
        ("reports", "reports"),
        ("manifest", "manifest.json"),
    ):
        yield _labelled(f"summary_{label}", str(version.parent.parent / CURRENT / path), language)


def _figures(figures: dict[str, Any], language: Language) -> Iterator[str]:
    share = figures["unused_percent"]
    percent = "" if share is None else f" ({formatted(share)}\u00a0%)"
    undistributed = kronor(figures["undistributed_sek"], language)
    if figures["distributable_sek"] is not None:
        undistributed += f" {text('summary_of', language)} {kronor(figures['distributable_sek'], language)}"
    yield _labelled("summary_applications", formatted(figures["application_count"]), language)
    yield _labelled("summary_recipients", formatted(figures["recipient_count"]), language)
    yield _labelled("summary_granted", kronor(figures["granted_sek"], language), language)
    yield _labelled("summary_undistributed", undistributed, language)
    yield _labelled("summary_unused", kronor(figures["unused_sek"], language) + percent, language)
    yield _labelled("summary_used_nothing", formatted(figures["used_nothing_count"]), language)
    yield _labelled("summary_used_part", formatted(figures["used_part_count"]), language)
    for concern in ("without_report", "not_adding_up", "quarantined"):
        count = figures[CONCERNS[concern]]
        if count:
            yield _labelled(f"summary_{concern}", formatted(count), language)


def _findings(findings: list[sqlite3.Row], language: Language) -> Iterator[str]:
    yield _labelled("summary_findings", formatted(len(findings)), language)
    for finding in findings[:SHOWN_FINDINGS]:
        address = (
            f"{finding['source_file'].rpartition('/')[2]} {finding['source_column'] or ''}{finding['source_row'] or ''}"
        )
        yield f"    {printable(address.strip())}: {printable(finding['message'])}"
    if len(findings) > SHOWN_FINDINGS:
        yield f"    {text('summary_more', language).format(count=len(findings) - SHOWN_FINDINGS)}"


def printable(received: str) -> str:
    """Text from a file, safe for a terminal: no control characters, and no longer than a few lines."""
    clean = "".join(letter if letter.isprintable() or letter == "\u00a0" else "�" for letter in received)
    return clean if len(clean) <= LONGEST_MESSAGE else f"{clean[:LONGEST_MESSAGE]}…"


def _labelled(label: str, value: str, language: Language) -> str:
    return f"  {text(label, language):<{LABEL_WIDTH}}{value}"
