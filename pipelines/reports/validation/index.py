"""The index of validation reports: every version that is kept, and every round in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.reports.templates import page
from pipelines.reports.validation.paths import index_path, page_path
from pipelines.warehouse import files
from pipelines.warehouse.layout import CURRENT, EVIDENCE, REFUSED, VERSIONS, read_manifest
from schemas.configuration import catalogue
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES, Language


def write_index(root: Path) -> None:
    """Write the index of a warehouse in both languages."""
    for language in LANGUAGES:
        files.replace_file(root / index_path(language), index_page(root, language).encode())


def index_page(root: Path, language: Language) -> str:
    """One row per version and round, the latest publication first."""
    [other] = [each for each in LANGUAGES if each != language]
    manifests = [read_manifest(version) for version in (root / VERSIONS).glob("[0-9a-f]*")]
    told = (each for each in manifests if each and {"published_at", "rounds"} <= each.keys())
    found = sorted(told, key=lambda each: str(each["published_at"]), reverse=True)
    return page(
        "index.html.j2",
        language,
        other=other,
        other_page=index_path(other),
        rows=[row for manifest in found for row in _rows(manifest, language)],
        current=(root / CURRENT).resolve().name,
        refused=_refused(root, language),
    )


def _refused(root: Path, language: Language) -> list[dict[str, str]]:
    """The reports of rounds whose last run was not accepted."""
    pages = sorted((root / REFUSED).glob(f"*.{language}.html"))
    found = [{"path": f"{REFUSED}/{page.name}", "name": page.name.partition(".")[0]} for page in pages]
    appendix = f"{REFUSED}/{EVIDENCE}/index.html"
    if (root / appendix).exists():
        found.append({"path": appendix, "name": text("validation_evidence", language)})
    return found


def _title(programme: str, language: Language) -> str:
    """The programme's title; its name where a version that is kept has one that is no longer declared."""
    if programme not in catalogue.programme_names():
        return programme
    return catalogue.programme(programme).title.sentence(language)


def _rows(manifest: dict[str, Any], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "version": manifest["version"],
            "published_at": manifest["published_at"].replace("T", " ").removesuffix("+00:00"),
            "programme": _title(card["programme"], language),
            "year": card["year"],
            "as_of_date": card["as_of_date"],
            "findings": card.get("findings", {}),
            "is_preliminary": card.get("is_preliminary", False),
            "page": f"{VERSIONS}/{manifest['version']}/{page_path(card['programme'], card['year'], language)}",
        }
        for card in manifest["rounds"]
    ]
