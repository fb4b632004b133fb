"""The validation reports of a version as pages: self-contained, escaped by the template engine, nothing remote.

A round has its report, pages of their own for the lists in it that are long, and a page for each recipient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from pipelines.reports import standing
from pipelines.reports.audited import audited
from pipelines.reports.changed.section import made, parts
from pipelines.reports.swedish import formatted, kronor
from pipelines.reports.templates import page
from pipelines.reports.validation.changes import Change, Previous, changes
from pipelines.reports.validation.content import RoundReport, round_report
from pipelines.reports.validation.download import findings_csv
from pipelines.reports.validation.frames import quoted
from pipelines.reports.validation.lists import Part, lists_of, parts_of
from pipelines.reports.validation.paths import csv_name, page_name, part_name, recipient_name
from pipelines.reports.validation.recipients import Recipient, recipients
from pipelines.reports.validation.view import View
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import EVIDENCE, START_PAGES, VERSIONS
from schemas.configuration import catalogue
from schemas.rules import said_trials
from schemas.tables import TABLES, project
from schemas.texts.catalogue import text
from schemas.words.vocabulary import ACCOUNT_MEASURES, FINDING_KINDS, LANGUAGES, REAL, Language

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

TOLD = (
    "things",
    "people",
    "not_reported",
    "late",
    "waivers",
    "corrections",
    "left_out",
    "accounts",
    "reconciliation",
    "recoveries",
    "cases",
    "books",
    "changes",
)
REFERENCE = ("funnel", "files", "rules", "unchecked", "provisions", "revision", "across", "evidence")
"""The sections of a report after what there is to do: what is told, and what is there to look up."""

SHOWN_THINGS = 25
"""Things of one kind that the report itself tells; its list of findings has them all."""


@dataclass(frozen=True)
class Published:
    """What a report needs to know of a version; of a round that was refused there is neither version nor evidence."""

    version: str | None
    tables: Mapping[str, pa.Table]
    """Of the round that the report is about, at least; raw_row among them, as it was received."""

    results: Sequence[Result]
    previous: Previous | None
    pinned: Sequence[Previous] = ()
    """Earlier versions that are pinned, since a report was printed from them."""


def round_files(published: Published, card: Mapping[str, Any]) -> dict[str, bytes]:
    """The pages of one round and its findings as a table, in both languages, by name."""
    key = card["programme"], card["year"]
    report = round_report(published.tables, *key)
    everybody = list(recipients(report, published.tables, key))
    files: dict[str, bytes] = {}
    for language in LANGUAGES:
        book = _Book(published, card, report, language)
        files |= {name: content.encode() for name, content in book.pages(everybody)}
        files[csv_name(*key, language)] = findings_csv(report.groups, language)
    return files


Name = Callable[[Language], str]
"""What a page is called in a language."""


class _Book:
    """The pages of one round in one language."""

    def __init__(self, published: Published, card: Mapping[str, Any], report: RoundReport, language: Language) -> None:
        self._published = published
        self._card = card
        self._report = report
        self._language = language
        self._key = card["programme"], card["year"]
        self._programme = catalogue.programme(card["programme"])
        self._title = f"{self._programme.title.sentence(language)} {card['year']}"

    def pages(self, everybody: Sequence[Recipient]) -> Iterator[tuple[str, str]]:
        name = partial(page_name, *self._key)
        yield name(self._language), self._page("validation/report.html.j2", self._facts(), name)
        for part in parts_of(lists_of(self._report)):
            name = partial(part_name, *self._key, part.suffix)
            yield name(self._language), self._page("validation/list.html.j2", self._facts(), name, part)
        for each in everybody:
            name = partial(recipient_name, *self._key, each.code)
            facts = {
                "recipient": each,
                "measures": SHOWN_MEASURES,
                "all_measures": ACCOUNT_MEASURES,
                "kept": ("granted", "paid", "used", "unused", "repayable", "received", "outstanding"),
            }
            heading = f"{each.name or text('recipient_nameless', self._language)}, {self._title}"
            yield name(self._language), self._page("validation/recipient.html.j2", facts, name, heading=heading)

    def _page(
        self, template: str, facts: Mapping[str, Any], name: Name, part: Part | None = None, heading: str = ""
    ) -> str:
        """A page of the book: what its template says, within the frame that all of them have."""
        view = View(self._report, self._programme, self._language, part)
        [other] = [each for each in LANGUAGES if each != self._language]
        same = view.facts() | {
            "card": self._card,
            "version": self._published.version,
            "title": self._title,
            "report_page": page_name(*self._key, self._language),
        }
        body = page(template, self._language, **same, **facts)
        heading = heading or f"{text('validation_title', self._language)}: {self._title}"
        findings = view.shown("findings", self._report.findings)
        return page(
            "validation/house.html.j2",
            self._language,
            **same,
            heading=heading,
            is_report=name(other) == page_name(*self._key, other),
            files=sorted({each["file"] for each in findings if each["file"]}),
            home_page=START_PAGES[self._language],
            other=other,
            other_page=name(other),
            body=Markup(body),  # noqa: S704 - the template engine's own, escaped there
            labels=view.frames.labels(),
            printed=self._printed(),
            printed_page=Markup('{} " " counter(page) " (" counter(pages) ")"').format(
                quoted(text("printed_page", self._language))
            ),
            home="../../../" if self._published.version else "../../",
        )

    def _printed(self) -> Markup:
        """What stands below each printed page: which round, and of which version."""
        of = text("printed_version", self._language).format(version=self._published.version)
        version = of if self._published.version else text("printed_refused", self._language)
        return quoted(f"{self._title} · {version}")

    def _facts(self) -> dict[str, Any]:
        published, (programme, year) = self._published, self._key
        changed = _changes(published, self._key)
        return {
            "csv": csv_name(programme, year, self._language),
            "appendix": f"../../../{VERSIONS}/{published.version}/{EVIDENCE}/index.html",
            "is_real": self._report.round["provenance"] == REAL,
            "held": sum(result.passed for result in published.results),
            "statement_count": len(published.results),
            "broken": _broken(self._report, published.results),
            "previous": published.previous,
            "pinned": [each for each in published.pinned if each.comparison],
            "changes": changed,
            "changed_made": made,
            "changed_parts": parts,
            "changed": partial(_changed, language=self._language),
            "tried": partial(_tried, language=self._language),
            "audited": audited(),
            "first_changed": _told_of_changes(published, changed, self._language),
            "measures": SHOWN_MEASURES,
            "shown_things": SHOWN_THINGS,
            "kinds": FINDING_KINDS,
            "told": TOLD,
            "reference": REFERENCE,
            **_first_screen(self._report, self._language),
        }


def _broken(report: RoundReport, results: Sequence[Result]) -> list[tuple[Result, int | None]]:
    """The statements that do not hold of the version, and what their rules found in the round, if they are in it."""
    mine = {rule["rule"]: rule["finding_count"] for rule in report.rules}
    return [(result, mine.get(result.rule)) for result in results if not result.passed]


def _tried(rule: Mapping[str, Any], language: Language) -> str:
    return said_trials.said(rule, language, formatted(rule["tried_count"]))


def _changes(published: Published, key: tuple[str, int]) -> list[Change] | None:
    before = published.previous
    return changes(before.tables, published.tables, *key) if before and before.tables else None


def _changed(change: Change, titles: Mapping[str, str], language: Language) -> str:
    """What a change is about, in words."""
    match change.kind, change.of:
        case "figure", (table, column):
            return str(project.facts(TABLES[table])[column][language])
        case "findings", (rule,):
            return text("validation_findings_of", language).format(rule=titles.get(rule, rule))
        case "rows", (fate, file):
            said = text(f"fate_{fate}", language)
            return text("validation_rows_of", language).format(fate=said, file=file)
        case _:
            return text("validation_file_changed", language).format(file=change.of[0])


def _first_screen(report: RoundReport, language: Language) -> dict[str, Any]:
    """What the first screen says of where the round stands."""
    if not report.standing:
        return {}
    of = report.standing
    return {
        "standing_verdict": standing.verdict(of, language),
        "standing_sentence": standing.sentence(of, language),
        "standing_at_stake": standing.at_stake(of, language),
        "standing_overdue": standing.overdue(of, language),
        "standing_not_reported": standing.not_reported(of, language),
        "owed": lambda measure: _owed(of[f"{measure}_sek"], of[f"{measure}_unknown_count"], language),
    }


def _owed(amount: int | None, unknown: int, language: Language) -> str:
    """An amount, and of how many grants it is not known."""
    if not unknown:
        return kronor(amount, language)
    name = "first_all_unknown" if amount is None else "first_unknown_of"
    return text(name, language).format(amount=kronor(amount, language), count=formatted(unknown))


def _told_of_changes(published: Published, found: Sequence[Change] | None, language: Language) -> str:
    """How much is not as it was in the version before."""
    if found is None:
        is_other = published.previous and published.previous.tables is None
        return text("first_not_comparable" if is_other else "first_new", language)
    counts = Counter(change.kind for change in found)
    if not counts:
        return text("first_unchanged", language)
    return text("first_changes", language).format(
        files=counts["file"], figures=counts["figure"], findings=counts["findings"]
    )
