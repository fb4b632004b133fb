"""Works out the formulas of a workbook as Excel would, of the few kinds that ours use: to fill in cells and look."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree as Xml  # noqa: N812 - as a name

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TOKEN = re.compile(
    r"""(?P<text>"[^"]*")|(?:'(?P<sheet>[^']+)'!)?(?P<ref>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"""
    r"""|(?P<sign><>|<=|>=|=|&)|(?P<rest>[A-Z]+(?=\()|[^"'A-Z$&=<>]+|[<>])"""
)
SIGNS = {"=": "==", "<>": "!=", "&": "|"}
"""What Python has with the same precedence: & binds less than + and more than =."""

NOT_A_NUMBER = math.nan


class Said(str):
    """A text in a formula: joined by |, and in sums no number."""

    __slots__ = ()

    def __or__(self, other: object) -> Said:
        return Said(f"{self}{_shown(other)}")

    def __ror__(self, other: object) -> Said:
        return Said(f"{_shown(other)}{self}")

    def __le__(self, _: object) -> bool:
        return False  # a text is more than any number

    __lt__ = __le__

    def __sub__(self, _: object) -> float:
        return NOT_A_NUMBER

    __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __sub__  # type: ignore[assignment]


def _shown(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _numbers(values: list[Any]) -> list[float]:
    return [value for value in values if isinstance(value, int | float)]


def _meets(value: Any, criterion: str) -> bool:
    sign, limit = re.fullmatch(r"(<>|<|>|)(.*)", criterion).groups()  # type: ignore[union-attr]
    if sign in ("<", ">"):
        return isinstance(value, int | float) and (value < float(limit) if sign == "<" else value > float(limit))
    return (value == limit) is not (sign == "<>")


def _sumifs(values: list[Any], *pairs: Any) -> float:
    kept = zip(
        *(
            [_meets(value, criterion) for value in column]
            for column, criterion in zip(pairs[::2], pairs[1::2], strict=True)
        ),
        strict=True,
    )
    return sum(_numbers([value for value, meets in zip(values, kept, strict=True) if all(meets)]))


def _large(values: list[Any], number: int) -> float:
    found = sorted(_numbers(values), reverse=True)
    return found[number - 1] if number <= len(found) else NOT_A_NUMBER


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": lambda test, yes, no: yes if test else no,
    "IFERROR": lambda value, other: other if isinstance(value, float) and math.isnan(value) else value,
    "ISNUMBER": lambda value: isinstance(value, int | float) and not math.isnan(value),
    "COUNT": lambda values: len(_numbers(values)),
    "SUM": lambda values: sum(_numbers(values)),
    "SUMIF": lambda values, criterion: _sumifs(values, values, criterion),
    "SUMIFS": _sumifs,
    "LARGE": _large,
    "MAX": max,
}


class Workbook:
    """The cells of a workbook: what stands in them, what is filled in, and what their formulas give."""

    def __init__(self, content: bytes) -> None:
        """Read the bytes of an xlsx."""
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            strings = Xml.fromstring(parts.read("xl/sharedStrings.xml"))
            texts = ["".join(each.itertext()) for each in strings]
            names = [each.attrib["name"] for each in Xml.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
            self.cells = {
                name: dict(_cells(parts.read(f"xl/worksheets/sheet{number}.xml"), texts))
                for number, name in enumerate(names, start=1)
            }

    def fill_in(self, sheet: str, ref: str, value: object) -> None:
        """Type something into a cell."""
        self.cells[sheet][ref] = value

    def value(self, sheet: str, ref: str) -> Any:
        """What a cell shows."""
        value = self.cells[sheet].get(ref)
        if isinstance(value, Formula):
            return self._worked_out(sheet, value)
        return Said(value or "") if isinstance(value, str | None) else value

    def _worked_out(self, sheet: str, formula: Formula) -> Any:
        known = {**FUNCTIONS, "said": Said, "at": self.value, "all_at": self._range}
        return eval(self._python(sheet, formula.text), known)  # noqa: S307 - a formula of our own workbook

    def _python(self, sheet: str, formula: str) -> str:
        def one(match: re.Match[str]) -> str:
            if match["text"]:
                return f"said({match['text']})"
            if match["ref"]:
                reads = "all_at" if ":" in match["ref"] else "at"
                return f"{reads}({(match['sheet'] or sheet)!r}, {match['ref'].replace('$', '')!r})"
            return SIGNS.get(match["sign"], match["sign"]) if match["sign"] else match["rest"]

        assert "".join(found[0] for found in TOKEN.finditer(formula)) == formula
        return TOKEN.sub(one, formula)

    def _range(self, sheet: str, ref: str) -> list[Any]:
        first, last = (re.fullmatch(r"([A-Z]+)(\d+)", each) for each in ref.split(":"))
        assert first
        assert last
        assert first[1] == last[1]
        return [self.value(sheet, f"{first[1]}{row}") for row in range(int(first[2]), int(last[2]) + 1)]


class Formula:
    """A formula as it stands in a cell, without its equals sign."""

    def __init__(self, text: str) -> None:
        self.text = text


def _cells(content: bytes, texts: list[str]) -> Any:
    for cell in Xml.fromstring(content).iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            yield cell.attrib["r"], Formula(str(formula.text))
        elif value is not None:
            yield cell.attrib["r"], texts[int(str(value.text))] if cell.get("t") == "s" else float(str(value.text))
