"""The parent's side of evidence: starts the child early, asks it, and ends it. Imports no Great Expectations."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipelines.warehouse.evidence.statements import Result, statements
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

CHILD = (sys.executable, "-I", "-m", "pipelines.warehouse.evidence.child")
TIME_LIMIT = 180
"""Seconds that an answer may take; the first waits for an import of 2 to 10 seconds."""

LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes. The answer for twenty tables is some 100 kilobytes."""

QUIET = {"GX_ANALYTICS_ENABLED": "false"}

__all__ = ["Examiner", "Result"]


class Examiner:
    """Has a staged version read back and held against every statement, in a process of its own."""

    def __init__(self, command: Sequence[str] = CHILD, seconds: float = TIME_LIMIT) -> None:
        """Ask a child of this command, and wait so long for each answer."""
        self._command = command
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> None:
        """Start the child, which imports for some seconds; a second start does nothing."""
        if self._child is None:
            self._home = tempfile.TemporaryDirectory(prefix="statsbidrag-evidence-")
            places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), self._home.name)
            self._child = subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what libraries print may hold values
                env=os.environ | QUIET | places,
                cwd=self._home.name,
            )

    def examine(self, database: Path, row_counts: Mapping[str, int]) -> tuple[Result, ...]:
        """Put every statement about the tables to the database.

        Args: row_counts: every published table, with its number of rows in Parquet.
        Returns: one result per statement, table by table as given; the same database gives the same results.
        Raises: Stop if the child dies, is too slow, cannot read the database or answers something else.
        """
        answer = self._asked({"validate": str(database.resolve()), "row_counts": dict(row_counts)})
        try:
            results = tuple(Result(**facts) for facts in answer["results"])
        except (KeyError, TypeError):
            raise self._stopped("evidence_garbled") from None
        stated = {(table, each.id) for table, count in row_counts.items() for each in statements(table, count)}
        if {(result.table, result.rule) for result in results} != stated:
            raise self._stopped("evidence_garbled")  # what was not examined is not published
        return results

    def write_docs(self, folder: Path) -> None:
        """Write the last examination as inert pages into a new folder, or in place of what it holds.

        Raises: Stop as `examine` does, and if nothing was examined or the folder cannot be written.
        """
        self._asked({"docs": str(folder.resolve())})

    def close(self) -> None:
        """End the child, if there is one. It holds nothing that is not written, so it is not asked."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with suppress(BrokenPipeError):
                child.communicate()
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _asked(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.start()
        try:
            answer = json.loads(self._answer(json.dumps(request).encode() + b"\n"))
        except TimeoutError:
            raise self._stopped("evidence_too_slow", int(self._seconds)) from None
        except OSError:
            raise self._stopped("evidence_ended") from None
        except ValueError:
            raise self._stopped("evidence_garbled") from None
        if not isinstance(answer, dict) or "error" in answer:
            raise self._stopped("evidence_refused")
        return answer

    def _answer(self, request: bytes) -> bytes:
        """One line from the child. Raises: TimeoutError, OSError if it died, ValueError if the line does not end."""
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            raise OSError
        os.write(child.stdin.fileno(), request)
        last, answer = time.monotonic() + self._seconds, bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not answer.endswith(b"\n"):
                if not selector.select(max(0, last - time.monotonic())):
                    raise TimeoutError
                answer += (part := os.read(child.stdout.fileno(), 1 << 16))
                if not part:
                    raise OSError
                if len(answer) > LONGEST_ANSWER:
                    raise ValueError
        return bytes(answer)

    def _stopped(self, why: str, limit: int | None = None) -> Stop:
        """The child is ended first: nobody knows what it is doing."""
        self.close()
        return Stop("evidence_failed", why=Said(why, limit))
