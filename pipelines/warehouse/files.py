"""Durable writing: aside, fsync, rename, fsync the folder. Every byte of an output goes through here.

All system calls are made by Python's `os`, so that a test can stop the program at each of them; only SQLite makes its
own. What imports this module imports nothing heavy.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ASIDE = ".aside-"
"""Prefix of what is being written. Left over only by a killed run; never read, removed by the next."""

PRIVATE = ("inside", "store")
"""The folders of a warehouse that only who runs it may enter; what an administrator grants later stands."""

FOR_THE_HOUSE = 0o600
"""Who may read a paper that is kept as `inside/` is: whoever asked for it."""

CHUNK = 2**20
"""Bytes that are written or read at a time."""

FULL = (errno.ENOSPC, errno.EDQUOT)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises: OSError if it cannot be read."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class NewFile:
    """A new file that is written piece by piece, as a library asks for one. Only `writing` opens and closes it."""

    closed = False

    def __init__(self, descriptor: int) -> None:
        """Write to this descriptor."""
        self._descriptor = descriptor
        self._waiting = bytearray()
        self._digest = hashlib.sha256()
        self._size = 0

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """It is open for writing, and for nothing else."""
        return True

    def write(self, content: bytes) -> int:
        """Take the next bytes; they reach the file when there are enough of them."""
        self._digest.update(content)
        self._size += len(content)
        self._waiting += content
        if len(self._waiting) >= CHUNK:
            self.flush()
        return len(content)

    def flush(self) -> None:
        """Hand what waits to the system."""
        waiting, self._waiting = self._waiting, bytearray()
        rest = memoryview(waiting)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def tell(self) -> int:
        """How many bytes were written."""
        return self._size

    def close(self) -> None:
        """Nothing: the file is closed where it was opened."""


@contextlib.contextmanager
def writing(path: Path) -> Iterator[NewFile]:
    """A new file in a folder that nobody reads yet; it is forced to disk when the block ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        file = NewFile(descriptor)
        yield file
        file.flush()
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, content: bytes) -> None:
    """Write a new file and force it to disk. For files in a folder that nobody reads yet."""
    with writing(path) as file:
        file.write(content)


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write new files, by path below a folder that nobody reads yet; the folders themselves are not synced."""
    for path, content in contents.items():
        make_folder((folder / path).parent)
        write_new(folder / path, content)


def force(path: Path) -> None:
    """Force to disk what somebody else wrote to a file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old content or the new, and so does a crash."""
    make_folder(path.parent)
    put_file(path, content)
    sync_folder(path.parent)


def put_file(path: Path, content: bytes) -> None:
    """Replace a file in one step, in a folder that the caller syncs when it has put the last."""
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        write_new(aside, content)
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def put_new(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and never over another. Raises: FileExistsError if one is there."""
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        write_new(aside, content)
        os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)
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
        folder.mkdir(mode=0o700 if folder.name in PRIVATE else 0o777, exist_ok=True)
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
        from schemas.rules.rule import Stop  # noqa: PLC0415 - imports every table's model, and this is seldom needed

        if error.errno in FULL:
            raise Stop("disk_full", file=what) from None
        raise Stop("write_failed", file=what, why=error.strerror or type(error).__name__) from None
