"""What changed in a round, as lines for a terminal and as one object for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from assets.domain.past import UNEXPLAINED
from pipelines.inquiries.restatement import Measure, Published, Restated, Row
from pipelines.reports.columns import Columns
from pipelines.reports.summary import printable
from pipelines.reports.swedish import MINUS, formatted
from pipelines.reports.validation.content import short
from schemas.texts.catalogue import text
from schemas.words.vocabulary import REAL, Language

HEADERS = ("recipient", "cause", "recorded", "change", "known", "entries")
RIGHT = (HEADERS.index("change"),)


def report(found: Restated) -> dict[str, Any]:
    """The result as one object; amounts that are not known are null."""
    return {
        "programme": found.programme,
        "year": found.year,
        "from": _end(found.since),
        "to": _end(found.until),
        "replaced_files": found.replaced_files,
        "measures": [
            {
                "measure": measure.name,
                "before_sek": measure.before_sek,
                "change_sek": measure.change_sek,
                "after_sek": measure.after_sek,
                "changes": [_change(each) for each in measure.changes],
            }
            for measure in found.measures
        ],
    }


def _end(end: dt.date | Published) -> dict[str, str]:
    if isinstance(end, Published):
        return {"version": end.folder.name, "code_version": end.card["code_version"]}
    return {"date": end.isoformat()}


def _change(change: Row) -> dict[str, Any]:
    day = change["recorded_date"]
    entries = [
        {name: entry[name] for name in ("entry_id", "event", "source_file", "source_row", "amount_sek")}
        for entry in change["entries"]
    ]
    kept = ("recipient_code", "recipient", "grant_id", "cause", "before_sek", "after_sek", "change_sek", "provenance")
    return {name: change[name] for name in kept} | {
        "recorded_date": day.isoformat() if day else None,
        "recorded_is_assumed": change["is_assumed"],
        "entries": entries,
    }


def changes(found: Restated) -> list[Row]:
    """Every change of every measure as a row, with the number of entries that make it."""
    return [
        {"programme": found.programme, "year": found.year, "measure": measure.name}
        | {name: value for name, value in _change(each).items() if name != "entries"}
        | {"entry_count": len(each["entries"])}
        for measure in found.measures
        for each in measure.changes
    ]


def lines(found: Restated, language: Language) -> Iterator[str | Columns]:
    """A table per measure that changed, each ending with the sum that proves it."""
    since, until = (_named(end, language) for end in (found.since, found.until))
    title = text("restate_title", language)
    yield title.format(programme=found.programme, year=found.year, since=since, until=until)
    if found.replaced_files:
        files = ", ".join(printable(short(path)) for path in found.replaced_files)
        yield text("restate_replaced", language).format(files=files)
    for measure in found.measures:
        yield from _of_measure(measure, found, language)


def _named(end: dt.date | Published, language: Language) -> str:
    if isinstance(end, Published):
        code = end.card["code_version"]
        return text("restate_version", language).format(version=end.folder.name, code=code)
    return end.isoformat()


def _of_measure(measure: Measure, found: Restated, language: Language) -> Iterator[str | Columns]:
    called = text(f"measure_{measure.name}", language)
    yield ""
    if not measure.changes:
        unchanged = text("restate_unchanged", language)
        yield unchanged.format(measure=called, amount=_amount(measure.after_sek, language))
        return
    yield called
    cells = [[text(f"restate_{name}", language) for name in HEADERS]]
    cells += [_cells(change, found, language) for change in measure.changes]
    yield Columns(cells, right=RIGHT)
    yield f"  {text('restate_sum', language)}: {_proof(measure, language)}"


def _cells(change: Row, found: Restated, language: Language) -> list[str]:
    name = f"{printable(change['recipient'])} ({change['recipient_code']})"
    if change["grant"]:
        name += f" {printable(change['grant'])}"
    if change["provenance"] != REAL:
        name += f" [{text('provenance_' + change['provenance'], language)}]"
    before, after = (_amount(change[f"{side}_sek"], language) for side in ("before", "after"))
    return [
        name,
        text(f"cause_{change['cause']}", language),
        _recorded(change, language),
        _signed(change["change_sek"]),
        f"{before} → {after}",
        _ground(change, found, language),
    ]


def _recorded(change: Row, language: Language) -> str:
    day = change["recorded_date"]
    if not day:
        return "–"
    return f"{day} ({text('restate_assumed', language)})" if change["is_assumed"] else str(day)


def _ground(change: Row, found: Restated, language: Language) -> str:
    """The received rows that the entries were made of, or the code that reads the same rows in another way."""
    if change["cause"] == UNEXPLAINED:
        codes = [_end(end)["code_version"] for end in (found.since, found.until)]
        return text("restate_codes", language).format(before=codes[0], after=codes[1])
    rows = dict.fromkeys(f"{short(each['source_file'])}:{each['source_row']}" for each in change["entries"])
    return ", ".join(map(printable, rows))


def _proof(measure: Measure, language: Language) -> str:
    before, after = (_amount(amount, language) for amount in (measure.before_sek, measure.after_sek))
    sign = MINUS if measure.change_sek < 0 else "+"
    return f"{before} {sign} {formatted(abs(measure.change_sek))} = {after}"


def _amount(amount: int | None, language: Language) -> str:
    return text("restate_unknown", language) if amount is None else formatted(amount)


def _signed(amount: int) -> str:
    return f"+{formatted(amount)}" if amount > 0 else formatted(amount)
