"""The functions of the language with their signatures, declared once: what is called, with what, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from assets.domain.figures.language import APPLIED, DATES, FUNDS, MONEY, ROUND_DATES
from assets.domain.figures.values import APPLICATION, GRANT, RECIPIENT

YEAR, QUESTION, CONDITION, OPTIONS, SET, VALUE = "year", "question", "condition", "options", "rows", "value"
ROWS, KRONOR, DAY, FIGURE = "rows", "kronor of each row", "days of each row", "a figure"


@dataclass(frozen=True)
class Parameter:
    """One parameter: in order unless `named`; `several`: as many as there are."""

    name: str
    kind: str
    named: bool = False
    several: bool = False
    required: bool = True

    def __str__(self) -> str:
        """As it stands in a signature."""
        said = f"{self.name}…" if self.several else f"{self.name}=" if self.named else self.name
        return said if self.required else f"[{said}]"


@dataclass(frozen=True)
class Function:
    """A function: its parameters, what it gives, and what that is. `of`: the kind of row it is about, if of one."""

    name: str
    parameters: tuple[Parameter, ...]
    gives: str
    meaning: str
    of: str = ""

    @property
    def signature(self) -> str:
        """How it is called."""
        return f"{self.name}({', '.join(map(str, self.parameters))})"


OF_YEAR = Parameter("year", YEAR)
AMONG = Parameter("among", SET, named=True, required=False)
CONDITIONS = Parameter("condition", CONDITION, several=True, required=False)
OF_ROWS = (OF_YEAR, CONDITIONS, AMONG)
OF_ANSWERS = (
    OF_YEAR,
    Parameter("question", QUESTION),
    Parameter("any", OPTIONS, named=True, required=False),
    Parameter("all", OPTIONS, named=True, required=False),
    AMONG,
)
ANY_OPTION = (*OF_ANSWERS[:3], AMONG)
ONE = (Parameter("x", VALUE),)

SUMMING = (
    Function("sek", ONE, FIGURE, "the sum of kronor; unknown where the kronor of any row are"),
    Function("count", ONE, FIGURE, "how many rows"),
    Function(
        "share",
        (*ONE, Parameter("of", VALUE, named=True, required=False)),
        FIGURE,
        "the part that rows or kronor are of others, or else of all that they were chosen among",
    ),
    Function("mean", ONE, FIGURE, "the mean of kronor, days or ratings of each row; unknown where that of any row is"),
    Function("days", ONE, FIGURE, "the days of the one row that there is"),
    Function("base", ONE, ROWS, "all that rows were chosen among"),
)
SETS = (
    Function("grants", OF_ROWS, ROWS, "grants that are decided", GRANT),
    Function(
        "recipients", OF_ROWS, ROWS, "recipients with a decided grant; amounts are of all their grants", RECIPIENT
    ),
    Function("applications", OF_ROWS, ROWS, "applications, whatever became of them", APPLICATION),
    Function("answered", OF_ANSWERS, ROWS, "respondents that answered and chose any, or all, of the options"),
    Function("asked", ANY_OPTION, ROWS, "respondents that were asked, of any of the options"),
    Function("blank", ANY_OPTION, ROWS, "respondents that left any of the options blank"),
)
AMOUNTS = (
    *(Function(name, OF_ROWS, KRONOR, fact.meaning, GRANT) for name, fact in MONEY.items()),
    Function("applied", OF_ROWS, KRONOR, APPLIED["applied"].meaning, APPLICATION),
    *(Function(name, (OF_YEAR,), KRONOR, f"the round's funds: {name}") for name in FUNDS),
    Function("amounts", ANY_OPTION, KRONOR, "amounts that respondents stated as answers"),
    *(Function(name, OF_ROWS, DAY, fact.meaning, GRANT) for name, fact in DATES.items()),
    Function("received_date", OF_ROWS, DAY, APPLIED["received_date"].meaning, APPLICATION),
    *(Function(name, (OF_YEAR,), DAY, f"the round's {name.replace('_', ' ')}") for name in ROUND_DATES),
)
FUNCTIONS = {each.name: each for each in (*SUMMING, *SETS, *AMOUNTS)}
