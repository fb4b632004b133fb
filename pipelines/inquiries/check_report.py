"""What a person, or a program, is told about a checked file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.inquiries.checking import Checked
from pipelines.reports.places import Headers, headers_of, place
from pipelines.reports.summary import LABEL_WIDTH, printable
from pipelines.reports.swedish import formatted
from schemas.rules.rule import Stop, rules
from schemas.texts.catalogue import text
from schemas.words.vocabulary import APPLIED, FATES, SEVERITIES, Language

ADDRESS = ("source_file", "source_sheet", "source_row", "source_column")


def stops(checked: Checked) -> bool:
    """Whether the file would keep its round from being published."""
    blocking = [found for found in _findings(checked) if found["severity"] == "stop" and not found["waiver_reason"]]
    return checked.stop is not None or bool(blocking)


def _findings(checked: Checked) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = checked.tables["core_finding"].to_pylist() if checked.tables else []
    return sorted(found, key=lambda each: SEVERITIES.index(each["severity"]))


def of_file(checked: Checked) -> list[dict[str, Any]]:
    """What was found in the file itself, the worst first."""
    return [found for found in _findings(checked) if found["source_file"] == checked.file]


def between_files(checked: Checked) -> list[dict[str, Any]]:
    """What was found by holding the round's tables together and leads elsewhere; the file may be the cause."""
    return [
        found for found in _findings(checked) if found["source_file"] != checked.file and rules()[found["rule"]].holds
    ]


def funnel(checked: Checked) -> dict[str, int] | None:
    """The file's data rows, and what became of them."""
    rows: list[dict[str, Any]] = checked.tables["core_funnel"].to_pylist() if checked.tables else []
    counts = [row for row in rows if row["source_file"] == checked.file]
    return {name: counts[0][f"{name}_count"] for name in ("received", *FATES)} if counts else None


def corrected_cells(checked: Checked) -> int:
    """How many cells of the file the round's corrections change."""
    log: list[dict[str, Any]] = checked.tables["raw_correction"].to_pylist() if checked.tables else []
    return sum(1 for each in log if each["source_file"] == checked.file and each["effect"] == APPLIED)


def report(checked: Checked) -> dict[str, object]:
    """Everything about the checked file as one object, in both languages."""
    return {
        "file": checked.file,
        "programme": checked.round_key.programme if checked.round_key else None,
        "year": checked.round_key.year if checked.round_key else None,
        "form": checked.form.form if checked.form else None,
        "sheet": checked.sheet,
        "publishable": not stops(checked),
        "stop": _said(checked.stop),
        "checked_alone_because": _said(checked.rest),
        "corrected_cells": corrected_cells(checked),
        "funnel": funnel(checked),
        "rules": dict(Counter(found["rule"] for found in of_file(checked))),
        "findings": [_shown(found) for found in of_file(checked)],
        "findings_between_files": [_shown(found) for found in between_files(checked)],
    }


def findings(checked: Checked) -> list[dict[str, Any]]:
    """What was found as rows, the worst first: in the file itself, then between the files."""
    return [_shown(found) for found in (*of_file(checked), *between_files(checked))]


def _said(stop: Stop | None) -> dict[str, str] | None:
    return {"rule": stop.rule.id, "sv": stop.sentence("sv"), "en": stop.sentence("en")} if stop else None


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("rule", "severity", *ADDRESS, "message_sv", "message_en")}


def lines(checked: Checked, language: Language) -> Iterator[str]:
    """The same for a terminal; the stop's own sentence is told apart."""
    columns = (checked.tables or {}).get("core_source_column")
    headers = headers_of(columns.to_pylist() if columns else [])
    about = [f"{checked.round_key.programme} {checked.round_key.year}"] if checked.round_key else []
    about += [checked.form.title.sentence(language)] if checked.form else []
    yield f"{printable(checked.file)}  {', '.join(about)}".rstrip()
    for name, count in (funnel(checked) or {}).items():
        yield f"  {text(f'check_{name}', language):<{LABEL_WIDTH}}{formatted(count)}"
    if corrected := corrected_cells(checked):
        yield f"  {text('check_corrected', language):<{LABEL_WIDTH}}{formatted(corrected)}"
    if checked.rest:
        yield f"  {text('check_alone', language)} {printable(checked.rest.sentence(language))}"
    if not checked.stop:
        yield f"  {text('summary_findings', language):<{LABEL_WIDTH}}{formatted(len(of_file(checked)))}"
        yield from (_line(found, headers, language) for found in of_file(checked))
    if between := between_files(checked):
        yield f"  {text('check_between', language)}"
        yield from (_line(found, headers, language) for found in between)


def stop_line(stop: Stop, language: Language) -> str:
    """Why the file stops the run; what it names, such as a sheet, may come from the file."""
    return printable(stop.sentence(language))


def _line(found: dict[str, Any], headers: Headers, language: Language) -> str:
    parts = (found["source_file"], found["source_sheet"], place(found, headers, language))
    where = ", ".join(printable(part) for part in parts if part) or text("check_round", language)
    severity = text(f"check_{found['severity']}", language)
    return f"    {where}: {severity}. {printable(found[f'message_{language}'])}"
