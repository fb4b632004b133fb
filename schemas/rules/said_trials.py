"""On how many things a rule was held, in words; or why it could not be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language


def said(result: Mapping[str, Any], language: Language, count: str) -> str:
    """What a row of core_rule_result says of it. Args: count: its number as the reader writes numbers."""
    things = text(f"tried_on_{result['tried_on']}", language)
    if result["not_tried"] is None:
        return text("tried", language).format(count=count, things=things)
    why = text(f"not_tried_{result['not_tried']}", language).format(things=things)
    return text("tried_not", language).format(why=why)
