"""The real register of any year, and what one name is taken to mean by it."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assets.domain.reading.names import NameMatch, Written, match_names
from assets.domain.reading.register import Body, RoundRegister, valid_in
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration import catalogue
from schemas.words.vocabulary import MUNICIPALITY

ROOT = Path(__file__).parents[2]
ALIASES = catalogue.programme("stadigvarande-boende").aliases
YEAR = 2023


@cache
def register_of(year: int = YEAR, *recipients: str) -> RoundRegister:
    """The register of a year, for a grant to municipalities or to the kinds that are said."""
    known = RawFolder(ROOT / "raw").register().bodies
    there = [Body.of(body) for body in known if valid_in(body, year)]
    others = [Body.of(body) for body in known if not valid_in(body, year)]
    return RoundRegister(there, others, recipients or (MUNICIPALITY,), ALIASES)


def small(
    names: Mapping[str, str], county: str = "Exempellän", ended: Mapping[str, str] | None = None
) -> RoundRegister:
    """A register of municipalities: code to name; `ended` those of 2007 and before."""
    there = [Body(code, name, MUNICIPALITY, county) for code, name in names.items()]
    gone = dt.date(2007, 12, 31)
    others = [Body(code, name, MUNICIPALITY, county, valid_to_date=gone) for code, name in (ended or {}).items()]
    return RoundRegister(there, others, (MUNICIPALITY,), {})


def municipalities(year: int = YEAR) -> dict[str, str]:
    """The real municipalities: code to official name."""
    bodies = register_of(year).bodies
    return {b.recipient_code: b.recipient_name for b in bodies if b.kind == MUNICIPALITY and b.recipient_code < "9900"}


def one(name: str, county: str = "", code: str = "", *, by: RoundRegister | None = None) -> NameMatch:
    """What one name alone in its file is taken to mean."""
    [match] = match_names([Written(name, county, code)], by or register_of())
    return match


def all_of(*names: str, by: RoundRegister | None = None) -> dict[str, NameMatch]:
    """What names together in one file are taken to mean."""
    return {match.written.recipient_name: match for match in match_names(map(Written, names), by or register_of())}
