"""Durable writing: aside, fsync, rename, fsync the folder. Every byte of an output goes through here.

All system calls are made by Python's `os`, so that a test can stop the program at each of them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from schemas.rules.rule import Stop

ASIDE = ".aside-"
"""Prefix of what is being written. Left over only by a killed run; never read, removed by the next."""


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_new(path: Path, content: bytes) -> None:
    """Write a new file and force it to disk. For files in a folder that nobody reads yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write new files, by path below a folder that nobody reads yet; the folders themselves are not synced."""
    for path, content in contents.items():
        make_folder((folder / path).parent)
        write_new(folder / path, content)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old content or the new, and so does a crash."""
    make_folder(path.parent)
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        write_new(aside, content)
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_link(link: Path, target: str) -> None:
    """Point a symbolic link to another target in one step."""
    aside = link.with_name(f"{ASIDE}{os.getpid()}-{link.name}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.rename(link)
    sync_folder(link.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and whatever is missing above it, each durable before the next."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def discard(folder: Path) -> None:
    """Remove a folder that readers may know: out of sight in one step, and only then file by file."""
    aside = folder.with_name(f"{ASIDE}{os.getpid()}-{folder.name}")
    folder.rename(aside)
    sync_folder(folder.parent)
    shutil.rmtree(aside)


def discard_all_but(kept: Path, folders: Iterable[Path], count: int) -> None:
    """Keep one folder and the newest others, `count` in all, and discard the rest."""
    newest_first = sorted((each for each in folders if each != kept), key=lambda each: -each.stat().st_mtime_ns)
    for old in newest_first[count - 1 :]:
        discard(old)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk: a rename is not durable before."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed run left. Call it only under the lock that guards the folder."""
    for path in folder.glob(f"{ASIDE}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; wait for whoever holds it. The kernel lets go when a process dies."""
    make_folder(folder)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def write_failures(what: str) -> Iterator[None]:
    """A full disk or a forbidden folder becomes one sentence."""
    try:
        yield
    except OSError as error:
        raise Stop("write_failed", file=what, why=error.strerror or type(error).__name__) from None
