"""Names to codes: exact first, then by declared rules, last by likeness; a wrong silent match is the worst outcome.

Works on what the rows of one file say of whose they are: few distinct names, with a county and a code where the form
has them. What cannot be told for certain keeps no code: it becomes a finding, with suggestions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.domain.reading.register import Body, Near, RoundRegister, same_county, same_digits, simplified
from assets.domain.shares import percent
from schemas.words.vocabulary import ASSOCIATION, MUNICIPALITY, OTHER, REGION

SUGGESTED = 3
BETWEEN_NAMES = re.compile(r"[,;/&+|\n‐‑–—-]|\s(?:och|samt)\s", re.IGNORECASE)
WORDS_OF_KIND = {
    REGION: re.compile(r"\bregion(en)?s?\b|regionens?\b|\blandsting"),
    ASSOCIATION: re.compile(r"(kommunal|samordnings|räddnings|räddningstjänst)förbund"),
}
"""What a body calls itself tells its kind, also where the register does not have it."""

LIKENESS = "likeness"
KINDS_FOUND = {
    MUNICIPALITY: "name_is_municipality",
    REGION: "name_is_region",
    ASSOCIATION: "name_is_association",
    OTHER: "name_is_other",
}
FINDINGS = {
    LIKENESS: "name_by_likeness",
    "unknown": "name_unknown",
    "several": "name_several",
    "taken": "name_taken",
    "former_name": "name_of_another_year",
    "later_name": "name_of_another_year",
    "county": "name_county_differs",
    "code": "code_differs",
    **KINDS_FOUND,
}
"""What is found where a name is not certain: `how` to rule."""


@dataclass(frozen=True, order=True)
class Written:
    """What a row says of whose it is; empty where it says nothing."""

    recipient_name: str
    county_name: str = ""
    code_as_reported: str = ""

    def states(self, body: Body) -> bool:
        """Whether the row states the body's code; a spreadsheet drops the zeros that it begins with."""
        digits = re.sub("[ -]", "", self.code_as_reported)
        return digits != "" and digits.zfill(len(body.recipient_code)) == body.recipient_code

    def differs_in_code(self, body: Body) -> bool:
        """Whether the row states a code, and not the body's."""
        return self.code_as_reported != "" and not self.states(body)

    def differs_in_county(self, body: Body) -> bool:
        """Whether the row states a county, and not the body's."""
        return bool(simplified(self.county_name)) and not same_county(self.county_name, body.county_name or "")


@dataclass(frozen=True)
class NameMatch:
    """What was written was taken to mean this body (none: null), how, and how like it is in percent."""

    written: Written
    recipient_code: str | None
    official_name: str | None
    how: str
    score: int
    suggestions: str | None


def match_names(written: Iterable[Written], register: RoundRegister) -> list[NameMatch]:
    """Match what the rows of one file say to the bodies of the register.

    Returns: one match for each distinct thing written, in order; `how` is a key of FINDINGS unless it is certain.
    A guess by likeness is accepted only if it is close, the only close one, contradicted by neither county nor code,
    and neither the certain nor the guessed body of another name.
    """
    distinct = sorted(set(written))
    certain = {each: known for each in distinct if (known := register.known(each.recipient_name))}
    guessed = {each: near for each in distinct if each not in certain and (near := _guess(each, register))}
    guesses = Counter(body for body, _ in {(near.body, simplified(it.recipient_name)) for it, near in guessed.items()})
    taken = {body for body, _ in certain.values()} | {body for body, count in guesses.items() if count > 1}

    def matched(each: Written) -> NameMatch:
        if each in certain:
            return _judged(each, *certain[each], register)
        if each in guessed:
            return _guessed(each, guessed[each], register, taken)
        return _unmatched(each, register)

    return [matched(each) for each in distinct]


def _judged(written: Written, body: Body, how: str, register: RoundRegister) -> NameMatch:
    """A certain match, unless the body is no possible recipient or the row contradicts it."""
    if body.kind not in register.recipients:
        return _found(written, body.kind, [body.suggestion])
    if written.differs_in_code(body):
        stated = [other.suggestion for other in register.bodies if written.states(other)]
        stated += [other.period for other in register.others if written.states(other)]
        return _found(written, "code", [body.suggestion, *stated])
    if written.differs_in_county(body):
        bodies = [near.body for near in register.nearest(written.recipient_name, len(register.bodies))]
        there = [other for other in bodies if other.kind == body.kind and not written.differs_in_county(other)]
        return _found(written, "county", [each.place for each in (body, *there[:1])])
    return NameMatch(written, body.recipient_code, body.recipient_name, how, 100, None)


def _guess(written: Written, register: RoundRegister) -> Near | None:
    """The one body that a name is close to, if nothing contradicts it and no other is as near."""
    name = written.recipient_name
    if len(_parts(name, register)) > 1 or _of_another_year(name, register):
        return None
    alike = [near for near in register.nearest(name) if same_digits(name, near.body.recipient_name)]
    best = min(alike, key=lambda near: near.slips, default=None)
    if not best or not best.is_close:
        return None
    rivals = [near for near in alike if near is not best and (near.is_close or near.slips <= best.slips)]
    contradicted = written.differs_in_code(best.body) or written.differs_in_county(best.body)
    return None if rivals or contradicted else best


def _guessed(written: Written, near: Near, register: RoundRegister, taken: set[Body]) -> NameMatch:
    body = near.body
    if body.kind not in register.recipients:
        return _found(written, body.kind, [body.suggestion])
    if body in taken:
        return _found(written, "taken", [body.suggestion])
    score = percent(near.letters - near.slips, near.letters) or 0
    return NameMatch(written, body.recipient_code, body.recipient_name, LIKENESS, score, None)


def _unmatched(written: Written, register: RoundRegister) -> NameMatch:
    """Why there is no match, as exactly as can be told, and whom it may concern."""
    name = written.recipient_name
    parts = _parts(name, register)
    if len(parts) > 1:
        return _found(written, "several", [body.suggestion for body in parts])
    if other := _of_another_year(name, register):
        now = register.by_code.get(other.recipient_code)
        how = "former_name" if other.valid_to_date else "later_name"
        return _found(written, how, [other.period, *([now.suggestion] if now else [])])
    nearest = register.nearest(name)
    if kind := _kind_by_words(name, register):
        alike = [near.body for near in nearest if near.body.kind == kind and near.is_like]
        return _found(written, kind, [body.suggestion for body in alike])
    stated = [body for body in register.bodies if written.states(body)]
    likely = dict.fromkeys([*stated, *parts, *(near.body for near in nearest)])
    return _found(written, "unknown", [body.suggestion for body in likely])


def _parts(name: str, register: RoundRegister) -> list[Body]:
    """The bodies that the parts of a name mean for certain."""
    known = (register.known(part.strip()) for part in BETWEEN_NAMES.split(name))
    return list(dict.fromkeys(each[0] for each in known if each))


def _of_another_year(name: str, register: RoundRegister) -> Body | None:
    spellings = {simplified(name), simplified(name).removesuffix("s")}
    return next((body for body in register.others if body.plain in spellings), None)


def _kind_by_words(name: str, register: RoundRegister) -> str | None:
    said = (kind for kind, words in WORDS_OF_KIND.items() if words.search(simplified(name)))
    return next((kind for kind in said if kind not in register.recipients), None)


def _found(written: Written, how: str, suggestions: Sequence[str]) -> NameMatch:
    return NameMatch(written, None, None, how, 0, ", ".join(suggestions[:SUGGESTED]) or None)
