"""Which code computed a figure: the release and a digest of the source, so that an edited checkout shows."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "assets", "pipelines")
SOURCES = (".py", ".yaml", ".j2", ".css")
LOCK = "requirements.lock"
PROGRAMMES = "schemas/programmes"
"""Where each programme has its configuration."""


@cache
def code_version() -> str:
    """Release and twelve digits of the source's SHA-256, e.g. `0.1.0+3f2a...`."""
    return f"{metadata.version('statsbidrag')}+{source_digest()[:12]}"


@cache
def commit() -> dict[str, object] | None:
    """The commit of git that the source was checked out from, and whether it was edited since; None without git."""
    try:
        head, edited = (_git(*words) for words in (["rev-parse", "HEAD"], ["status", "--porcelain", "--", *PACKAGES]))
    except (OSError, subprocess.SubprocessError):
        return None
    return {"id": head, "is_edited": bool(edited)}


def _git(*words: str) -> str:
    """What git says of the folder that the packages are in, if that is a checkout of its own."""
    if not (ROOT / ".git").exists():
        raise FileNotFoundError
    command = ["git", "-C", str(ROOT), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603 - our own words
    return done.stdout.strip()


@cache
def environment() -> str:
    """The digest of everything but the inputs that a figure rests on: source, Python, and the libraries it found."""
    return hashlib.sha256("\0".join([source_digest(), *_around()]).encode()).hexdigest()


def _around() -> list[str]:
    """Python, and the libraries that it found."""
    lock = ROOT / LOCK
    locked = hashlib.sha256(lock.read_bytes()).hexdigest() if lock.exists() else ""
    return [sys.implementation.name, sys.version, locked, *installed()]


@cache
def source_digest() -> str:
    """The SHA-256 of the packages' own source, configuration and templates, by path."""
    return _digest(_sources())


@cache
def made_by(programme: str) -> dict[str, str]:
    """What a round of a programme is computed by: the code, and apart the programme's configuration and all else."""
    folder = ROOT / PROGRAMMES / programme
    own = [path for path in _sources() if path.is_relative_to(folder)]
    program = [path for path in _sources() if not path.is_relative_to(ROOT / PROGRAMMES)]
    of_program = hashlib.sha256("\0".join([_digest(program), *_around()]).encode()).hexdigest()
    return {"code_version": code_version(), "configuration": _digest(own), "program": of_program}


def _sources() -> tuple[Path, ...]:
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in SOURCES)
    return tuple(sorted(found))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def installed() -> list[str]:
    """The libraries that Python finds, with their versions: the names of their folders."""
    folders = (Path(each) for each in sys.path if each)
    return sorted(
        {path.name for folder in folders if folder.name == "site-packages" for path in folder.glob("*.dist-info")}
    )
