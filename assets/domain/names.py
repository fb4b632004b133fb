"""Names to codes: exact first, then by declared rules, last by likeness; a wrong silent match is the worst outcome.

Never folded to ASCII: Habo and Håbo are two municipalities. Works on the distinct names of a round, which are few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from assets.domain.money import percent_of

LETTERS_PER_SLIP = 9
"""A guess may differ by one letter in nine: "Norrälje" is close to Norrtälje, and a four-letter name to nothing."""

SUGGESTED = 3
FOOTNOTE_MARKS = re.compile(r"[*†‡¹²³⁴⁵⁶⁷⁸⁹]+$")
KIND_OF_BODY = re.compile(r" (kommun|stad)$")


@dataclass(frozen=True)
class NameMatch:
    """What a name was taken to mean, and how."""

    name: str
    recipient_code: str | None
    official_name: str | None
    how: str
    score: int
    suggestions: str


def simplified(name: str) -> str:
    """Lower case, hyphen as space, footnote marks and a closing "kommun" or "stad" removed."""
    composed = unicodedata.normalize("NFC", name)
    plain = " ".join(FOOTNOTE_MARKS.sub("", composed.strip()).casefold().replace("-", " ").split())
    return KIND_OF_BODY.sub("", plain)


def match_names(names: Iterable[str], register: Mapping[str, str], aliases: Mapping[str, str]) -> list[NameMatch]:
    """Match each distinct name to a code of the register.

    Args:
        register: code to official name. aliases: simplified name to code.
    Returns: one match per distinct name, in order of name; `how` is exact, simplified, genitive, alias, likeness or
    unknown.
    A guess by likeness is accepted only if it is close, the only close one, and not already taken by another name.
    """
    lookup = _lookup(register)
    distinct = sorted(set(names))
    certain = {name: match for name in distinct if (match := _by_rule(name, register, lookup, aliases))}
    taken = {match.recipient_code for match in certain.values()}
    guesses = [_by_likeness(name, register, taken) for name in distinct if name not in certain]
    return sorted([*certain.values(), *_without_rivals(guesses)], key=lambda match: match.name)


def _lookup(register: Mapping[str, str]) -> dict[str, str]:
    return {simplified(official): code for code, official in register.items()}


def _by_rule(
    name: str, register: Mapping[str, str], lookup: Mapping[str, str], aliases: Mapping[str, str]
) -> NameMatch | None:
    plain = simplified(name)
    if (code := lookup.get(plain)) is not None:
        return _matched(name, code, register, "exact" if register[code] == name else "simplified")
    if plain.endswith("s") and (code := lookup.get(plain[:-1])) is not None:
        return _matched(name, code, register, "genitive")
    if (code := aliases.get(plain)) in register:
        return _matched(name, str(code), register, "alias")
    return None


def _matched(name: str, code: str, register: Mapping[str, str], how: str, score: int = 100) -> NameMatch:
    return NameMatch(name, code, register[code], how, score, "")


def _by_likeness(name: str, register: Mapping[str, str], taken: set[str | None]) -> NameMatch:
    ranked = _ranked(name, register)
    close = [code for code, slips, letters in ranked if slips * LETTERS_PER_SLIP <= letters]
    close = [code for code in close if _same_digits(name, register[code])]
    if len(close) == 1 and close[0] not in taken:
        code, slips, letters = next(rank for rank in ranked if rank[0] == close[0])
        return _matched(name, code, register, "likeness", percent_of(letters - slips, letters) or 0)
    return _unknown(name, [f"{register[code]} ({code})" for code, _, _ in ranked[:SUGGESTED]])


def _unknown(name: str, suggestions: list[str]) -> NameMatch:
    return NameMatch(name, None, None, "unknown", 0, ", ".join(suggestions))


def _ranked(name: str, register: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Codes by falling likeness: (code, letters that differ, letters compared), with or without a genitive s."""
    spellings = {simplified(name), simplified(name).removesuffix("s")}
    ranks = []
    for code, official in register.items():
        plain = simplified(official)
        slips, letters = min((OSA.distance(one, plain), max(len(one), len(plain))) for one in spellings)
        ranks.append((code, slips, letters))
    return sorted(ranks, key=lambda rank: (rank[1] / rank[2], rank[0]))


def _same_digits(name: str, official: str) -> bool:
    """Numbers in a name are never a slip of the pen: 01 is not 02."""
    return re.findall(r"\d", name) == re.findall(r"\d", official)


def _without_rivals(guesses: list[NameMatch]) -> list[NameMatch]:
    """Two names guessed to be the same body: neither is accepted."""
    codes = [code for code, _ in {(guess.recipient_code, simplified(guess.name)) for guess in guesses}]
    return [
        _unknown(guess.name, [f"{guess.official_name} ({guess.recipient_code})"])
        if guess.recipient_code and codes.count(guess.recipient_code) > 1
        else guess
        for guess in guesses
    ]
