"""The page `docs/figures.md`: the language of figures, made of the declarations of its functions and facts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from assets.domain.figures.functions import AMOUNTS, SETS, SUMMING, Function
from assets.domain.figures.grammar import DEPTH, LENGTH, SIZE
from assets.domain.figures.language import FACTS, OF_ACCOUNT, Fact
from assets.domain.figures.values import APPLICATION, GRANT, RECIPIENT
from pipelines.documentation.rulebook import markdown_table
from schemas.tables import TABLES, project
from schemas.texts.catalogue import own_yaml

WRITTEN = "figures.yaml"
"""What stands before the declarations: how an expression is read, and examples of the sample."""


def written() -> dict[str, Any]:
    """What of the page is written by hand."""
    found: dict[str, Any] = own_yaml(resources.files(__package__).joinpath(WRITTEN).read_text("utf-8"))
    return found


def page() -> str:
    """The whole page."""
    by_hand = written()
    examples = [(f"`{each['expression']}`", each["tells"]) for each in by_hand["examples"]]
    parts = [
        by_hand["introduction"].rstrip().format(length=LENGTH, depth=DEPTH, size=SIZE),
        markdown_table(("expression", "what it tells"), examples),
        "## Ways to sum",
        _functions(SUMMING),
        "## Sets of rows",
        "A condition is about one row: a grant, a recipient or an application. Several conditions must all hold.",
        _functions(SETS),
        "## Kronor, days and answers row by row",
        _functions(AMOUNTS),
        "## What a condition can name",
    ]
    for kind in (GRANT, RECIPIENT, APPLICATION):
        parts += [f"### Of {'an' if kind == APPLICATION else 'a'} {kind}", _facts(FACTS[kind])]
    return "\n\n".join(parts) + "\n"


def _functions(functions: tuple[Function, ...]) -> str:
    rows = [(f"`{each.signature}`", each.gives, _meaning(each.name, each.meaning)) for each in functions]
    return markdown_table(("function", "gives", "what"), rows)


def _meaning(name: str, otherwise: str) -> str:
    """What a measure of the account is, as the table of accounts says it."""
    column = OF_ACCOUNT[name].column if name in OF_ACCOUNT else ""
    label: str = project.facts(TABLES["core_account"]).get(column, {}).get("en", otherwise)
    return label[0].lower() + label[1:]


def _facts(facts: Mapping[str, Fact]) -> str:
    rows = [
        (f"`{name}`", fact.unit, _meaning(name, fact.meaning) + (f": {', '.join(fact.words)}" if fact.words else ""))
        for name, fact in facts.items()
    ]
    return markdown_table(("name", "unit", "what"), rows)
