"""The start page and the dictionary beside it, in Swedish and English: from what stands in the warehouse, at any time.

It is right when there is nothing, when all that there is was stopped, and when the version is of an older kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.reports import standing
from pipelines.reports.start.changed import changed
from pipelines.reports.start.stood import NOTHING, Key, Row, Stood, read
from pipelines.reports.templates import page
from pipelines.reports.validation.paths import page_path, refused_path
from pipelines.warehouse import files
from pipelines.warehouse.layout import (
    CURRENT,
    DATABASE,
    DICTIONARY_PAGES,
    EVIDENCE,
    INSIDE,
    REFUSED,
    SOURCES,
    START_PAGES,
    VERSIONS,
    read_manifest,
)
from schemas.configuration import catalogue
from schemas.words.alphabet import alphabetical
from schemas.words.tasks import STOPPED
from schemas.words.vocabulary import LANGUAGES, Language

SHOWN_TASKS = 3
"""Things to do that the start page has room for; the report has all."""

Manifest = Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """The versions that are kept, the latest first, and which of them is current."""

    manifests: Sequence[Manifest]
    current: str

    @property
    def now(self) -> Manifest | None:
        """The one that is current; None if nothing is published, or it no longer says what it is."""
        return next((each for each in self.manifests if each["version"] == self.current), None)

    @property
    def before(self) -> Manifest | None:
        """The latest of the others."""
        return next((each for each in self.manifests if each["version"] != self.current), None)


@dataclass(frozen=True)
class Shown:
    """Everything that the page is made of: the warehouse, its versions, and where the rounds of two of them stand."""

    root: Path
    kept: Kept
    now: Stood
    before: tuple[Manifest, Stood] | None
    language: Language

    def there(self, path: str) -> str | None:
        """The path, if there is something."""
        return path if (self.root / path).exists() else None


def write_start(root: Path) -> None:
    """Write the start page of a warehouse, and the dictionary of its current version, in both languages."""
    for language in LANGUAGES:
        this = shown(root, language)
        files.replace_file(root / START_PAGES[language], start_page(this).encode())
        if this.now.dictionary:
            files.replace_file(root / DICTIONARY_PAGES[language], dictionary_page(this.now, language).encode())


def shown(root: Path, language: Language) -> Shown:
    """What there is to show of a warehouse."""
    kept = kept_versions(root)
    now = read((root / CURRENT).resolve()) if kept.now else NOTHING
    before = (kept.before, read(root / VERSIONS / kept.before["version"])) if kept.before else None
    return Shown(root, kept, now, before, language)


def kept_versions(root: Path) -> Kept:
    """Every version that says what it is."""
    manifests = (read_manifest(version) for version in (root / VERSIONS).glob("[0-9a-f]*"))
    told = (each for each in manifests if each and {"version", "published_at", "rounds"} <= each.keys())
    ordered = sorted(told, key=lambda each: str(each["published_at"]), reverse=True)
    return Kept(ordered, (root / CURRENT).resolve().name)


def start_page(this: Shown) -> str:
    """The page in one language."""
    language, manifest = this.language, this.kept.now
    [other] = [each for each in LANGUAGES if each != language]
    refused = dict(_refused(this))
    return page(
        "start.html.j2",
        language,
        other=other,
        other_page=START_PAGES[other],
        now=manifest,
        published=_moment(manifest) if manifest else None,
        refused=[_stopped(key, moment, language) for key, moment in refused.items()],
        refused_evidence=this.there(f"{REFUSED}/{EVIDENCE}/index.html"),
        programmes=_programmes(this, refused),
        open=_to_open(this, manifest) if manifest else None,
        versions=[_version(this, each) for each in this.kept.manifests],
        has_dictionary=bool(this.now.dictionary),
        dictionary=DICTIONARY_PAGES[language],
        said=standing,
        titles=this.now.titles[language],
    )


def _moment(manifest: Manifest) -> str:
    return str(manifest["published_at"]).replace("T", " ").removesuffix("+00:00")


def title(programme: str, language: Language) -> str:
    """The programme's title; its name where a version that is kept has one that is no longer declared."""
    if programme not in catalogue.programme_names():
        return programme
    return catalogue.programme(programme).title.sentence(language)


# -- what was stopped -------------------------------------------------------------------------------------------------
def _refused(this: Shown) -> Iterator[tuple[Key, str]]:
    """The rounds whose last run was not accepted, each with when its report was written."""
    for path in sorted((this.root / REFUSED).glob(f"*.{this.language}.html")):
        programme, _, year = path.name.partition(".")[0].rpartition("-")
        if year.isdigit():
            moment = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            yield (programme, int(year)), f"{moment:%Y-%m-%d %H:%M}"


def _stopped(key: Key, moment: str, language: Language) -> dict[str, Any]:
    return {"title": title(key[0], language), "year": key[1], "at": moment, "page": refused_path(*key, language)}


# -- the rounds -------------------------------------------------------------------------------------------------------
def _programmes(this: Shown, refused: Mapping[Key, str]) -> list[dict[str, Any]]:
    """The programmes by their titles, each with its rounds, the latest first; those of which all is stopped too."""
    manifest = this.kept.now
    cards = {(card["programme"], card["year"]): card for card in manifest["rounds"]} if manifest else {}
    rounds: dict[str, list[dict[str, Any]]] = {}
    for key in sorted({*cards, *refused}, key=lambda each: -each[1]):
        rounds.setdefault(key[0], []).append(_round(this, key, cards.get(key), is_stopped=key in refused))
    named = ({"title": title(name, this.language), "rounds": each} for name, each in rounds.items())
    return sorted(named, key=lambda each: alphabetical(str(each["title"])))


def _round(this: Shown, key: Key, card: Manifest | None, *, is_stopped: bool) -> dict[str, Any]:
    """A round: what the current version says of it, if it has it, and whether its last run was stopped."""
    stood, tasks = this.now.rounds.get(key), this.now.tasks.get(key, [])
    manifest = this.kept.now if card else None
    return {
        "year": key[1],
        "id": f"{key[0]}-{key[1]}",
        "is_stopped": is_stopped,
        "verdict": STOPPED if is_stopped else stood["verdict"] if stood else None,
        "stopped_page": refused_path(*key, this.language),
        "card": card,
        "stood": stood,
        "tasks": tasks[:SHOWN_TASKS],
        "more": max(0, len(tasks) - SHOWN_TASKS),
        "changed": changed(this.before, (manifest, this.now), key, this.language) if manifest else None,
        "compared": _compared(manifest, key, this.language) if manifest else None,
        "page": this.there(page_path(manifest["version"], *key, this.language)) if manifest else None,
    }


def _compared(manifest: Manifest, key: Key, language: Language) -> str | None:
    """What the version itself says has changed in a round: money, answers and printed figures."""
    told = (each for each in manifest.get("changed", ()) if (each["programme"], each["year"]) == key)
    return next((str(each[language]) for each in told), None)


# -- what to open -----------------------------------------------------------------------------------------------------
def _to_open(this: Shown, manifest: Manifest) -> dict[str, Any]:
    """The reports, files and tables of the current version."""
    paths = [str(each["path"]) for each in manifest["outputs"]]
    tables = {Path(path).stem: path for path in paths if path.startswith("parquet/")}
    counts = manifest.get("row_counts", {})
    return {
        "reports": [
            _report(CURRENT, path, this.language) | {"sources": _sources(this, manifest, path)}
            for path in paths
            if path.startswith("reports/")
        ],
        "tables": [{"name": name, "path": path, "rows": counts.get(name)} for name, path in sorted(tables.items())],
        "database": f"{CURRENT}/{DATABASE}",
        "evidence": this.there(f"{CURRENT}/{EVIDENCE}/index.html"),
        "downloads": _downloads(manifest, this.language),
    }


def _sources(this: Shown, manifest: Manifest, path: str) -> str | None:
    """The same report for the house, with the way from each figure to its cells."""
    return this.there(f"{INSIDE}/{manifest['version']}/{SOURCES}/{path.removeprefix('reports/')}")


def _downloads(manifest: Manifest, language: Language) -> list[dict[str, Any]]:
    """The files of each programme: those that hold several tables, and the others, which are one table each."""
    found: dict[str, dict[str, Any]] = {}
    for each in manifest.get("downloads", ()):
        _, programme, name = each["path"].split("/", 2)
        of = found.setdefault(programme, {"title": title(programme, language), "files": [], "tables": []})
        told = {"path": f"{CURRENT}/{each['path']}", "title": each[f"title_{language}"], "name": name}
        of["tables" if name.endswith(".csv") else "files"].append(told)
    return list(found.values())


def _report(folder: str, path: str, language: Language) -> dict[str, str]:
    """A report by what its programme calls it; by its path where it is not declared any more."""
    _, programme, name = path.split("/", 2)
    declared = catalogue.programme(programme).reports if programme in catalogue.programme_names() else {}
    report = declared.get(Path(name).stem)
    called = report.title.sentence(language) if report else Path(name).stem
    return {"path": f"{folder}/{path}", "title": called, "programme": title(programme, language)}


def _version(this: Shown, manifest: Manifest) -> dict[str, Any]:
    """A version that is kept: the rounds of each programme, with the validation reports that are there; its reports."""
    version = str(manifest["version"])
    rounds: dict[str, list[dict[str, Any]]] = {}
    for card in manifest["rounds"]:
        page = this.there(page_path(version, card["programme"], card["year"], this.language))
        rounds.setdefault(title(card["programme"], this.language), []).append({"year": card["year"], "page": page})
    paths = [str(each["path"]) for each in manifest["outputs"] if str(each["path"]).startswith("reports/")]
    return {
        "version": version,
        "published": _moment(manifest),
        "programmes": rounds,
        "reports": [_report(f"{VERSIONS}/{version}", path, this.language) for path in paths],
        "is_current": version == this.kept.current,
    }


# -- the dictionary ---------------------------------------------------------------------------------------------------
def dictionary_page(stood: Stood, language: Language) -> str:
    """Every table and column of the version that is current, in one language."""
    [other] = [each for each in LANGUAGES if each != language]
    tables: dict[str, list[Row]] = {}
    for row in stood.dictionary:
        tables.setdefault(row["table_name"], []).append(row)
    return page(
        "dictionary.html.j2",
        language,
        other=other,
        other_page=DICTIONARY_PAGES[other],
        start=START_PAGES[language],
        tables=tables,
    )
