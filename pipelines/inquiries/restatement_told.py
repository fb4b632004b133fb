"""What changed in a round, as lines for a terminal and as one object for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assets.domain.changed.answers import AnswerChange
from assets.domain.changed.causes import Cause
from assets.domain.changed.printed import CellChange
from pipelines.inquiries.restatement import Restated
from pipelines.reports.changed import told
from pipelines.reports.changed.money import Measure
from pipelines.reports.changed.sides import RoundOf, Row
from pipelines.reports.columns import Columns
from pipelines.reports.summary import printable
from pipelines.reports.swedish import MINUS, formatted
from pipelines.reports.validation.content import short
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import REAL, Language

HEADERS = ("recipient", "cause", "recorded", "change", "known", "entries")
RIGHT = (HEADERS.index("change"),)
CELL = ("report", "table_no", "row_label", "column_name", "unit", "expression")


def report(found: Restated) -> dict[str, Any]:
    """The result as one object; amounts that are not known are null, and so is a part that cannot be compared."""
    document: dict[str, Any] = {
        "programme": found.programme,
        "year": found.year,
        "from": _end(found.since),
        "to": _end(found.until),
        "replaced_files": found.replaced_files,
        "measures": None if found.measures is None else [_measure(each) for each in found.measures],
    }
    if (compared := found.compared) is not None:
        document["differs"] = [asdict(each) for each in compared.causes]
        document["answers"] = None if compared.answers is None else [_answer(each) for each in compared.answers]
        document["printed"] = None if compared.printed is None else [_cell(each) for each in compared.printed]
    return document


def _end(end: dt.date | RoundOf) -> dict[str, str]:
    if isinstance(end, RoundOf):
        return {"version": end.side.name, "code_version": end.card["code_version"]}
    return {"date": end.isoformat()}


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "measure": measure.name,
        "before_sek": measure.before_sek,
        "change_sek": measure.change_sek,
        "after_sek": measure.after_sek,
        "changes": [_change(each) for each in measure.changes],
    }


def _change(change: Row) -> dict[str, Any]:
    day = change["recorded_date"]
    entries = [
        {name: entry[name] for name in ("entry_id", "event", "source_file", "source_row", "amount_sek")}
        for entry in change["entries"]
    ]
    kept = ("recipient_code", "recipient", "grant_id", "cause", "before_sek", "after_sek", "change_sek", "provenance")
    return {name: change[name] for name in kept} | {
        "causes": [asdict(each) for each in change["causes"]],
        "recorded_date": day.isoformat() if day else None,
        "recorded_is_assumed": change["is_assumed"],
        "entries": entries,
    }


def _answer(change: AnswerChange) -> dict[str, Any]:
    return asdict(change) | {"cause_is_shown": len(change.causes) == 1}


def _cell(change: CellChange) -> dict[str, Any]:
    before, after = ((each or {}).get("value") for each in (change.before, change.after))
    return {name: change.cell.get(name) for name in CELL} | {
        "before": before,
        "after": after,
        "members": [asdict(each) for each in change.members],
        "causes": [asdict(each) for each in change.causes],
        "cause_is_shown": change.is_shown,
    }


def changes(found: Restated) -> list[Row]:
    """Every change of every measure as a row, with the number of entries that make it."""
    return [
        {"programme": found.programme, "year": found.year, "measure": measure.name}
        | {name: value for name, value in _change(each).items() if name not in ("entries", "causes")}
        | {"entry_count": len(each["entries"])}
        for measure in found.measures or ()
        for each in measure.changes
    ]


def lines(found: Restated, language: Language) -> Iterator[str | Columns]:
    """A table per measure that changed, each ending with the sum that proves it; of versions, what else changed."""
    since, until = (_named(end, language) for end in (found.since, found.until))
    title = text("restate_title", language)
    yield title.format(programme=found.programme, year=found.year, since=since, until=until)
    if found.replaced_files:
        files = ", ".join(printable(short(path)) for path in found.replaced_files)
        yield text("restate_replaced", language).format(files=files)
    if found.compared is not None:
        yield _made(found.compared.causes, language)
    for measure in found.measures or ():
        yield from _of_measure(measure, language)
    if found.compared is not None:
        yield from _beside(found, language)


def _made(causes: Sequence[Cause], language: Language) -> str:
    """All that differs of what the round was made of."""
    if not causes:
        return text("changed_nothing_made", language)
    said = "; ".join(printable(told.because(each, language)) for each in causes)
    return text("changed_all", language).format(causes=said)


def _beside(found: Restated, language: Language) -> Iterator[str | Columns]:
    """What changed beside the money: answers and printed tables; and what cannot be compared."""
    compared = found.compared
    assert compared is not None  # noqa: S101 - the caller looked
    parts: dict[str, Sequence[told.Line] | None] = {
        "money": None if compared.money is None else [],
        "answers": None if compared.answers is None else [*told.answers(compared, language)],
        "printed": None if compared.printed is None else [*told.printed(compared.printed, compared, language)],
    }
    for name, part in parts.items():
        if part is None:
            yield ""
            yield text(f"changed_older_{name}", language).format(version=compared.then.side.name)
        elif name != "money":
            yield from _of_part(name, part, language)


def _of_part(name: str, part: Sequence[told.Line], language: Language) -> Iterator[str | Columns]:
    yield ""
    if not part:
        yield text(f"changed_none_{name}", language)
        return
    yield text(f"changed_{name}", language)
    yield Columns(
        [[printable(each) for each in (line.what, f"{line.before} → {line.after}", line.why)] for line in part]
    )


def _named(end: dt.date | RoundOf, language: Language) -> str:
    if isinstance(end, RoundOf):
        code = end.card["code_version"]
        return text("restate_version", language).format(version=end.side.name, code=code)
    return end.isoformat()


def _of_measure(measure: Measure, language: Language) -> Iterator[str | Columns]:
    called = text(f"measure_{measure.name}", language)
    yield ""
    if not measure.changes:
        unchanged = text("restate_unchanged", language)
        yield unchanged.format(measure=called, amount=_amount(measure.after_sek, language))
        return
    yield called
    cells = [[text(f"restate_{name}", language) for name in HEADERS]]
    cells += [_cells(change, language) for change in measure.changes]
    yield Columns(cells, right=RIGHT)
    yield f"  {text('restate_sum', language)}: {_proof(measure, language)}"


def _cells(change: Row, language: Language) -> list[str]:
    name = f"{printable(change['recipient'])} ({change['recipient_code']})"
    if change["grant"]:
        name += f" {printable(change['grant'])}"
    if change["provenance"] != REAL:
        name += f" [{text('provenance_' + change['provenance'], language)}]"
    before, after = (_amount(change[f"{side}_sek"], language) for side in ("before", "after"))
    return [
        name,
        _cause(change, language),
        _recorded(change, language),
        _signed(change["change_sek"]),
        f"{before} → {after}",
        _ground(change),
    ]


def _recorded(change: Row, language: Language) -> str:
    day = change["recorded_date"]
    if not day:
        return "–"
    return f"{day} ({text('restate_assumed', language)})" if change["is_assumed"] else str(day)


def _cause(change: Row, language: Language) -> str:
    """What was recorded, in a word; of what was received or read otherwise what became of it, or that none can tell."""
    recorded = f"cause_{change['cause']}"
    if known(recorded) and all(each.of is None for each in change["causes"]):
        return text(recorded, language)
    return printable(told.why(change["causes"], language, is_shown=len(change["causes"]) == 1))


def _ground(change: Row) -> str:
    """The received rows that the entries were made of."""
    rows = dict.fromkeys(f"{short(each['source_file'])}:{each['source_row']}" for each in change["entries"])
    return ", ".join(map(printable, rows)) or "–"


def _proof(measure: Measure, language: Language) -> str:
    before, after = (_amount(amount, language) for amount in (measure.before_sek, measure.after_sek))
    sign = MINUS if measure.change_sek < 0 else "+"
    return f"{before} {sign} {formatted(abs(measure.change_sek))} = {after}"


def _amount(amount: int | None, language: Language) -> str:
    return text("restate_unknown", language) if amount is None else formatted(amount)


def _signed(amount: int) -> str:
    return f"+{formatted(amount)}" if amount > 0 else formatted(amount)
