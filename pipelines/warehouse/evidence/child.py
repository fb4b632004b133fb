"""Runs alone in a child process: imports Great Expectations at once, then serves requests until its input ends.

One request and one answer per line, as JSON: {"validate": path, "row_counts": {...}} gives {"results": [...]};
{"docs": folder} writes the last validation as pages and gives {"pages": count}. What goes wrong is answered by the
name of the exception and nothing else: its text may hold values.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from pipelines.warehouse.evidence.kept_out import keep_out

REACHES_OUT = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
Serve = Callable[[Mapping[str, Any]], dict[str, Any]]


def answers_only() -> TextIO:
    """What was the standard output, for answers; whatever else is printed goes where errors go."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def stay_at_home() -> None:
    """Refuse to talk to other machines: nothing that is read here may leave."""

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event in REACHES_OUT:
            raise PermissionError(event)

    sys.addaudithook(refuse)


def ready() -> Serve:
    """Import what takes seconds. Returns: what serves one request."""
    gc.disable()  # what is imported stays, what a validation makes is small, and to look for garbage costs a third
    keep_out()
    from pipelines.warehouse.evidence import data_docs, validation  # noqa: PLC0415 - only after prints are redirected

    last: list[validation.TableValidation] = []

    def serve(request: Mapping[str, Any]) -> dict[str, Any]:
        if "docs" in request:
            return {"pages": data_docs.write(last, Path(request["docs"]))}
        last[:], results = validation.validated(Path(request["validate"]), request["row_counts"])
        return {"results": [asdict(result) for result in results]}

    return serve


def main() -> None:
    """Serve until the input ends."""
    answers = answers_only()
    stay_at_home()
    serve = ready()
    for line in sys.stdin:
        try:
            answer = serve(json.loads(line))
        except Exception as error:  # noqa: BLE001 - the parent decides; its text may hold values
            answer = {"error": type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
