"""What the templates of one page may ask: names with their links, places, labels, the rows that the page has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from assets.domain.causes import Cause
from pipelines.reports import standing
from pipelines.reports.places import place
from pipelines.reports.swedish import formatted
from pipelines.reports.validation.content import RoundReport, Row
from pipelines.reports.validation.frames import Frames
from pipelines.reports.validation.lists import LONG, ROWS_OF_A_PAGE, Part, lists_of, shown_in
from pipelines.reports.validation.paths import part_name, recipient_name
from schemas.configuration.programme import Programme
from schemas.tables import TABLES, project
from schemas.texts.catalogue import text
from schemas.words.vocabulary import REAL, Language

LINK = Markup('<a href="{page}">{name}</a>')
MARK = Markup(' <span class="mark">{}</span>')
RECEIVED = Markup('<span lang="{}">{}</span>')


class View:
    """One page of a round's report in one language."""

    def __init__(self, report: RoundReport, programme: Programme, language: Language, part: Part | None = None) -> None:
        """Look at a report. Args: part: the page of a long list; None for the others."""
        self._report = report
        self._programme = programme
        self._language = language
        self._part = part
        self._key = (programme.programme, report.round["year"])
        self._lists = {name: len(rows) for name, rows in lists_of(report).items()}
        self._marks = {REAL: Markup("")} | {
            each: MARK.format(text(f"provenance_{each}", language)) for each in ("synthetic", "mixed")
        }
        self.frames = Frames()
        self._rules = {rule["rule"]: rule for rule in report.rules}
        self.titles = {name: rule[f"title_{language}"] for name, rule in self._rules.items()}
        self._first = {cause.rule: cause for cause in reversed(report.causes)}

    def facts(self) -> dict[str, Any]:
        """What templates use, by the name that they use."""
        return {
            "report": self._report,
            "programme": self._programme,
            "part": self._part,
            "titles": self.titles,
            "rules": self._rules,
            "all_findings": self._report.findings,
            "all_claims": self._report.books.claims,
            "is_long": lambda name: self._lists[name] > LONG,
            "findings_at": self.findings_at,
            "nameless_page": recipient_name(*self._key, None, self._language),
            "part_page": self.part_page,
            "is_first": self.is_first,
            "task": self.task,
            "task_owner": partial(standing.owner, language=self._language),
            "task_amount": partial(standing.amount, language=self._language),
            "question": self.question,
            "option": self.option,
            "table": self.frames.begin,
            "who": self.who,
            "link": self.link,
            "mark": self.mark,
            "place": self.place,
            "label": self.label,
            "said": self.said,
            "received": self.received,
            "form_title": self.form_title,
            "shown": self.shown,
            "more_at": self.more_at,
            "grouped": grouped,
        }

    def who(self, row: Row) -> Markup:
        """A recipient with the way to its page, and whether the row is real."""
        return self.link(row["recipient_code"]) + self._marks[row["provenance"]]

    def link(self, code: str | None) -> Markup:
        """A recipient's name with the way to its page; a dash if it has neither."""
        name = self._report.people.get(code or "")
        if name is None:
            return Markup("–")
        return LINK.format(page=recipient_name(*self._key, code, self._language), name=name)

    def mark(self, row: Row) -> Markup:
        """Whether a row is real."""
        return self._marks[row["provenance"]]

    def place(self, found: Row) -> str:
        """The cell of a file."""
        return place(found, self._report.headers, self._language) or "–"

    def label(self, table: str, column: str) -> str:
        """What a column of a table is called."""
        return str(project.facts(TABLES[table])[column][self._language])

    def said(self, row: Row, name: str) -> str:
        """What a row says in the page's language."""
        return str(row[f"{name}_{self._language}"])

    def received(self, value: object, language: str = "sv") -> Markup | str:
        """A text as it was received, marked with its language where the page has another."""
        if value is None or value == "":
            return "–"
        return RECEIVED.format(language, value) if self._language != language else str(value)

    def form_title(self, form: str) -> str:
        """What a file was read as: a form of the programme, the register, or the log of corrections."""
        forms = self._programme.forms
        return forms[form].title.sentence(self._language) if form in forms else text(form, self._language)

    def task(self, each: Row) -> str:
        """What there is to do."""
        return standing.task(each, self.titles, self._language)

    def question(self, name: str) -> str:
        """What was asked; its name where the programme no longer asks it."""
        asked = self._programme.questions.get(name)
        return asked.sentence(self._language) if asked else name

    def option(self, row: Row) -> str:
        """What was chosen."""
        asked = self._programme.questions.get(row["question"])
        label = asked.options.get(row["option"]) if asked else None
        return label.sentence(self._language) if label else str(row["option"])

    def is_first(self, cause: Cause) -> bool:
        """Whether nothing of the same rule stands before it: what leads to the rule leads here."""
        return self._first[cause.rule] is cause

    def part_page(self, part: Part, number: int) -> str:
        """Where another page of the same list is."""
        return part_name(*self._key, Part(part.name, number, part.count).suffix, self._language)

    def findings_at(self, rule: str) -> str:
        """Where the findings of a rule stand: on this page, or on a page of the list of findings."""
        if self._lists["findings"] <= LONG:
            return f"#all-{rule}"
        at = next(number for number, each in enumerate(self._report.findings) if each["rule"] == rule)
        part = Part("findings", at // ROWS_OF_A_PAGE + 1, 0)
        return f"{part_name(*self._key, part.suffix, self._language)}#all-{rule}"

    def shown(self, name: str, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows of a list that this page has."""
        return shown_in(self._part, name, rows)

    def more_at(self, name: str, rows: Sequence[Any]) -> Markup:
        """The way to the page that has the whole list; nothing where this one has."""
        if self._part or len(self.shown(name, rows)) == len(rows):
            return Markup("")
        said = text("list_all", self._language).format(count=formatted(len(rows)))
        page = part_name(*self._key, name, self._language)
        return Markup('<p class="all">{}</p>').format(LINK.format(page=page, name=said))


def grouped(findings: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Findings by rule, in the order that they have."""
    return ((rule, list(found)) for rule, found in groupby(findings, key=lambda each: each["rule"]))
