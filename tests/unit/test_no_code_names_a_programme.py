"""What a programme is, is YAML: no code names one, nor a body of the register, nor the year of a round.

Docstrings and comments may give examples; what is held are the values that code computes with.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.readers.raw_folder import RawFolder
from schemas.configuration import catalogue

ROOT = Path(__file__).parents[2]
CODE = [path for package in ("schemas", "assets", "pipelines") for path in sorted((ROOT / package).rglob("*.py"))]


def values(path: Path) -> Iterator[object]:
    """Every text and number in the code, but for docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)


TEXTS = {path: [each for each in values(path) if isinstance(each, str)] for path in CODE}
NUMBERS = {path: [each for each in values(path) if isinstance(each, int)] for path in CODE}


def texts_with(*names: str) -> list[tuple[str, str]]:
    """The files and texts in which one of the names stands as a word."""
    word = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")
    return [(path.name, text) for path, texts in TEXTS.items() for text in texts if word.search(text)]


def test_there_is_code_to_look_at():
    assert len(CODE) > 100
    assert texts_with("municipality") != []


def test_no_code_names_a_programme_its_agency_or_its_ordinance():
    for name in catalogue.programme_names():
        programme = catalogue.programme(name)
        assert texts_with(name, programme.agency, programme.ordinance.reference, *programme.reports) == []


def test_no_code_names_a_year_of_a_round():
    for name in catalogue.programme_names():
        years = catalogue.programme(name).rounds
        assert texts_with(*map(str, years)) == [], name
        assert [(path.name, each) for path, numbers in NUMBERS.items() for each in numbers if each in years] == []


def test_no_code_names_a_body_of_the_register():
    bodies = RawFolder(ROOT / "raw").register().bodies
    names, codes = ([body[f"recipient_{what}"] for body in bodies] for what in ("name", "code"))
    assert len(names) > 300
    assert texts_with(*names, *codes) == [("dates.py", "Europe/Stockholm")]  # the time zone's own name
