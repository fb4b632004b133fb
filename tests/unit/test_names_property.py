"""What holds for every municipality however it is written, and for every slip of the pen."""

import unicodedata
from collections.abc import Callable
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from assets.domain.reading.names import Written, match_names
from assets.domain.reading.register import CERTAIN
from assets.domain.reading.spelling import simplified
from tests.unit.registers import municipalities, one, register_of

OFFICIAL = municipalities()
LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé -"
many = settings(max_examples=120, deadline=None)


def genitive(name: str) -> str:
    return name if name.endswith("s") else f"{name}s"


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "spaces around": lambda name: f"  {name}\t ",
    "spaces within": lambda name: name.replace(" ", "  \n ").replace("-", " - "),
    "no-break spaces": lambda name: name.replace(" ", "\u00a0"),
    "space for hyphen": lambda name: name.replace("-", " "),
    "hyphen for space": lambda name: name.replace(" ", "-"),
    "no-break hyphen": lambda name: name.replace("-", "\u2011"),
    "dash for hyphen": lambda name: name.replace("-", "–"),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "soft hyphen and mark": lambda name: f"\ufeff{name[:2]}\u00ad{name[2:]}\u200b",
}
ENDINGS: dict[str, Callable[[str], str]] = {
    "": lambda name: name,
    "genitive": genitive,
    "kommun": lambda name: f"{name} kommun",
    "s kommun": lambda name: f"{genitive(name)} kommun",
    "stad": lambda name: f"{name} stad",
    "s Stad": lambda name: f"{genitive(name)} Stad",
    "star": lambda name: f"{genitive(name)} kommun*",
    "footnote": lambda name: f"{name} kommun ¹²",
    "dagger": lambda name: f"{name}†",
}


def test_every_official_name_in_every_form_maps_to_its_own_code_and_no_other():
    assert len(OFFICIAL) == 290
    for (spelling, spelt), (ending, ended) in product(SPELLINGS.items(), ENDINGS.items()):
        expected = {spelt(ended(name)): code for code, name in OFFICIAL.items()}
        matches = match_names(map(Written, expected), register_of())
        found = {match.written.recipient_name: match.recipient_code for match in matches}
        assert found == expected, (spelling, ending)
        assert {match.how for match in matches} <= set(CERTAIN), (spelling, ending)


BESIDE: dict[str, Callable[[str, str], str]] = {
    "code first": "{1} {0}".format,
    "code last": "{0} {1}".format,
    "in brackets": "{0} ({1})".format,
    "with a dash": "{1} – {0}".format,
    "with its word": "{0}, kommunkod {1}".format,
    "of a board": "Socialnämnden i {0} ({1})".format,
}


def test_every_official_name_beside_its_own_code_is_certain_and_beside_another_is_nobodys():
    codes = sorted(OFFICIAL)
    other = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    for (way, beside), (ending, ended) in product(BESIDE.items(), ENDINGS.items()):
        right = {beside(ended(name), code): code for code, name in OFFICIAL.items()}
        found = match_names(map(Written, right), register_of())
        assert {match.written.recipient_name: match.recipient_code for match in found} == right, (way, ending)
        wrong = [Written(beside(ended(name), other[code])) for code, name in OFFICIAL.items()]
        found = match_names(wrong, register_of())
        assert {(match.recipient_code, match.how) for match in found} == {(None, "code_in_name")}, (way, ending)


def test_no_two_bodies_have_the_same_simplified_name_with_or_without_a_genitive():
    names = [body.plain for body in register_of().bodies]
    assert len(set(names)) == len(names)
    assert [name for name in names if name.endswith("s") and name[:-1] in names] == []


PAIRS = [
    (one_, other)
    for one_, other in combinations(sorted(OFFICIAL.items()), 2)
    if OSA.distance(simplified(one_[1]), simplified(other[1])) == 1
]


def test_there_are_pairs_one_letter_apart():
    names = {frozenset((one_[1], other[1])) for one_, other in PAIRS}
    assert names >= {frozenset(pair) for pair in (("Habo", "Håbo"), ("Mora", "Nora"), ("Alvesta", "Avesta"))}


def test_names_one_letter_apart_are_told_apart_in_every_form():
    for pair, spelt, ended in product(PAIRS, SPELLINGS.values(), ENDINGS.values()):
        for code, name in pair:
            assert one(spelt(ended(name))).recipient_code == code, spelt(ended(name))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A municipality's code, and its name with one letter too few, too many, another, or two that changed places."""
    code = draw(st.sampled_from(sorted(OFFICIAL)))
    name = OFFICIAL[code]
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    others = [name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :]]
    others.append(name[:at] + name[at : at + 2][::-1] + name[at + 2 :])
    return code, draw(st.sampled_from(others))


@many
@given(slips())
def test_one_slip_never_silently_gives_another_code(slip: tuple[str, str]):
    """Unless what was written is itself the name of the other: then nothing tells that it is a slip."""
    code, written = slip
    match = one(written)
    if match.recipient_code != code and match.recipient_code is not None:
        official = simplified(OFFICIAL[match.recipient_code])
        assert match.how in CERTAIN
        assert simplified(written).removesuffix("s") == official.removesuffix("s")
    assert match.recipient_code in (None, code) or match.how in CERTAIN


@many
@given(slips(), st.sampled_from(sorted(OFFICIAL)))
def test_a_slip_beside_a_county_is_never_matched_to_a_body_of_another(slip: tuple[str, str], other: str):
    county = register_of().by_code[other].county_name or ""
    code = one(slip[1], county).recipient_code
    assert code is None or register_of().by_code[code].county_name == county


@many
@given(st.lists(slips(), min_size=1, max_size=12))
def test_within_one_file_a_guess_is_never_the_body_of_another_name(file: list[tuple[str, str]]):
    matches = match_names([Written(name) for _, name in file], register_of())
    for guess in (match for match in matches if match.how == "likeness"):
        same = [match for match in matches if match.recipient_code == guess.recipient_code]
        assert {simplified(match.written.recipient_name) for match in same} == {
            simplified(guess.written.recipient_name)
        }


@many
@given(st.sampled_from(sorted(OFFICIAL.values())), st.sampled_from(sorted(OFFICIAL.values())))
def test_two_names_in_one_cell_are_never_one(name: str, other: str):
    for between in (" och ", "/", ", ", " & ", "; ", " samt "):
        assert (one(f"{name}{between}{other}").recipient_code is None) or name == other


@many
@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=6))
def test_whatever_is_written_gets_one_answer_and_a_code_only_if_it_was_matched(name: str, county: str, code: str):
    match = one(name, county, code)
    assert (match.recipient_code is None) == (match.how not in (*CERTAIN, "likeness"))
