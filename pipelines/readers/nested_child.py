"""Runs alone in a child process: flattens submissions, under limits of memory and time, and prints them as JSON rows.

A submission is a row, and each of its leaves a column, headed by its path: the names on the way to it, joined by `/`.
Imports nothing of the project, so that it starts fast and holds nothing worth stealing.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MEMORY_LIMIT = 2 * 1024**3
CPU_SECONDS = 30
DEEPEST = 100
MOST_CELLS = 5_000_000
"""A hundred thousand submissions of fifty answers."""

OWN = None
"""The name under which an element's own text stands among what it holds."""

FILE = "file"
"""What the name of a document stands under, where there are several."""

Tree = Any
"""A text, a list of trees, or trees by name."""

Path = tuple[str | int | None, ...]
"""Names from the submission down; a number is that of a repeated group, from its second on (or of a list in a list)."""

Rows = list[list[str | None]]


class Refused(Exception):  # noqa: N818 - a text of the catalogue, which the parent says
    """Why a document cannot be read: the reason's name, and what it may name; and which document, if it has a name."""

    document = ""


def limit() -> None:
    """Bound what a hostile file can take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# -- from text to trees ---------------------------------------------------------------------------------------------
def submissions(text: str, kind: str) -> tuple[Tree, list[Tree]]:
    """What stands around the submissions of a document, and the submissions. Raises: Refused."""
    around, found = _of_xml(text) if kind == ".xml" else _of_json(text)
    if not all(isinstance(each, dict) for each in found):
        raise Refused("no_submissions")
    return around, found


def _of_json(text: str) -> tuple[Tree, list[Tree]]:
    """The items of the list at the top, or of the one list of objects in the object at the top; else that object."""
    top = _json(text)
    if isinstance(top, list):
        return {}, top
    lists = [name for name, each in top.items() if _is_of_objects(each)] if isinstance(top, dict) else []
    if len(lists) != 1:
        return {}, [top]
    return {name: each for name, each in top.items() if name != lists[0]}, top[lists[0]]


def _is_of_objects(tree: Tree) -> bool:
    return isinstance(tree, list) and bool(tree) and all(isinstance(each, dict) for each in tree)


def _json(text: str) -> Tree:
    """Every number as it is written. Raises: Refused."""
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_int=str, parse_float=str, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused("json_broken", error.lineno) from None
    except RecursionError:
        raise Refused("too_deep", DEEPEST) from None


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
def leaves(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, str]]:
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
        yield path, _text(tree)


def _repeated(trees: list[Tree], path: Path) -> Iterator[tuple[Path, str]]:
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
    return tree is None or isinstance(tree, str | bool)


def _text(value: Tree) -> str:
    """A leaf as the file has it."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else value or ""
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


def rows(documents: Sequence[tuple[str, str, str]]) -> Rows:
    """Headers, and below them each submission: of documents given as name (or empty), kind and text. Raises: Refused.

    A path that a submission does not have is None there. What stands around the submissions of a document is in each of
    its rows, with a path that begins with `/`.
    """
    columns: dict[str, Path] = {}
    found: list[dict[str, str]] = []
    for name, kind, text in documents:
        try:
            for of_paths in _submissions_below(name, kind, text):
                found.append(_cells(of_paths, columns))
                _refuse_excess(len(found) * len(columns))
        except Refused as refused:
            refused.document = name
            raise
    return [list(columns), *([cells.get(each) for each in columns] for cells in found)] if found else []


def _refuse_excess(cell_count: int) -> None:
    if cell_count > MOST_CELLS:
        raise Refused("too_many_cells", MOST_CELLS)


def _submissions_below(name: str, kind: str, text: str) -> Iterator[dict[Path, str]]:
    """Each submission of a document by path, with what stands around it."""
    around, trees = submissions(text, kind)
    shared = _around(around, name)
    for tree in trees:
        yield shared | dict(_leaves_below(tree))


def _around(tree: Tree, document: str) -> dict[Path, str]:
    """What is in each row of a document: what stands around the submissions, and its name, if it has one."""
    if document and FILE in tree:
        raise Refused("path_shared", f"/{FILE}")
    named = {FILE: document} if document else {}
    return {("", *path): text for path, text in _leaves_below(named | tree)}


def _leaves_below(tree: Tree) -> Iterator[tuple[Path, str]]:
    return leaves(tree) if tree else iter(())


def _cells(of_paths: Mapping[Path, str], columns: dict[str, Path]) -> dict[str, str]:
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
    """Print the rows of the documents on the standard input, or why there are none."""
    limit()
    try:
        json.dump({"rows": rows(json.load(sys.stdin))}, sys.stdout)
    except Refused as refused:
        json.dump({"refused": refused.args, "document": refused.document}, sys.stdout)


if __name__ == "__main__":
    main()
