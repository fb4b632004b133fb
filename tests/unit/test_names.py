"""Names as they are written, and the codes they mean. A wrong silent match is the worst outcome."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.domain.names import NameMatch, match_names, simplified
from schemas import catalogue

ROOT = Path(__file__).parents[2]
ALIASES = catalogue.programme("stadigvarande-boende").aliases


def read_register(*names: str) -> dict[str, str]:
    lines = [line for name in names for line in _lines(name)]
    return {code: official for code, official, _ in csv.reader(lines, delimiter=";")}


def _lines(name: str) -> list[str]:
    return (ROOT / "raw" / "reference" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]


OFFICIAL = read_register("municipalities")
EVERYBODY = read_register("municipalities", "fictitious")


def genitive(name: str) -> str:
    return name if name.endswith("s") else f"{name}s"


def one(name: str, names: dict[str, str] = EVERYBODY) -> NameMatch:
    [match] = match_names([name], names, ALIASES)
    return match


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "with kommun": lambda name: f"{name} kommun",
    "with Kommun": lambda name: f"{name} Kommun",
    "with stad": lambda name: f"{name} stad",
    "in the genitive": lambda name: f"{genitive(name)} kommun",
    "in upper case": lambda name: f"{genitive(name)} kommun".upper(),
    "in lower case": lambda name: f"{genitive(name)} kommun".lower(),
    "with a space for its hyphen": lambda name: f"{genitive(name)} kommun".replace("-", " "),
    "with a footnote star": lambda name: f"{genitive(name)} kommun*",
    "with spaces around and within": lambda name: f"  {genitive(name)}  kommun ",
    "with no-break spaces": lambda name: f"{genitive(name)} kommun".replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("written", FORMS.values(), ids=FORMS)
def test_every_official_name_maps_to_its_own_code_and_no_other(written: Callable[[str], str]):
    expected = {written(name): code for code, name in OFFICIAL.items()}
    matches = match_names(expected, EVERYBODY, ALIASES)
    assert len(expected) == 290
    assert {match.name: match.recipient_code for match in matches} == expected


def test_no_two_bodies_have_the_same_simplified_name():
    assert len({simplified(name) for name in EVERYBODY.values()}) == len(EVERYBODY)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("Linköping", "0580"),
        ("Lidköping", "1494"),
        ("Alvesta", "0764"),
        ("Avesta", "2084"),
        ("Nora", "1884"),
        ("Mora", "2062"),
    ],
)
def test_names_one_letter_apart_never_cross(name: str, code: str):
    for written in FORMS.values():
        assert one(written(name)).recipient_code == code


def test_a_slip_half_way_between_two_bodies_is_neither():
    assert one("Likköpings kommun").recipient_code is None
    assert one("Likköpings kommun").suggestions.startswith("Linköping (0580), Lidköping (1494)")


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Gävle", "exact"),
        ("Gävle kommun", "simplified"),
        ("Borås Stad", "simplified"),
        ("Hagfors kommun", "simplified"),
        ("Göteborgs stad", "genitive"),
        ("Dals-Eds kommun", "genitive"),
        ("Falu kommun*", "alias"),
        ("Norrälje kommun", "likeness"),
        ("Atlantis kommun", "unknown"),
    ],
)
def test_a_match_says_how_it_was_made(name: str, how: str):
    assert one(name).how == how


def test_the_annex_names_map_to_54_distinct_codes_and_only_one_by_likeness():
    printed = (ROOT / "tests" / "spec" / "bilaga_1.csv").read_text(encoding="utf-8").splitlines()[1:]
    matches = match_names([line.split(";")[0] for line in printed], EVERYBODY, ALIASES)
    assert len({match.recipient_code for match in matches} - {None}) == 54
    by_likeness = [(match.name, match.recipient_code) for match in matches if match.how == "likeness"]
    assert by_likeness == [("Norrälje kommun", "0188")]


def test_a_match_by_likeness_says_how_like():
    # One of nine letters is missing: 1 - 1/9 = 88.9 %.
    assert (one("Norrälje").score, one("Norrälje").official_name) == (89, "Norrtälje")


@pytest.mark.parametrize(("name", "how"), [("abcdefghX", "likeness"), ("abcdefgX", "unknown")])
def test_one_wrong_letter_in_nine_is_close_enough_and_one_in_eight_is_not(name: str, how: str):
    body = name.replace("X", "y")
    assert one(name, {"0001": body}).how == how


def test_two_unknown_names_with_the_same_guess_are_both_unknown():
    first, second = match_names(["Norrälje", "Nortälje"], OFFICIAL, {})
    assert (first.how, second.how) == ("unknown", "unknown")
    assert first.suggestions == second.suggestions == "Norrtälje (0188)"


def test_a_code_that_another_name_has_is_not_guessed():
    matches = match_names(["Norrtälje kommun", "Norrälje kommun"], OFFICIAL, {})
    assert {match.name: match.recipient_code for match in matches} == {
        "Norrtälje kommun": "0188",
        "Norrälje kommun": None,
    }


def test_a_name_close_to_two_bodies_is_unknown():
    assert one("abcdefghijX", {"0001": "abcdefghijY", "0002": "abcdefghijZ"}).how == "unknown"


def test_a_digit_is_never_a_slip():
    assert one("Exempelkommun 47").recipient_code == "9947"
    assert one("Exempelkommun 48").recipient_code is None
    assert one("Exempelkommun 1").recipient_code is None
    assert one("Exempelkommun 48", {"9947": "Exempelkommun 47"}).recipient_code is None


def test_a_slip_in_the_letters_of_a_numbered_name_is_guessed_with_its_own_number():
    assert (one("Exemplekommun 12").recipient_code, one("Exemplekommun 12").how) == ("9912", "likeness")


def test_an_unknown_name_comes_with_the_nearest_three():
    assert one("Noora").suggestions.startswith("Nora (1884), ")
    assert len(one("Noora").suggestions.split(", ")) == 3


def test_an_alias_outside_the_register_is_no_match():
    assert match_names(["Falu kommun"], {"0114": "Upplands Väsby"}, ALIASES)[0].recipient_code is None


def test_the_same_name_twice_is_one_match():
    assert len(match_names(["Gävle", "Gävle"], OFFICIAL, {})) == 1
