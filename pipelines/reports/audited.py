"""How good the rules are: what the last audit of them came to, as `python -m pipelines.audit` wrote it down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assets.domain.shares import percent
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import Language

FIGURES = Path(__file__).with_name("rule_audit.json")


@dataclass(frozen=True)
class Audited:
    """How many planted faults the rules found, of those that had an effect; and of which kinds some were missed."""

    date: str
    seed: int
    caught: int
    harmful: int
    missed: dict[str, int]

    def sentence(self, language: Language) -> str:
        """The whole in one sentence."""
        share = percent(self.caught, self.harmful)
        facts = {"date": self.date, "seed": self.seed, "caught": self.caught, "harmful": self.harmful}
        return text("audit_told", language).format(**facts, percent=share)

    def unseen(self, language: Language) -> list[tuple[str, int, str]]:
        """The kinds of fault of which some were missed: how many, and why."""
        named = ((kind, count, f"unseen_{kind}") for kind, count in self.missed.items())
        return [
            (text(f"fault_{kind}", language), count, text(why if known(why) else "audit_not_explained", language))
            for kind, count, why in named
        ]


@cache
def audited() -> Audited:
    """The last audit of the rules."""
    return Audited(**json.loads(FIGURES.read_text("utf-8")))
