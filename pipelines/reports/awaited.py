"""What is still to come of a round, and when: one sentence per day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.reports.swedish import formatted
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language


def sentences(due: Mapping[Any, int], language: Language) -> Iterator[str]:
    """How many reports are to come by each day. Args: due: how many by day, in any order."""
    for day, count in sorted(due.items()):
        name = "report_awaited" if count == 1 else "reports_awaited"
        yield text(name, language).format(count=formatted(count), day=day)
