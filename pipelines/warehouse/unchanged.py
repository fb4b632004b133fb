"""Whether a run would give what is published already: told from digests, before anything heavy is imported.

A round stands if nothing that it was made of has changed (its files, what lies in raw/ for all rounds, the chosen as-of
date, the day, on which waivers expire, the source, Python and its libraries) and what was made of it is there as it was
written: its accepted run in the store, and in the current version, published by the same source.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipelines.readers.received_folders import is_left_over
from pipelines.warehouse import files
from pipelines.warehouse.code_version import environment
from pipelines.warehouse.layout import (
    ACCEPTED,
    CURRENT,
    REFUSED,
    ROUND_CARD,
    START_PAGES,
    STORE,
    is_whole,
    read_card,
    read_manifest,
)
from pipelines.warehouse.verification import verified

RECORD = "unchanged.json"
YEAR_LENGTH = 4

Key = tuple[str, int]
"""A programme and a year."""


def rounds_in(raw: Path) -> list[Key]:
    """The rounds that have a folder in raw/, `<programme>/<year>/`, in order; declared or not."""
    folders = (folder for folder in raw.glob("*/" + "[0-9]" * YEAR_LENGTH) if folder.is_dir())
    return sorted((folder.parent.name, int(folder.name)) for folder in folders)


def fingerprints(raw: Path, rounds: Sequence[Key], as_of: str, today: dt.date) -> dict[Key, str]:
    """The digest of everything that each round is made of. Take it before a run reads the first file.

    Args: as_of: as it was chosen, empty for the latest day that is told of.
    A round with a file that cannot be read has none: its run says why.
    """
    found: dict[Key, str] = {}
    with suppress(OSError):
        common = [environment(), as_of, today.isoformat(), *_digests(raw, _common_files(raw))]
        for key in rounds:
            with suppress(OSError):
                own = _digests(raw, _entries(raw / key[0] / str(key[1])))
                found[key] = hashlib.sha256(json.dumps([*common, *own]).encode()).hexdigest()
    return found


def standing(
    raw: Path, warehouse: Path, rounds: Sequence[Key], as_of: str, today: dt.date
) -> dict[Key, dt.datetime | None]:
    """Since when each round stands as it would be made now (UTC); None for those that a run may change."""
    since: dict[Key, dt.datetime | None] = dict.fromkeys(rounds)
    recorded = _recorded(warehouse)
    published = _published(warehouse) if recorded else {}
    if not published:
        return since
    now = fingerprints(raw, [key for key in rounds if key in recorded], as_of, today)
    for key, fingerprint in now.items():
        record = recorded[key]
        is_same = record["fingerprint"] == fingerprint and _is_shown(warehouse, key)
        if is_same and record["run_id"] == published.get(key) == _run(warehouse, key):
            since[key] = dt.datetime.fromisoformat(record["since"])
    return since


def remember(warehouse: Path, made: Mapping[Key, str]) -> None:
    """Record what rounds were made of, once they are published. Raises: OSError.

    Args: made: their fingerprints from before the run. A round that is not accepted or not published is left out, so
    that the next run makes it again.
    """
    with files.locked(warehouse):
        recorded, published = _recorded(warehouse), _published(warehouse)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        for key, fingerprint in made.items():
            run_id = published.get(key)
            before = recorded.pop(key, None)
            if run_id is not None and run_id == _run(warehouse, key):
                since = before["since"] if before and before["fingerprint"] == fingerprint else now
                recorded[key] = {"fingerprint": fingerprint, "run_id": run_id, "since": since}
        entries = [{"programme": key[0], "year": key[1], **record} for key, record in sorted(recorded.items())]
        files.replace_file(warehouse / RECORD, json.dumps(entries, indent=2).encode())


def _recorded(warehouse: Path) -> dict[Key, dict[str, str]]:
    """What was remembered of each round; nothing if the record is missing or damaged."""
    try:
        entries = json.loads((warehouse / RECORD).read_text("utf-8"))
        return {
            (each["programme"], each["year"]): {name: each[name] for name in ("fingerprint", "run_id", "since")}
            for each in entries
        }
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _published(warehouse: Path) -> dict[Key, str]:
    """The run of each round in the current version; none if that is not whole, or made by another source."""
    version = (warehouse / CURRENT).resolve()
    manifest = read_manifest(version)
    if manifest is None or manifest.get("environment") != environment() or verified(version).state != "whole":
        return {}
    rounds: list[dict[str, Any]] = manifest.get("rounds", [])
    return {(card["programme"], card["year"]): card["run_id"] for card in rounds}


def _run(warehouse: Path, key: Key) -> str | None:
    """The accepted run of a round; None if there is none, or it is not whole."""
    accepted = (warehouse / STORE / key[0] / str(key[1]) / ACCEPTED).resolve()
    card = read_card(accepted / ROUND_CARD)
    return accepted.name if card and is_whole(accepted, card) else None


def _is_shown(warehouse: Path, key: Key) -> bool:
    """Whether a run would leave nothing beside the version as it is: no report of a refusal, and a start page."""
    refused = any((warehouse / REFUSED).glob(f"{key[0]}-{key[1]}.*"))
    return not refused and all((warehouse / page).exists() for page in START_PAGES.values())


def _common_files(raw: Path) -> Iterator[Path]:
    """Every file in raw/ that lies in no round's folder: the register, and what a programme refers to."""
    rounds = {raw / programme / str(year) for programme, year in rounds_in(raw)}
    return (path for path in _entries(raw, without=rounds) if not path.is_dir())


def _entries(folder: Path, without: Iterable[Path] = ()) -> Iterator[Path]:
    """Every file and folder below a folder, in order, but what other programs leave there."""
    passed = set(without)
    for place, folders, names in os.walk(folder, onerror=_refuse, followlinks=True):
        folders[:] = sorted(each for each in folders if Path(place, each) not in passed)
        for name in sorted((*folders, *names)):
            if not is_left_over(name):
                yield Path(place, name)


def _refuse(error: OSError) -> None:
    raise error


def _digests(raw: Path, paths: Iterable[Path]) -> list[str]:
    """What each path holds; of what is no regular file only that it is there, since reading it might never end."""
    return [f"{path.relative_to(raw).as_posix()} {files.sha256_of(path) if path.is_file() else ''}" for path in paths]
