"""What changed since the version before, as a section of a page of the house, and in one line for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.reports.changed import told
from pipelines.reports.changed.comparison import Comparison
from pipelines.reports.swedish import MINUS, formatted
from schemas.configuration import catalogue
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES, Language

SHOWN_LINES = 50
"""So many changes of one kind stand in a page; the command has them all."""


@dataclass(frozen=True)
class Part:
    """Money, answers or printed tables: a line for each change, or a sentence that says there is none."""

    name: str
    lines: Sequence[told.Line]
    count: int
    sentence: str


def parts(found: Comparison, language: Language) -> Iterator[Part]:
    """Everything that changed, by kind."""
    of_kind = {
        "money": None if found.money is None else [*told.money(found, language)],
        "answers": None if found.answers is None else [*told.answers(found, language)],
        "printed": None if found.printed is None else [*told.printed(found.printed, found, language)],
    }
    for name, lines in of_kind.items():
        yield Part(name, (lines or [])[:SHOWN_LINES], len(lines or ()), _sentence(name, lines, found, language))


def _sentence(name: str, lines: Sequence[told.Line] | None, found: Comparison, language: Language) -> str:
    if lines is None:
        return text(f"changed_older_{name}", language).format(version=found.then.side.name)
    if not lines:
        return text(f"changed_none_{name}", language)
    if len(lines) <= SHOWN_LINES:
        return ""
    command = (
        f"statsbidrag restate --programme {found.now.programme} --year {found.now.year} --from {found.then.side.name}"
    )
    values = {"count": formatted(SHOWN_LINES), "all": formatted(len(lines)), "command": command}
    return text("changed_shown", language).format(**values)


def made(found: Comparison, language: Language) -> str:
    """What differs of what the round was made of."""
    if not found.causes:
        return text("changed_nothing_made", language)
    return text("changed_all", language).format(causes="; ".join(told.because(each, language) for each in found.causes))


# -- in one line ------------------------------------------------------------------------------------------------------
def in_short(found: Comparison) -> dict[str, object]:
    """What changed of a round, in a line that everybody may read: sums, and how many; of few answers no number."""
    said: dict[str, object] = {"programme": found.now.programme, "year": found.now.year, "since": found.then.side.name}
    for language in LANGUAGES:
        said[language] = _short(found, language)
    return said


def _short(found: Comparison, language: Language) -> str:
    said = "; ".join(_said(found, language)) or text("changed_short_nothing", language)
    return text("changed_short", language).format(version=found.then.side.name, told=said)


def _said(found: Comparison, language: Language) -> Iterator[str]:
    for measure in found.moved:
        sign = MINUS if measure.change_sek < 0 else "+"
        values = {
            "measure": text(f"measure_{measure.name}", language),
            "change": sign + formatted(abs(measure.change_sek)),
        }
        yield text("changed_short_money", language).format(**values)
    if found.answers:
        least = catalogue.programme(found.now.programme).least_base
        few = len(found.answers) < least
        count = formatted(least if few else len(found.answers))
        yield text("changed_short_few" if few else "changed_short_answers", language).format(count=count)
    if found.printed:
        yield text("changed_short_printed", language).format(count=formatted(len(found.printed)))
    if None in (found.money, found.answers, found.printed):
        yield text("changed_short_unknown", language)
