"""Names to codes: exact first, then by declared rules, last by likeness; a wrong silent match is the worst outcome.

Works on what the rows of one file say of whose they are: few distinct names, with a county and a code where the form
has them. What cannot be told for certain keeps no code: it becomes a finding, with suggestions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assets.domain.reading.numbers import CHECK_DIGIT, UNREADABLE, plain_code, read_number
from assets.domain.reading.register import Body, Near, RoundRegister
from assets.domain.reading.spelling import apart, same_county, same_digits, simplified
from assets.domain.shares import percent
from schemas.words.vocabulary import ASSOCIATION, CODE_LENGTHS, MUNICIPALITY, RECIPIENT_KINDS, REGION, SYNTHETIC

SUGGESTED = 3
BETWEEN_NAMES = re.compile(r"[,;/&+|\n‐‑–—-]|\s(?:och|samt)\s", re.IGNORECASE)
WORDS_OF_KIND = {
    REGION: re.compile(r"\bregion(en)?s?\b|regionens?\b|\blandsting"),
    ASSOCIATION: re.compile(r"(kommunal|samordnings|räddnings|räddningstjänst)förbund"),
}
"""What a body calls itself tells its kind, also where the register does not have it."""

ANOTHER_BODY = re.compile(r"\b(ab|aktiebolag\w*|bolag\w*|stiftelse\w*|förening\w*|förbund\w*)\b")
"""What belongs to a body and bears its name is not the body, even beside its code."""

LIKENESS, BY_NUMBER = "likeness", "number"
KINDS_FOUND = {
    **dict.fromkeys(RECIPIENT_KINDS, "name_is_other"),
    MUNICIPALITY: "name_is_municipality",
    REGION: "name_is_region",
    ASSOCIATION: "name_is_association",
}
FINDINGS = {
    LIKENESS: "name_by_likeness",
    BY_NUMBER: "name_by_number",
    UNREADABLE: UNREADABLE,
    CHECK_DIGIT: CHECK_DIGIT,
    "unknown": "name_unknown",
    "several": "name_several",
    "shared": "name_shared",
    "taken": "name_taken",
    "former_name": "name_of_another_year",
    "later_name": "name_of_another_year",
    "county": "name_county_differs",
    "code": "code_differs",
    "code_in_name": "code_differs",
    **KINDS_FOUND,
}
"""What is found where a name is not certain: `how` to rule."""

OF_NUMBERS = (BY_NUMBER, UNREADABLE, CHECK_DIGIT, "shared")
"""What can only be found in a programme whose recipients have organisation numbers."""


@dataclass(frozen=True, order=True)
class Written:
    """What a row says of whose it is; empty where it says nothing. `code_in_name`: one that stood in the name."""

    recipient_name: str
    county_name: str = ""
    code_as_reported: str = ""
    code_in_name: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """The codes that it states, by how it is found that they differ."""
        return {"code_in_name": self.code_in_name, "code": self.code_as_reported}

    def differs_in_code(self, body: Body) -> str | None:
        """How the row states a code that is not the body's, if it does."""
        return next((how for how, code in self.codes.items() if code and not body.goes_by(code)), None)

    def differs_in_county(self, body: Body) -> bool:
        """Whether the row states a county, and not the body's; of one whose county is not known nothing is told."""
        told = simplified(self.county_name) and body.county_name
        return bool(told) and not same_county(self.county_name, body.county_name or "")


@dataclass(frozen=True)
class NameMatch:
    """What was written was taken to mean this body (none: null), how, and how like it is in percent."""

    written: Written
    recipient_code: str | None
    official_name: str | None
    how: str
    score: int
    suggestions: str | None
    is_person: bool = False
    lacks_number: bool = False
    """Whether the body has an organisation number and the row states none."""


def match_names(written: Iterable[Written], register: RoundRegister) -> list[NameMatch]:
    """Match what the rows of one file say to the bodies of the register.

    Returns: one match for each distinct thing written, in order; `how` is a key of FINDINGS unless it is certain.
    A guess by likeness is accepted only if it is close, the only close one, contradicted by neither county nor code,
    and neither the certain nor the guessed body of another name.
    """
    said = {each: _with_code_apart(each, register) for each in sorted(set(written))}
    distinct = sorted(set(said.values()))
    faults = {each: fault for each in distinct if (fault := _fault_of_number(each, register))}
    sound = [each for each in distinct if each not in faults]
    certain = {each: known for each in sound if (known := _certain(each, register))}
    guessed = {each: near for each in sound if each not in certain and (near := _guess(each, register))}
    guesses = Counter(body for body, _ in {(near.body, simplified(it.recipient_name)) for it, near in guessed.items()})
    taken = {body for body, _ in certain.values()} | {body for body, count in guesses.items() if count > 1}

    def matched(each: Written) -> NameMatch:
        if each in faults:
            return _found(each, faults[each], [])
        if each in certain:
            return _judged(each, *certain[each], register)
        if each in guessed:
            return _guessed(each, guessed[each], register, taken)
        return _unmatched(each, register)

    found = {each: matched(each) for each in distinct}
    return [_as_written(found[one], each) for each, one in said.items()]


def _as_written(match: NameMatch, written: Written) -> NameMatch:
    """The match of what was written; a name that stands beside its code is not exact."""
    how = "simplified" if match.how == "exact" and written != match.written else match.how
    return replace(match, written=written, how=how)


def is_fictitious(names: Iterable[str], register: RoundRegister) -> bool:
    """Whether the names are of fictitious bodies alone, as far as they are certain; a list without any is real."""
    said = {_with_code_apart(Written(name), register).recipient_name for name in names}
    known = [found[0] for name in said if (found := register.known(name))]
    return bool(known) and all(body.provenance == SYNTHETIC for body in known)


# -- a code that stands in the name ---------------------------------------------------------------------------------
def _with_code_apart(written: Written, register: RoundRegister) -> Written:
    """The same with the code that stands in the name apart, if it is one: "0114 Upplands Väsby", "Ale (1440)".

    Beside its own code a body is certain whatever else the text says, but not if it names another body or kind.
    """
    found = apart(written.recipient_name)
    if found is None or _is_name(written.recipient_name, register):
        return written
    rest, digits = found
    if _is_name(rest, register):
        length = len(plain_code(digits))
        may_be_code = not {length, length + 1}.isdisjoint(register.code_lengths)
        return replace(written, recipient_name=rest, code_in_name=digits) if may_be_code else written
    if not any(register.stated(digits)):
        return written
    there = register.standing_in(rest)
    is_alone = len(there) == 1 and {*_kinds_said(rest)} <= {there[0].kind} and not ANOTHER_BODY.search(simplified(rest))
    return replace(written, recipient_name=there[0].known_as if is_alone else rest, code_in_name=digits)


def _is_name(name: str, register: RoundRegister) -> bool:
    return bool(register.known(name) or register.shared(name))


# -- certain, guessed, or neither -----------------------------------------------------------------------------------
def _fault_of_number(written: Written, register: RoundRegister) -> str | None:
    """Why the code of a row is no organisation number, in a register whose bodies go by them."""
    code = written.code_as_reported
    if not code or not register.by_number or any(register.stated(code)):
        return None
    is_short = len(plain_code(code)) <= CODE_LENGTHS["four_digits"] in register.code_lengths
    return None if is_short else read_number(code).fault


def _certain(written: Written, register: RoundRegister) -> tuple[Body, str] | None:
    """The body that a row means for certain, and how: by its name, and by its code too where several have the name."""
    if known := register.known(written.recipient_name):
        return known
    alike = register.shared(written.recipient_name)
    mine = [body for body in alike if any(written.codes.values()) and not written.differs_in_code(body)]
    return (mine[0], "exact" if mine[0].known_as == written.recipient_name else "simplified") if mine else None


def _judged(written: Written, body: Body, how: str, register: RoundRegister) -> NameMatch:
    """A certain match, unless the body is no possible recipient or the row contradicts it."""
    if body.kind not in register.recipients:
        return _found(written, body.kind, [body.suggestion])
    if how_differs := written.differs_in_code(body):
        there, others = register.stated(written.codes[how_differs])
        stated = [*(other.suggestion for other in there), *(other.period for other in others)]
        return _found(written, how_differs, [body.suggestion, *stated])
    if written.differs_in_county(body):
        bodies = [near.body for near in register.nearest(written.recipient_name, len(register.bodies))]
        there = [other for other in bodies if other.kind == body.kind and not written.differs_in_county(other)]
        return _found(written, "county", [each.place for each in (body, *there[:1])])
    return _match(written, body, how, 100)


def _match(written: Written, body: Body, how: str, score: int) -> NameMatch:
    lacks_number = body.number is not None and not any(written.codes.values())
    return NameMatch(written, body.recipient_code, body.recipient_name, how, score, None, body.is_person, lacks_number)


def _guess(written: Written, register: RoundRegister) -> Near | None:
    """The one body that a name is close to, if nothing contradicts it and no other is as near."""
    name = written.recipient_name
    if len(_parts(name, register)) > 1 or _of_another_year(name, register) or register.shared(name):
        return None
    alike = [near for near in register.nearest(name) if same_digits(name, near.body.known_as)]
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
    return _match(written, body, LIKENESS, score)


def _unmatched(written: Written, register: RoundRegister) -> NameMatch:
    """Why there is no match, as exactly as can be told, and whom it may concern."""
    name = written.recipient_name
    parts = _parts(name, register)
    if len(parts) > 1:
        return _found(written, "several", [body.suggestion for body in parts])
    if alike := register.shared(name):
        return _found(written, "shared", [body.suggestion for body in alike])
    if other := _of_another_year(name, register):
        now = register.by_code.get(other.recipient_code)
        how = "former_name" if other.valid_to_date else "later_name"
        return _found(written, how, [other.period, *([now.suggestion] if now else [])])
    nearest = register.nearest(name)
    if by_number := _by_number(written, nearest, register):
        return _match(written, by_number, BY_NUMBER, 100)
    if kind := _kind_by_words(name, register):
        same = [near.body for near in nearest if near.body.kind == kind]
        return _found(written, kind, [body.suggestion for body in same])
    stated = [body for code in written.codes.values() for body in register.stated(code)[0]]
    likely = dict.fromkeys([*register.standing_in(name), *parts, *stated, *(near.body for near in nearest)])
    return _found(written, "unknown", [body.suggestion for body in likely])


def _by_number(written: Written, nearest: Sequence[Near], register: RoundRegister) -> Body | None:
    """The body whose organisation number a row states, beside a name that the register knows of nobody.

    Not where the name is like that of another body, or the row states another code or county.
    """
    body = register.by_number.get(plain_code(written.code_as_reported)) if written.code_as_reported else None
    if body is None or body.kind not in register.recipients:
        return None
    if written.differs_in_code(body) or written.differs_in_county(body):
        return None
    others = [*register.standing_in(written.recipient_name), *(near.body for near in nearest if near.is_close)]
    return None if {*others} - {body} else body


def _parts(name: str, register: RoundRegister) -> list[Body]:
    """The bodies that the parts of a name mean for certain."""
    parts = (_with_code_apart(Written(part.strip()), register) for part in BETWEEN_NAMES.split(name))
    known = (register.known(part.recipient_name) for part in parts)
    return list(dict.fromkeys(each[0] for each in known if each))


def _of_another_year(name: str, register: RoundRegister) -> Body | None:
    spellings = {simplified(name), simplified(name).removesuffix("s")}
    return next((body for body in register.others if body.plain in spellings), None)


def _kind_by_words(name: str, register: RoundRegister) -> str | None:
    return next((kind for kind in _kinds_said(name) if kind not in register.recipients), None)


def _kinds_said(name: str) -> list[str]:
    """What kinds of body a name says that it is."""
    return [kind for kind, words in WORDS_OF_KIND.items() if words.search(simplified(name))]


def _found(written: Written, how: str, suggestions: Sequence[str]) -> NameMatch:
    return NameMatch(written, None, None, how, 0, ", ".join(suggestions[:SUGGESTED]) or None)
