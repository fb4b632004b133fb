"""The child's side of `child`: its limits, how it answers, and how it says why it cannot.

Imports nothing of the project, so that it starts fast and holds nothing worth stealing; limits are given to it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

DAMAGED = 2
NO_MEMORY = 3
MIB = 1024 * 1024


class Refused(Exception):  # noqa: N818 - a text of the catalogue, which the parent says
    """Why something cannot be read: the reason's name, and what it may name; and which file in it, if it has a name."""

    document = ""


class Counted:
    """Cells and their characters, refused before there are too many of them."""

    def __init__(self, most: Any) -> None:  # noqa: ANN401 - limits by their names
        """Count up to these limits."""
        self.most = most
        self.cells = 0
        self.characters = 0

    def add(self, cells: int, characters: int, longest: int) -> None:
        """Count cells that hold so many characters together. Raises: Refused."""
        self.cells += cells
        self.characters += characters
        if longest > self.most.cell_characters:
            raise Refused("cell_too_long", self.most.cell_characters)
        if self.cells > self.most.workbook_cells:
            raise Refused("too_many_cells", self.most.workbook_cells)
        if self.characters > self.most.characters:
            raise Refused("too_many_characters", self.most.characters)


def run(read: Callable[[bytes, Any], Iterator[Any]]) -> None:
    """Answer what `read` makes of the bytes on the standard input, value by value, a line each."""
    most = SimpleNamespace(**json.loads(sys.argv[1]))
    _confine(most)
    content = sys.stdin.buffer.read()
    try:
        for value in read(content, most):
            _answer(value)
    except Refused as refused:
        reason, limit = (*refused.args, None)[:2]
        _answer({"refused": [reason, limit, refused.document]})
    except MemoryError:
        sys.exit(NO_MEMORY)
    except BrokenPipeError:
        sys.exit(0)
    except BaseException:  # noqa: BLE001 - whatever a library makes of a damaged file, a panic in Rust too
        sys.exit(DAMAGED)


def _answer(value: Any) -> None:  # noqa: ANN401 - what JSON can say
    sys.stdout.write(json.dumps(value) + "\n")


def _confine(most: Any) -> None:  # noqa: ANN401 - limits by their names
    resource.setrlimit(resource.RLIMIT_AS, (most.child_mib * MIB, most.child_mib * MIB))
    resource.setrlimit(resource.RLIMIT_CPU, (most.child_seconds, most.child_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
