"""Which versions are published: when, by which run, which are pinned, which were removed, and which verify."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.reports.columns import Columns
from pipelines.reports.summary import printable
from pipelines.warehouse.layout import CURRENT, VERSIONS, read_manifest
from pipelines.warehouse.pins import Pin, Removal, kept_version, kept_versions, pins, removals
from pipelines.warehouse.verification import Verdict, verified
from pipelines.warehouse.versions import KEPT_VERSIONS
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

HEADERS = ("version", "published", "run", "state")
OF_RUN = 8
"""So many letters of a run's id are shown to a person, as in Dagster's own pages."""


@dataclass(frozen=True)
class Listed:
    """One version that is kept."""

    verdict: Verdict
    published_at: str | None
    run_id: str | None
    code_version: str | None
    rounds: list[str]
    is_current: bool
    pins: list[Pin]


def listed(warehouse: Path) -> tuple[list[Listed], list[Removal]]:
    """The versions that are kept, current first and oldest last, and those that were removed. Raises: Stop."""
    current, pinned = (warehouse / CURRENT).resolve().name, pins(warehouse)
    found = [_listed(warehouse / VERSIONS / name, current, pinned) for name in kept_versions(warehouse)]
    newest_first = sorted(found, key=lambda each: (each.is_current, each.published_at or ""), reverse=True)
    return newest_first, removals(warehouse)


def _listed(version: Path, current: str, pinned: list[Pin]) -> Listed:
    verdict = verified(version)
    manifest = (read_manifest(version) or {}) if verdict.is_sound else {}  # what is damaged is not repeated
    rounds = manifest.get("rounds", [])
    return Listed(
        verdict,
        manifest.get("published_at"),
        manifest.get("run_id"),
        manifest.get("code_version"),
        [f"{each['programme']} {each['year']}" for each in rounds],
        version.name == current,
        [each for each in pinned if each.version == version.name],
    )


def verdict(warehouse: Path, version: str | None) -> Verdict:
    """What became of a version, or else of the current one. Raises: Stop if there is none."""
    current = (warehouse / CURRENT).resolve()
    if version is None and not current.exists():
        raise Stop("nothing_published_yet", folder=warehouse)
    return verified(kept_version(warehouse, version or current.name))


# -- as they are told -------------------------------------------------------------------------------------------------
def lines(found: tuple[list[Listed], list[Removal]], language: Language) -> Iterator[str | Columns]:
    """The list for a terminal."""
    kept, removed = found
    if not kept:
        yield text("versions_none", language)
    else:
        headers = [[text(f"versions_{name}", language) for name in HEADERS]]
        yield Columns(headers + [_cells(each, language) for each in kept])
        yield from _remarks(kept, language)
        yield text("versions_kept", language).format(count=KEPT_VERSIONS)
    if removed:
        yield ""
        yield text("versions_removed_title", language)
        told = text("versions_removed", language)
        yield from (f"  {told.format(**_said(each))}" for each in removed)


def _cells(each: Listed, language: Language) -> list[str]:
    unknown = text("versions_unknown", language)
    state = text(f"versions_{each.verdict.state}", language)
    is_current = f", {text('versions_current', language)}" if each.is_current else ""
    at = (each.published_at or unknown).replace("T", " ").removesuffix("+00:00")
    return [each.verdict.version, at, (each.run_id or unknown)[:OF_RUN], state + is_current]


def _remarks(kept: list[Listed], language: Language) -> Iterator[str]:
    """What is to be said of a version beside its line: what does not fit, and who pinned it."""
    for each in kept:
        told = [text("versions_pinned", language).format(**_said(pin)) for pin in each.pins]
        if not each.verdict.is_sound:
            told.insert(0, each.verdict.sentence(language))
        if told:
            yield ""
            yield each.verdict.version
            yield from (f"  {printable(line)}" for line in told)
    yield ""


def _said(each: Pin | Removal) -> dict[str, str]:
    said = {"version": each.version, "by": each.by, "why": each.why, "day": each.at[:10]}
    return {name: printable(value) for name, value in said.items()}


def document(found: tuple[list[Listed], list[Removal]]) -> dict[str, Any]:
    """The list for programs."""
    kept, removed = found
    gone = [
        {name: fact for name, fact in asdict(each).items() if name not in ("manifest", "inside")} for each in removed
    ]
    return {"versions": [asdict(each) for each in kept], "removed": gone}


def table(found: tuple[list[Listed], list[Removal]]) -> list[dict[str, Any]]:
    """The list as rows, those that were removed last."""
    kept, removed = found
    rows = [
        {
            "version": each.verdict.version,
            "published_at": each.published_at,
            "run_id": each.run_id,
            "code_version": each.code_version,
            "state": each.verdict.state,
            "first_fault": each.verdict.file,
            "is_current": each.is_current,
            "pinned_by": "; ".join(pin.by for pin in each.pins),
            "pinned_why": "; ".join(pin.why for pin in each.pins),
            "removed_at": None,
            "removed_by": None,
            "removed_why": None,
        }
        for each in kept
    ]
    empty = dict.fromkeys(("published_at", "run_id", "code_version", "state", "first_fault", "is_current"))
    return rows + [
        {"version": each.version}
        | empty
        | {"pinned_by": "; ".join(pin["by"] for pin in each.pins), "pinned_why": "; ".join(p["why"] for p in each.pins)}
        | {"removed_at": each.at, "removed_by": each.by, "removed_why": each.why}
        for each in removed
    ]
