"""What a person is told of an inspected file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.inquiries.inspection import Inspected
from pipelines.inquiries.inspection_against import Difference
from pipelines.inquiries.inspection_columns import Column
from pipelines.inquiries.inspection_reading import Oddity
from pipelines.reports.columns import Columns
from pipelines.reports.summary import printable
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import Language

FEW, LONGEST = 6, 60
UNSURE = 0.5


def lines(inspected: Inspected, difference: Difference | None, language: Language) -> Iterator[str | Columns]:
    """The file, its columns, what is odd, and how it differs from a form."""
    yield printable(inspected.file)
    yield Columns(list(_facts(inspected, language)))
    yield ""
    yield text("inspect_columns", language).format(count=len(inspected.columns))
    yield Columns([_row(column, language) for column in inspected.columns])
    if inspected.oddities:
        yield ""
        yield text("inspect_odd", language)
        yield Columns(list(_odd(inspected.oddities, language)))
    if difference:
        yield ""
        yield from _difference(difference, language)


def _facts(inspected: Inspected, language: Language) -> Iterator[tuple[str, str]]:
    layout = inspected.layout
    rows = f"{layout.header_row}–{layout.header_row + layout.header_rows - 1}"
    facts = {
        "tool": inspected.tool and f"{inspected.tool} ({layout.confidence:.0%})",
        "sheet": inspected.sheet,
        "encoding": inspected.encoding,
        "delimiter": inspected.delimiter
        and {"\t": text("inspect_tab", language)}.get(inspected.delimiter, inspected.delimiter),
        "header_rows": (rows if layout.header_rows > 1 else str(layout.header_row)) if layout.header_rows else None,
        "data_rows": str(inspected.data_rows),
    }
    for name, value in facts.items():
        if value or name in ("tool", "header_rows"):
            yield text(f"inspect_{name}", language), value or text(f"inspect_no_{name}", language)


def _row(column: Column, language: Language) -> tuple[str, ...]:
    guess = column.guess
    kind = text(f"inspect_type_{guess.type}", language)
    sure = "" if guess.confidence > UNSURE else "?"
    told = guess.coding and f", {_coding(guess.coding, language)}"
    role = f" [{text(f'inspect_role_{column.role}', language)}]" if column.role else ""
    return column.letter, _short(column.header or "–"), f"{kind}{sure}{told}{role}", _options(column)


def _coding(coding: str, language: Language) -> str:
    """A coding in words; what stands in it of the file itself stays."""
    name = f"inspect_coding_{coding.replace(' ', '_').replace(',', '')}"
    if known(name):
        return text(name, language)
    for words in ("joined_by_line_break", "joined_by", "or_blank", "and_at_the_end"):
        coding = coding.replace(words.replace("_", " "), text(f"inspect_coding_{words}", language))
    return coding


def _options(column: Column) -> str:
    options = list(column.guess.options)
    if column.stem is not None or not options:
        return ""
    shown = " | ".join(_short(option) for option in options[:FEW])
    return shown if len(options) <= FEW else f"{shown} … ({len(options)})"


def _short(words: str) -> str:
    told = printable(words)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _odd(oddities: Sequence[Oddity], language: Language) -> Iterator[tuple[str, str]]:
    """Each kind once, with the first places."""
    for kind, count in Counter(each.kind for each in oddities).items():
        places = [each.address for each in oddities if each.kind == kind and each.address][:FEW]
        rest = "" if count <= max(len(places), 1) else f" … ({count})"
        yield text(f"oddity_{kind}", language), ", ".join(places) + rest


def _difference(difference: Difference, language: Language) -> Iterator[str | Columns]:
    version = f" ({difference.version})" if difference.version else ""
    yield text("inspect_against", language).format(form=difference.form + version)
    rows = [(text("inspect_new", language), f"{column.letter} {_short(column.header)}") for column in difference.new]
    rows += [(text("inspect_gone", language), _short(header)) for header in difference.gone]
    rows += [(text("inspect_option", language), f"{letter} {_short(option)}") for letter, option in difference.options]
    if difference.is_asked_otherwise:
        rows.append((text("inspect_other_header_rows", language), ""))
    yield Columns(rows) if rows else "  " + text("inspect_same", language)
