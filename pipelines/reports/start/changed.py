"""What changed in a round since the version before, in a line: figures, things to do, files. The report has it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.reports.standing import verdict
from pipelines.reports.start.stood import Key, Row, Stood
from pipelines.reports.swedish import formatted, kronor
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

FIGURES = ("granted_sek", "unused_sek", "at_stake_sek", "books_differ_sek")
COUNTS = ("task_count", "overdue_count", "not_reported_count", "set_aside_count")

Manifest = Mapping[str, Any]


def changed(before: tuple[Manifest, Stood] | None, now: tuple[Manifest, Stood], key: Key, language: Language) -> str:
    """What changed. Args: before: the version before, if any is kept; now: the one that is shown."""
    if before is None:
        return text("start_no_version_before", language)
    old, new = (_card(manifest, key) for manifest, _ in (before, now))
    if old is None:
        return text("start_new_round", language)
    was, stands = before[1].rounds.get(key), now[1].rounds.get(key)
    said = [*_figures(was, stands, language)] if was and stands else []
    if files := _files_changed(old, new or {}):
        name = "start_changed_files_one" if files == 1 else "start_changed_files"
        said.append(text(name, language).format(count=formatted(files)))
    if not was:
        said.append(text("start_not_comparable", language))
    return "; ".join(said) or text("start_nothing_changed", language)


def _card(manifest: Manifest, key: Key) -> Manifest | None:
    cards: list[Manifest] = manifest["rounds"]
    return next((card for card in cards if (card["programme"], card["year"]) == key), None)


def _figures(was: Row, stands: Row, language: Language) -> Iterator[str]:
    values: list[tuple[str, str, str]] = [("verdict", verdict(was, language), verdict(stands, language))]
    values += [(name, kronor(was[name], language), kronor(stands[name], language)) for name in FIGURES]
    values += [(name, formatted(was[name]), formatted(stands[name])) for name in COUNTS]
    for name, old, new in values:
        if old != new:
            yield text("start_changed", language).format(what=text(f"start_of_{name}", language), before=old, after=new)


def _files_changed(old: Manifest, new: Manifest) -> int:
    """How many files are new, gone or of other content; those of the register are no round's own."""
    own = f"{old['programme']}/"
    hashes = [
        {(each["path"], each["sha256"]) for each in card.get("inputs", ()) if each["path"].startswith(own)}
        for card in (old, new)
    ]
    return len({path for path, _ in hashes[0] ^ hashes[1]})
