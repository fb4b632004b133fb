"""Respondents by what they answered. Blank, not asked and not answered are different things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assets.domain.figures.values import GRANT, RESPONDENT, Asked, Outside, Row, Rows
from assets.domain.figures.world import Record, World
from schemas.words.vocabulary import ANSWERED, LEFT_BLANK, NOT_ASKED

HOW = {"answered": (ANSWERED,), "asked": (ANSWERED, LEFT_BLANK), "blank": (LEFT_BLANK,)}
"""The statuses of an answer by which a respondent is counted."""


@dataclass
class Said:
    """One respondent's answers to the options of a question that are asked of."""

    row: Row
    statuses: set[str] = field(default_factory=set)
    selected: set[str] = field(default_factory=set)
    amount: int | None = None


@dataclass(frozen=True)
class Wanted:
    """Which answers: the options that are looked at (all where none is told), and those of which all must be chosen."""

    question: str
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """All options that are named."""
        return tuple(dict.fromkeys((*self.any_of, *self.all_of)))

    def is_chosen(self, selected: set[str]) -> bool:
        """Whether the options that a respondent chose are those wanted."""
        some = not self.any_of or bool(selected & set(self.any_of))
        return some and set(self.all_of) <= selected


def respondents(world: World, year: int, wanted: Wanted, how: str = "answered") -> Rows:
    """The respondents of a year that fit."""
    in_form = world.questions[wanted.question].get(year, frozenset())
    missing = tuple(each for each in wanted.options if each not in in_form)
    everybody = list(said_to(world, year, wanted).values())
    base = [each for each in everybody if each.statuses & set(HOW[how])]
    return Rows(
        RESPONDENT,
        year,
        tuple(each.row for each in base if how != "answered" or wanted.is_chosen(each.selected)),
        tuple(each.row for each in base),
        outside=tuple(_outside(world, year, everybody, base)),
        asked=Asked(wanted.question, HOW[how], wanted.options, missing),
        is_asked=bool(in_form) and not (wanted.options and len(missing) == len(wanted.options)),
        ratings=ratings_of(everybody) if in_form and all(map(str.isdecimal, in_form)) else None,
    )


def ratings_of(said: Iterable[Said]) -> dict[str, int | None]:
    """The one number that each respondent chose; None where it is not one."""
    return {each.row.key: int(min(each.selected)) if len(each.selected) == 1 else None for each in said}


def said_to(world: World, year: int, wanted: Wanted) -> dict[str, Said]:
    """What each respondent said of the options that are looked at, by the respondent's key."""
    found: dict[str, Said] = {}
    looked_at = set(wanted.options)
    for answer in world.answers(wanted.question, year):
        if looked_at and answer["option"] not in looked_at:
            continue
        key = key_of(answer)
        said = found.get(key) or found.setdefault(key, Said(_row(world, answer, key, year)))
        said.statuses.add(answer["status"])
        if answer["selected"]:
            said.selected.add(answer["option"])
        if answer["amount_sek"] is not None:
            said.amount = (said.amount or 0) + answer["amount_sek"]
    return found


def key_of(answer: Record) -> str:
    """Who answered: the form and its respondent."""
    return f"{answer['form']}:{answer['respondent_id']}"


def _row(world: World, answer: Record, key: str, year: int) -> Row:
    code = answer["recipient_code"]
    return Row(RESPONDENT, year, key, code, answer["provenance"], world.grants_of(code, year) if code else ())


def _outside(world: World, year: int, everybody: list[Said], base: list[Said]) -> Iterable[Outside]:
    """Who is not in the base, and the kronor that they were granted, where it is told who they are."""
    counted = {each.row.key for each in base}
    left: dict[str, list[Said]] = defaultdict(list)
    for each in everybody:
        if each.row.key not in counted:
            left["left_blank" if LEFT_BLANK in each.statuses else _why(each)].append(each)
    for reason, mine in left.items():
        grants = tuple(grant for each in mine for grant in each.row.grants)
        yield Outside(reason, len(mine), grants, world.granted(grants, year) if grants else None)
    yield from _without_answers(world, year, everybody)


def _why(said: Said) -> str:
    return "not_asked" if NOT_ASKED in said.statuses else "answered_otherwise"


def _without_answers(world: World, year: int, everybody: list[Said]) -> Iterable[Outside]:
    """Those that have a grant and sent in no answers at all; whose they are is told only where respondents are."""
    grants = world.rows(GRANT, year)
    told = {grant for each in everybody for grant in each.row.grants}
    if everybody and all(each.row.recipient for each in everybody):
        missing = tuple(each.key for each in grants if each.key not in told)
        if missing:
            yield Outside("no_answers", len(missing), missing, world.granted(missing, year))
    elif len(grants) > len(everybody) > 0:
        yield Outside("no_answers", len(grants) - len(everybody))


def narrowed(rows: Rows, among: Rows) -> Rows:
    """The rows that are in another set of the same year as well: by who they are, or by whose they are.

    Of whom nobody can tell whether the other set has them, nobody can tell here either.
    """
    by = _key if rows.kind == among.kind else _recipient
    inside, unclear = ({by(each) for each in of} - {None} for of in (among.chosen, among.doubtful))
    wanted = {each.key for each in (*rows.chosen, *rows.doubtful)}

    def kept(of: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(each for each in of if by(each) in inside)

    maybe = tuple(each for each in rows.base if by(each) in unclear and each.key in wanted)
    return replace(
        rows,
        chosen=kept(rows.chosen),
        base=kept(rows.base),
        doubtful=(*kept(rows.doubtful), *maybe),
        among=(*rows.among, among),
        is_asked=rows.is_asked and among.is_asked,
    )


def _key(row: Row) -> str:
    return row.key


def _recipient(row: Row) -> str | None:
    return row.recipient
