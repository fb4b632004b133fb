"""The page `docs/figures.md`: the language of figures, made of the declarations of its functions and facts."""

from __future__ import annotations

from collections.abc import Mapping

from assets.domain.figures.functions import AMOUNTS, SETS, SUMMING, Function
from assets.domain.figures.grammar import DEPTH, LENGTH, SIZE
from assets.domain.figures.language import FACTS, OF_ACCOUNT, Fact
from assets.domain.figures.values import APPLICATION, GRANT, RECIPIENT
from pipelines.documentation.rulebook import markdown_table
from schemas.tables import TABLES, project

EXAMPLES = {
    "sek(granted(2023))": "what was granted in all",
    "sek(granted(2023) - used(2023))": "what was granted and not used",
    "share(unused(2023, reported), of=granted(2023, reported))": "the share unused, of those that have reported",
    "count(recipients(2023, reported and unused > 0))": "how many had money left",
    "share(answered(2023, cooperation, any=[municipal_landlords, private_landlords]))": "who worked with landlords",
    "share(answered(2023, purpose_rating, any=[4, 5]))": "who rated it 4 or 5",
    "mean(answered(2023, purpose_rating))": "the mean rating",
    "share(answered(2022, cooperation, any=[authority], among=answered(2022, counterfactual, any=[none])))": (
        "who worked with authorities, of those that would have done nothing without the grant"
    ),
    'sek(granted(2023, county == "Skåne län"))': "what one county was granted",
    "mean(submitted_date(2022) - decided_date(2022))": "the days from decision to report, in the mean",
    "share(applications(2023, outcome == rejected))": "the share of applications that were rejected",
    "share(granted(2023), of=distributable(2023))": "how much of what there was to distribute was granted",
    "count(recipients(2023, not reported)) == 0": "whether everybody has reported",
}
"""Expressions of the sample, each with what it tells. A test evaluates all of them."""

INTRODUCTION = f"""# Figures as expressions

A figure is an expression over the published tables: a set of rows, and a way to sum it. The same expression prints the
figure, tells its base, how real it is, who is left out and how many kronor that is, and lists the received cells that
it rests on. Every cell of every printed table carries its own, in the column `expression` of `out_table_cell`.

    statsbidrag figure 'share(answered(2023, cooperation, any=[private_landlords]))'
    statsbidrag figure 'sek(granted(2023) - used(2023))' --json

The page is made of the declarations (`make docs`).

## How it is read

- The grammar is Python's for expressions, of which these parts are let through: calls by name, names, numbers, texts in
  quotes, lists, `+` and `-`, comparisons, `and`, `or`, `not`. Nothing is ever run, and nothing else can be reached.
  At most {LENGTH} characters, {DEPTH} levels and {SIZE} parts are read, so every expression ends.
- Units are held: kronor and counts cannot be added or compared, nor a share and a mean. What is wrong is said in one
  sentence, with the column in the text and what may have been meant.
- **What is not known is never zero.** A sum is unknown while the amount of one of its rows is, and a number of rows
  while of one it is not known whether the condition holds. To leave those out is written, and then told: `unused(2023,
  reported)` is of those that have reported. `known(x)` holds where anything tells x.
- A figure that rests on no rows is not known, but nobody can be counted: `count` of nothing is 0.
- An option that a year's form did not have cannot have been chosen, so one list of options serves all years; a question
  or a list of options of which a year asked none is not known, not 0.
- `share(x)` is of all that x was chosen among; `share(x, of=y)` says of what. `base(x)` is all that x was chosen among.
- `among=` narrows to those in another set of the same year: the same recipients, or the same respondents.
- An amount of a recipient is that of all its grants; it is not known while that of any of them is not.
- The programme is the only one that has the rounds and the questions of the expression; where there are several,
  `--programme` says which.

Exit codes of `statsbidrag figure`: 0 the figure is known, 1 it is not, 2 the expression cannot be read.

## To the cells and back

    statsbidrag trace 'share(answered(2023, cooperation, any=[private_landlords]))'
    statsbidrag trace delredovisning_2024 1 Myndighet municipality_count
    statsbidrag trace enkat-2023.csv I2

The first two list the received cells that a figure rests on: file, sheet, cell, what it was read as, the file's
SHA-256, the corrections and findings at the cell, and the rules it was held against. The third lists the printed
figures that a cell feeds.

## Examples
"""


def page() -> str:
    """The whole page."""
    examples = [(f"`{expression}`", meaning) for expression, meaning in EXAMPLES.items()]
    parts = [
        INTRODUCTION.rstrip(),
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
