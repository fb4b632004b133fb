"""From the tree of an expression to a figure: every part has a type, and different types do not go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assets.domain.figures.answers import Wanted, narrowed, respondents, said_to
from assets.domain.figures.conditions import Conditions, joined, word_of
from assets.domain.figures.functions import FUNCTIONS, ROWS, YEAR, Function, Parameter
from assets.domain.figures.grammar import (
    ORDER,
    Call,
    Compared,
    Joined,
    Many,
    Name,
    Node,
    Not,
    Number,
    Sum,
    Text,
    parsed,
)
from assets.domain.figures.language import FACTS, FUNDS, ROUND_DATES
from assets.domain.figures.refused import Refused, unknown_name
from assets.domain.figures.summing import base_of, compared, figure_of, negation, settled, share_of, summed
from assets.domain.figures.values import (
    DATE,
    MEAN,
    ROUND,
    SEK,
    Amounts,
    Figure,
    Outside,
    Row,
    Rows,
    Term,
    Value,
)
from assets.domain.figures.world import World, day_number


def evaluated(text: str, world: World) -> Figure:
    """What an expression comes to in a programme. Raises: Refused, with the column and what was meant."""
    return Evaluation(world).figure(parsed(text))


def years_in(node: Node) -> frozenset[int]:
    """The years that an expression names, as far as it can be read."""
    match node:
        case Call(function=function, arguments=arguments, named=named):
            inner = [years_in(each) for each in (*arguments, *(value for _, value in named))]
            own = arguments[0] if arguments else None
            takes = function in FUNCTIONS and FUNCTIONS[function].parameters[0].kind == YEAR
            if takes and isinstance(own, Number) and own.value.denominator == 1:
                inner.append(frozenset({own.value.numerator}))
            return frozenset().union(*inner)
        case Sum(left=left, right=right) | Compared(left=left, right=right):
            return years_in(left) | years_in(right)
        case Joined(parts=parts):
            return frozenset().union(*map(years_in, parts))
        case Not(part=part):
            return years_in(part)
        case _:
            return frozenset()


class Evaluation:
    """One expression over one programme's tables."""

    def __init__(self, world: World) -> None:
        """Evaluate over this world."""
        self._world = world

    # -- parts --------------------------------------------------------------------------------------------------------
    def figure(self, node: Node) -> Figure:
        """A part that must be a figure, or something that is true or not. Raises: Refused."""
        match node:
            case Joined(word=word, parts=parts):
                return settled(word, [self._truth(each) for each in parts])
            case Not(part=part):
                return negation(self._truth(part))
            case Compared(left=left, operator=sign, right=right):
                return self._compared(left, sign, right)
        found = self.value(node)
        if not isinstance(found, Figure):
            raise Refused("rows_are_no_figure", node.at, how=_how(found))
        return found

    def _truth(self, node: Node) -> Figure:
        found = self.figure(node)
        if found.unit != "truth":
            raise Refused("truth_wanted", node.at)
        return found

    def _compared(self, left: Node, sign: str, right: Node) -> Figure:
        if sign not in ORDER:
            raise Refused("in_words_only", right.at)
        if isinstance(left, Number) and isinstance(right, Number):
            raise Refused("numbers_alone", left.at)
        if isinstance(left, Number):
            other = self.figure(right)
            return compared(Figure(other.unit, left.value), sign, other, right.at)
        one = self.figure(left)
        other = Figure(one.unit, right.value) if isinstance(right, Number) else self.figure(right)
        return compared(one, sign, other, right.at)

    def value(self, node: Node) -> Value:
        """A part: rows, kronor or days of each row, or a figure. Raises: Refused."""
        match node:
            case Call():
                return self._call(node)
            case Sum(at=at, left=left, right=right, sign=sign):
                return summed(self.value(left), self.value(right), sign, at)
            case Name(name=name):
                known = FUNCTIONS if name in FUNCTIONS else ()
                raise Refused("call_wanted", node.at, name=name) if known else unknown_name(name, node.at, FUNCTIONS)
            case Number():
                raise Refused("numbers_alone", node.at)
            case _:
                raise Refused("value_wanted", node.at)

    # -- calls --------------------------------------------------------------------------------------------------------
    def _call(self, node: Call) -> Value:
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise unknown_name(node.function, node.at, FUNCTIONS, "no_function")
        given = arguments_of(node, function)
        match function.name:
            case "base":
                return base_of(self.value(given["x"][0]), node.at)
            case "share":
                of = given["of"]
                part = self.value(given["x"][0])
                return share_of(part, self.value(of[0]) if of else None, (of or given["x"])[0].at)
            case "sek" | "count" | "mean" | "days":
                [x] = given["x"]
                return figure_of(function.name, self.value(x), x.at)
        return self._of_year(function, self._year(given["year"][0]), given)

    def _of_year(self, function: Function, year: int, given: Mapping[str, tuple[Node, ...]]) -> Value:
        if "question" in given:
            return self._of_answers(function.name, year, given)
        if not function.of:
            return self._of_round(function.name, year)
        rows = self._rows(function.of, year, given)
        return rows if function.gives == ROWS else self._amounts(function.name, rows)

    def _year(self, node: Node) -> int:
        if not isinstance(node, Number) or node.value.denominator != 1:
            raise Refused("year_wanted", node.at)
        self._world.check_year(node.value.numerator, node.at)
        return node.value.numerator

    def _rows(self, kind: str, year: int, given: Mapping[str, tuple[Node, ...]]) -> Rows:
        conditions = Conditions(self._world, kind, year)
        holds = joined("and", [conditions.read(each) for each in given["condition"]])
        everybody = self._world.rows(kind, year)
        found = [(row, holds(row)) for row in everybody]
        rows = Rows(
            kind,
            year,
            tuple(row for row, is_in in found if is_in),
            everybody,
            tuple(row for row, is_in in found if is_in is None),
            frozenset(conditions.names),
            outside=tuple(self._outside(kind, year)),
        )
        return self._among(rows, given)

    def _outside(self, kind: str, year: int) -> list[Outside]:
        """Those without a decision that can be read are not counted at all."""
        without = self._world.without_decision(year) if kind != "application" else []
        return [Outside("without_decision", len(without), tuple(each.key for each in without))] if without else []

    def _among(self, rows: Rows, given: Mapping[str, tuple[Node, ...]]) -> Rows:
        for node in given.get("among", ()):
            among = self.value(node)
            if not isinstance(among, Rows):
                raise Refused("rows_wanted", node.at)
            if among.year != rows.year:
                raise Refused("other_year", node.at, year=among.year, wanted=rows.year)
            rows = narrowed(rows, among)
        return rows

    def _amounts(self, name: str, rows: Rows) -> Amounts:
        unit = DATE if FACTS[rows.kind][name].unit == DATE else SEK
        values = self._world.values(rows.kind, name, rows.year)
        whole = {key: value if isinstance(value, int) else None for key, value in values.items()}
        return Amounts(unit, (Term(1, rows, name, whole),))

    # -- the round ----------------------------------------------------------------------------------------------------
    def _of_round(self, name: str, year: int) -> Amounts:
        table = "out_funds_by_year" if name in FUNDS else "core_round"
        found = self._world.table(table, year)
        provenance = found[0]["provenance"] if found else "real"
        row = Row(ROUND, year, str(year), None, provenance)
        column = f"{name}_sek" if name in FUNDS else name
        value = found[0][column] if found else None
        if name in ROUND_DATES and value is not None:
            value = day_number(value)
        rows = Rows(ROUND, year, (row,), (row,))
        return Amounts(SEK if name in FUNDS else DATE, (Term(1, rows, name, {row.key: value}),))

    # -- answers ------------------------------------------------------------------------------------------------------
    def _of_answers(self, name: str, year: int, given: Mapping[str, tuple[Node, ...]]) -> Value:
        question = self._question(given["question"][0])
        any_of, all_of = (self._options(question, given.get(each, ())) for each in ("any", "all"))
        wanted = Wanted(question, any_of, all_of)
        if name != "amounts":
            return self._among(respondents(self._world, year, wanted, name), given)
        said = said_to(self._world, year, wanted)
        amounts = {key: each.amount for key, each in said.items()}
        stated = replace(
            respondents(self._world, year, replace(wanted, any_of=(), all_of=())),
            asked=respondents(self._world, year, wanted).asked,
        )
        rows = replace(stated, chosen=tuple(each.row for each in said.values() if each.amount is not None))
        return Amounts(SEK, (Term(1, self._among(replace(rows, base=rows.chosen), given), question, amounts),))

    def _question(self, node: Node) -> str:
        if not isinstance(node, Name | Text):
            raise Refused("question_wanted", node.at)
        name = node.name if isinstance(node, Name) else node.value
        if name not in self._world.questions:
            raise unknown_name(name, node.at, sorted(self._world.questions), "no_question")
        return name

    def _options(self, question: str, given: tuple[Node, ...]) -> tuple[str, ...]:
        known = sorted(frozenset().union(*self._world.questions[question].values()))
        nodes = [each for node in given for each in (node.items if isinstance(node, Many) else (node,))]
        if given and not nodes:
            raise Refused("list_empty", given[0].at)
        return tuple(dict.fromkeys(word_of(each, known, question) for each in nodes))


def arguments_of(node: Call, function: Function) -> dict[str, tuple[Node, ...]]:
    """What stands at each parameter of a call. Raises: Refused if something is missing or too much."""
    in_order = [each for each in function.parameters if not each.named]
    given: dict[str, tuple[Node, ...]] = {each.name: () for each in function.parameters}
    for at, value in enumerate(node.arguments):
        parameter = _parameter(in_order, at)
        if parameter is None:
            raise Refused("too_many", value.at, signature=function.signature)
        given[parameter.name] = (*given[parameter.name], value)
    by_name = {each.name for each in function.parameters if each.named}
    for name, value in node.named:
        if name not in by_name:
            raise Refused("no_parameter", value.at, name=name, signature=function.signature)
        if given[name]:
            raise Refused("twice", value.at, name=name)
        given[name] = (value,)
    for each in function.parameters:
        if each.required and not given[each.name]:
            raise Refused("missing", node.at, name=each.name, signature=function.signature)
    return given


def _parameter(in_order: list[Parameter], at: int) -> Parameter | None:
    if at < len(in_order):
        return in_order[at]
    return in_order[-1] if in_order and in_order[-1].several else None


def _how(found: Rows | Amounts) -> str:
    if isinstance(found, Rows):
        return "count(…)"
    return {SEK: "sek(…)", MEAN: "mean(…)"}.get(found.unit, "days(…)")
