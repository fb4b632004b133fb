"""Runs alone in a child process: flattens submissions, under limits of memory and time, and answers them row by row.

A submission is a row, and each of its leaves a column, headed by its path: the names on the way to it, joined by `/`.
A number of JSON is a number, and its point the decimal mark; of XML everything is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from pipelines.readers.confined import Counted, Refused, run

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST = 100
MOST_DIGITS = 300
"""Of a number, its exponent counted out: nobody has written such a one on purpose."""

LINES = "lines"
"""The kind of a document with a submission on each line, as JSON."""

OWN = None
"""The name under which an element's own text stands among what it holds."""

FILE = "file"
"""What the name of a document stands under, where there are several."""

Tree = Any
"""A text, a list of trees, or trees by name."""

Path = tuple[str | int | None, ...]
"""Names from the submission down; a number is that of a repeated group, from its second on (or of a list in a list)."""

Leaf = str | int | Decimal | bool
"""What a cell can be."""

Rows = Iterator[list[Leaf | None]]


# -- from text to trees ---------------------------------------------------------------------------------------------
def submissions(text: str, kind: str) -> tuple[Tree, list[Tree]]:
    """What stands around the submissions of a document, and the submissions. Raises: Refused."""
    around, found = _of_xml(text) if kind == ".xml" else _of_json(text, kind)
    if not all(isinstance(each, dict) for each in found):
        raise Refused("no_submissions")
    return around, found


def _of_json(text: str, kind: str) -> tuple[Tree, list[Tree]]:
    """The items of the list at the top, or of the one list of objects in the object at the top; else that object.

    Objects one below the other are items as well, whatever the file is called.
    """
    top = _json_lines(text) if kind == LINES else _json(text)
    if isinstance(top, list):
        return {}, top
    lists = [name for name, each in top.items() if _is_of_objects(each)] if isinstance(top, dict) else []
    if len(lists) != 1:
        return {}, [top]
    return {name: each for name, each in top.items() if name != lists[0]}, top[lists[0]]


def _is_of_objects(tree: Tree) -> bool:
    return isinstance(tree, list) and bool(tree) and all(isinstance(each, dict) for each in tree)


def _json(text: str, line: int = 1) -> Tree:
    """A document. Args: line: the one that it begins on. Raises: Refused."""
    try:
        return json.loads(
            text, object_pairs_hook=_once_each, parse_int=_whole, parse_float=_decimal, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text[: error.pos].count("\n") and line == 1 and text.lstrip().startswith("{"):
            return _json_lines(text)
        raise Refused("json_broken", line + error.lineno - 1) from None
    except RecursionError:
        raise Refused("too_deep", DEEPEST) from None


def _json_lines(text: str) -> list[Tree]:
    """A document on each line that is not blank."""
    return [_json(each, number) for number, each in enumerate(text.split("\n"), start=1) if each.strip()]


def _whole(said: str) -> int:
    if len(said) > MOST_DIGITS:
        raise Refused("json_number_long", MOST_DIGITS)
    return int(said)


def _decimal(said: str) -> Decimal:
    number = Decimal(said)
    if len(said) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise Refused("json_number_long", MOST_DIGITS)
    return number


def _once_each(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for name, value in pairs:
        if name in found:
            raise Refused("json_key_twice", name)
        found[name] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise Refused("json_no_number", name)


def _of_xml(text: str) -> tuple[Tree, list[Tree]]:
    """The elements in the root, if all have one name and elements of their own; else the root is a submission."""
    root = _xml(text)
    children = list(root)
    if children and len({each.tag for each in children}) == 1 and all(map(len, children)):
        around = _tree(root, 0)
        around.pop(_local(children[0].tag))
        return around, [_tree(each, 0) for each in children]
    tree = _tree(root, 0)
    return {}, [] if tree == {OWN: ""} else [tree]


def _xml(text: str) -> Element:
    """The root. Raises: Refused. A document type is refused: it can hold entities, and nothing here needs one."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - only the name of an error

    from defusedxml import DefusedXmlException  # noqa: PLC0415 - as below
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only after the limits are set

    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except ParseError as error:
        raise Refused("xml_broken", error.position[0]) from None
    except DefusedXmlException:
        raise Refused("xml_dtd") from None
    return root


def _tree(element: Element, depth: int) -> Tree:
    """An element without namespaces, and without the white space around its text: its indentation."""
    if depth > DEEPEST:
        raise Refused("too_deep", DEEPEST)
    if any((each.tail or "").strip() for each in element):
        raise Refused("xml_mixed", _local(element.tag))
    text = (element.text or "").strip()
    tree: dict[str | None, Tree] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    if text or not len(element):
        tree[OWN] = text
    held: dict[str, list[Tree]] = {}
    for each in element:
        held.setdefault(_local(each.tag), []).append(_tree(each, depth + 1))
    tree |= {name: trees[0] if len(trees) == 1 else trees for name, trees in held.items()}
    return text if tree.keys() == {OWN} and depth else tree


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


# -- from trees to cells --------------------------------------------------------------------------------------------
def leaves(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every leaf with its path. Nothing (null, an empty list or object) is an empty text. Raises: Refused."""
    if len(path) > DEEPEST:
        raise Refused("too_deep", DEEPEST)
    if isinstance(tree, dict) and tree:
        if "" in tree:
            raise Refused("name_empty")
        for name, each in tree.items():
            yield from leaves(each, path if name is OWN else (*path, name))
    elif isinstance(tree, list) and tree:
        yield from _repeated(tree, path)
    else:
        yield path, tree if isinstance(tree, bool | int | Decimal) else _text(tree)


def _repeated(trees: list[Tree], path: Path) -> Iterator[tuple[Path, Leaf]]:
    """Values share a cell; so do those of elements that are values with the same attributes. Groups are numbered."""
    if all(map(_is_value, trees)):
        yield path, joined([_text(each) for each in trees])
    elif all(isinstance(each, dict) and OWN in each and each.keys() == trees[0].keys() for each in trees) and all(
        _is_value(each) for tree in trees for each in tree.values()
    ):
        for name in trees[0]:
            yield path if name is OWN else (*path, name), joined([tree[name] for tree in trees])
    else:
        for number, each in enumerate(trees, start=1):
            yield from leaves(each, path if number == 1 and not isinstance(each, list) else (*path, number))


def _is_value(tree: Tree) -> bool:
    return tree is None or isinstance(tree, str | bool | int | Decimal)


def _text(value: Tree) -> str:
    """A leaf as the file has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None or isinstance(value, list | dict) else str(value)
    if "\x00" in text:
        raise Refused("null_in_cell")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused("half_a_letter")
    return str(text)


def joined(values: Sequence[str]) -> str:
    """Values one a line; one that holds a line break, or begins with a quotation mark, in such, doubled within."""
    return "\n".join(_quoted(each) if "\n" in each or each.startswith('"') else each for each in values)


def _quoted(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def header(path: Path) -> str:
    """A path as a header: names joined by `/`, `[2]` after the name of a group that is repeated."""
    first, *rest = (f"[{each}]" if isinstance(each, int) else f"/{_text(each)}" for each in path)
    return first[1:] + "".join(rest)


def rows(documents: Sequence[tuple[str, str, str]], most: Any) -> Rows:  # noqa: ANN401 - limits by their names
    """Headers, and below them each submission: of documents given as name (or empty), kind and text. Raises: Refused.

    A path that a submission does not have is None there. What stands around the submissions of a document is in each of
    its rows, with a path that begins with `/`.
    """
    columns: dict[str, Path] = {}
    found: list[dict[str, Leaf]] = []
    counted = Counted(most)
    for name, kind, text in documents:
        try:
            for of_paths in _submissions_below(name, kind, text):
                found.append(_cells(of_paths, columns))
                _count(found[-1], counted)
                _refuse_excess(len(found), len(columns), most)
        except Refused as refused:
            refused.document = name
            raise
    if found:
        yield list(columns)
        yield from ([cells.get(each) for each in columns] for cells in found)


def _count(cells: Mapping[str, Leaf], counted: Counted) -> None:
    lengths = [len(cell) if isinstance(cell, str) else 1 for cell in cells.values()]
    counted.add(0, sum(lengths), max(lengths, default=0))


def _refuse_excess(height: int, width: int, most: Any) -> None:  # noqa: ANN401 - limits by their names
    if width > most.width:
        raise Refused("too_wide", most.width)
    if height * width > most.workbook_cells:
        raise Refused("too_many_cells", most.workbook_cells)


def _submissions_below(name: str, kind: str, text: str) -> Iterator[dict[Path, Leaf]]:
    """Each submission of a document by path, with what stands around it."""
    around, trees = submissions(text, kind)
    shared = _around(around, name)
    for tree in trees:
        yield shared | dict(_leaves_below(tree))


def _around(tree: Tree, document: str) -> dict[Path, Leaf]:
    """What is in each row of a document: what stands around the submissions, and its name, if it has one."""
    if document and FILE in tree:
        raise Refused("path_shared", f"/{FILE}")
    named = {FILE: document} if document else {}
    return {("", *path): text for path, text in _leaves_below(named | tree)}


def _leaves_below(tree: Tree) -> Iterator[tuple[Path, Leaf]]:
    return leaves(tree) if tree else iter(())


def _cells(of_paths: Mapping[Path, Leaf], columns: dict[str, Path]) -> dict[str, Leaf]:
    """The cells of a submission by header; `columns` is given those that are new."""
    cells = {}
    for path, text in of_paths.items():
        name = header(path) if path else ""
        if not name.strip():
            raise Refused("name_empty")
        if columns.setdefault(name, path) != path:
            raise Refused("path_shared", name)
        cells[name] = text
    return cells


def main() -> None:
    """Answer the rows of the documents on the standard input, or why there are none."""
    run(_read)


def _read(content: bytes, most: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - limits by their names
    for row in rows(json.loads(content), most):
        yield [["n", str(cell)] if isinstance(cell, Decimal) else cell for cell in row]
