"""What a run leaves on the terminal: the figures, what was found, where the outputs lie. From the warehouse."""

from __future__ import annotations

import re
import sqlite3
import textwrap
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.readers.suffixes import NESTED
from pipelines.reports import standing
from pipelines.reports.awaited import sentences
from pipelines.reports.places import Headers, headers_of, place
from pipelines.reports.swedish import formatted, kronor
from pipelines.warehouse.layout import CURRENT, DATABASE, START_PAGES, inside_of
from schemas.texts.catalogue import text
from schemas.words.vocabulary import SEVERITIES, Language

SHOWN_RULES = 10
SHOWN_PLACES = 3
LONGEST_MESSAGE = 400
CONCERNS = {
    "without_report": "without_report_count",
    "use_unknown": "use_unknown_count",
    "not_known": "not_known_count",
    "not_adding_up": "difference_count",
    "quarantined": "quarantined_count",
}
"""What is said only where there is any."""
LABEL_WIDTH = 28
LABELLED = re.compile(rf"  \S.{{{LABEL_WIDTH - 2}}} \S")
"""A line with a label and its value: what it is about stands in a column of its own."""

Row = dict[str, Any]
Key = tuple[str, int]

FIGURES = """
SELECT s.*, r.is_preliminary, r.set_aside_granted_sek,
       g.recipient_count, g.granted_sek, g.unused_sek, g.unused_percent, g.reported_granted_sek,
       g.left_out_count, g.left_out_granted_sek, g.used_nothing_count, g.used_part_count,
       g.use_unknown_count, f.distributable_sek, f.undistributed_sek, a.application_count,
       (SELECT count(*) FROM core_reconciliation c
        WHERE c.programme = r.programme AND c.year = r.year AND c.outcome = 'difference') AS difference_count,
       (SELECT count(DISTINCT recipient_code) FROM core_reconciliation c
        WHERE c.programme = r.programme AND c.year = r.year
        AND c.outcome IN ('report_missing', 'report_due_unknown')) AS without_report_count,
       (SELECT count(DISTINCT recipient_code) FROM core_reconciliation c
        WHERE c.programme = r.programme AND c.year = r.year AND c.outcome = 'report_not_known') AS not_known_count,
       (SELECT sum(quarantined_count) FROM core_funnel c
        WHERE c.programme = r.programme AND c.year = r.year) AS quarantined_count
FROM core_round r
JOIN out_standing s USING (programme, year)
LEFT JOIN out_grant_by_year g USING (programme, year)
LEFT JOIN out_funds_by_year f USING (programme, year)
LEFT JOIN out_application_by_year a USING (programme, year)
ORDER BY r.programme, r.year
"""
FINDINGS = """
SELECT f.rule, f.severity, coalesce(r.title_{language}, f.rule) AS title, f.source_file, f.source_row, f.source_column
FROM core_finding f LEFT JOIN core_rule_result r USING (programme, year, rule)
WHERE programme = ? AND year = ?
ORDER BY f.source_file IS NULL, f.source_file, f.source_row, f.finding_no
"""
AWAITED = """
SELECT d.report_due_date, count(*) AS grant_count
FROM core_account a JOIN core_decision d USING (programme, year, grant_id)
WHERE programme = ? AND year = ? AND a.status = 'report_not_due'
GROUP BY d.report_due_date
"""
COLUMNS = ["source_file", "source_column", "header"]


def summary(warehouse: Path, language: Language, stopped: Collection[Key] = (), width: int | None = None) -> str:
    """The current version in a screenful, and where to begin to read it.

    Args: stopped: the rounds of which the version has older figures only, since their run was stopped. width: of the
        terminal; None where there is none, and a line is as long as it is.
    """
    version = (warehouse / CURRENT).resolve()
    try:
        with closing(sqlite3.connect(f"file:{version / DATABASE}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            rounds = [dict(row) for row in database.execute(FIGURES)]
            lines = [*_lines(database, rounds, version, language, stopped), *_outputs(version, language)]
    except sqlite3.Error:
        older = text("summary_older_kind", language).format(version=version.name)
        lines = ["", older, *_outputs(version, language)]
    return "\n".join(part for line in lines for part in folded(line, width))


def folded(line: str, width: int | None) -> list[str]:
    """A line as it fits the terminal, what goes on below the value that it is about; a path is never broken."""
    if width is None or len(line) < width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    if LABELLED.match(line):
        indent = " " * (LABEL_WIDTH + 2)
    return textwrap.wrap(
        line, width - 1, subsequent_indent=indent, drop_whitespace=True, break_long_words=False, break_on_hyphens=False
    )


def _lines(
    database: sqlite3.Connection,
    rounds: list[dict[str, Any]],
    version: Path,
    language: Language,
    stopped: Collection[Key],
) -> Iterator[str]:
    for figures in rounds:
        yield ""
        yield _headed(figures, language)
        key = (figures["programme"], figures["year"])
        if key in stopped:
            yield f"  {text('summary_stopped', language)}"
            continue
        yield from _standing(figures, language)
        yield from _figures(figures, language)
        yield from (f"  {said}" for said in sentences(dict(map(tuple, database.execute(AWAITED, key))), language))
        found = [dict(row) for row in database.execute(FINDINGS.format(language=language), key)]
        yield from findings(found, headers_of(_columns(version, found)), language)


def _outputs(version: Path, language: Language) -> Iterator[str]:
    """Where the outputs lie; last the page where a person begins."""
    warehouse = version.parent.parent
    yield ""
    yield _labelled("summary_version", version.name, language)
    for label, path in (
        ("database", DATABASE),
        ("tables", "parquet"),
        ("reports", "reports"),
        ("manifest", "manifest.json"),
    ):
        yield _labelled(f"summary_{label}", str(warehouse / CURRENT / path), language)
    yield start_line(warehouse, language)


def start_line(warehouse: Path, language: Language) -> str:
    """Where a person begins, as an address that a terminal opens."""
    return _labelled("start_address", (warehouse / START_PAGES[language]).as_uri(), language)


def _standing(figures: dict[str, Any], language: Language) -> Iterator[str]:
    """The verdict first, as the start page has it."""
    verdict = f"{standing.verdict(figures, language)} – {standing.sentence(figures, language)}"
    yield _labelled("summary_standing", verdict, language)
    yield _labelled("standing_at_stake", standing.at_stake(figures, language), language)
    yield _labelled("standing_overdue", standing.overdue(figures, language), language)
    if figures["books_differ_sek"]:
        yield _labelled("standing_books", kronor(figures["books_differ_sek"], language), language)


def _columns(version: Path, found: list[Row]) -> list[Row]:
    """The columns of submissions that are no sheets, with their headers, which stay in the house."""
    nested = {
        each["source_file"] for each in found if PurePosixPath(each["source_file"] or "").suffix.lower() in NESTED
    }
    if not nested:
        return []
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    path = inside_of(version) / "parquet/core_source_column.parquet"
    rows: list[Row] = pq.read_table(path, columns=COLUMNS, filters=[("source_file", "in", nested)]).to_pylist()
    return rows


def _headed(figures: dict[str, Any], language: Language) -> str:
    """The round, how real it is, and whether anything of it is set aside."""
    said = [text(f"provenance_{figures['provenance']}", language)]
    if figures["is_preliminary"]:
        said.append(text("preliminary", language).lower())
    return f"{figures['programme']} {figures['year']}  ({', '.join(said)})"


def _figures(figures: dict[str, Any], language: Language) -> Iterator[str]:
    share = figures["unused_percent"]
    base = kronor(figures["reported_granted_sek"], language)
    percent = "" if share is None else f" ({formatted(share)}\u00a0% {text('summary_of', language)} {base})"
    undistributed = kronor(figures["undistributed_sek"], language)
    if figures["distributable_sek"] is not None:
        undistributed += f" {text('summary_of', language)} {kronor(figures['distributable_sek'], language)}"
    yield _labelled("summary_applications", formatted(figures["application_count"]), language)
    yield _labelled("summary_recipients", formatted(figures["recipient_count"]), language)
    yield _labelled("summary_granted", kronor(figures["granted_sek"], language), language)
    yield _labelled("summary_undistributed", undistributed, language)
    yield _labelled("summary_unused", kronor(figures["unused_sek"], language) + percent, language)
    if figures["unused_sek"] is not None:
        yield _labelled("summary_used_nothing", formatted(figures["used_nothing_count"]), language)
        yield _labelled("summary_used_part", formatted(figures["used_part_count"]), language)
    if figures["left_out_count"]:
        yield _labelled("summary_left_out", _of_money(figures, "left_out", language), language)
    if figures["is_preliminary"]:
        yield _labelled("summary_preliminary", _of_money(figures, "set_aside", language), language)
    for concern in CONCERNS:
        count = figures[CONCERNS[concern]]
        if count:
            yield _labelled(f"summary_{concern}", formatted(count), language)


def _of_money(figures: dict[str, Any], name: str, language: Language) -> str:
    """How many, and what was granted to them."""
    amount = kronor(figures[f"{name}_granted_sek"], language)
    return text("summary_of_money", language).format(count=formatted(figures[f"{name}_count"]), amount=amount)


def findings(found: list[Row], headers: Headers, language: Language) -> Iterator[str]:
    """How many findings there are, and one line per rule that they break: the gravest first, then the commonest.

    Args: found: rows of core_finding with their rule's title, in the order of their places.
    """
    yield _labelled("summary_findings", formatted(len(found)), language)
    of_rules: dict[str, list[Row]] = {}
    for each in found:
        of_rules.setdefault(each["rule"], []).append(each)
    groups = sorted(of_rules.values(), key=lambda group: (SEVERITIES.index(group[0]["severity"]), -len(group)))
    for group in groups[:SHOWN_RULES]:
        yield f"    {_of_rule(group, headers, language)}"
    if more := sum(map(len, groups[SHOWN_RULES:])):
        yield f"    {text('summary_more', language).format(count=formatted(more))}"


def _of_rule(group: list[Row], headers: Headers, language: Language) -> str:
    """How many broke the rule, what it is called, and the places of the first."""
    told = {
        "count": formatted(len(group)),
        "title": group[0]["title"],
        "severity": text(f"severity_{group[0]['severity']}", language),
        "places": _places(group[:SHOWN_PLACES], headers, language),
    }
    line = text("summary_rule", language).format(**told)
    more = len(group) - SHOWN_PLACES
    return f"{line} {text('summary_more_places', language).format(count=formatted(more))}" if more > 0 else line


def _places(group: list[Row], headers: Headers, language: Language) -> str:
    """The places one after another; a file is named where it is another than that of the place before."""
    files = [(each["source_file"] or "").rpartition("/")[2] for each in group]
    said = []
    for each, file, before in zip(group, files, ["", *files], strict=False):
        named = file if file != before else ""
        where = " ".join(filter(None, (named, place(each, headers, language))))
        said.append(printable(where or text("check_round", language)))
    return ", ".join(said)


def printable(received: str) -> str:
    """Text from a file, safe for a terminal: no control characters, and no longer than a few lines."""
    clean = "".join(letter if letter.isprintable() or letter == "\u00a0" else "�" for letter in received)
    return clean if len(clean) <= LONGEST_MESSAGE else f"{clean[:LONGEST_MESSAGE]}…"


def _labelled(label: str, value: str, language: Language) -> str:
    return f"  {text(label, language):<{LABEL_WIDTH}}{value}"
