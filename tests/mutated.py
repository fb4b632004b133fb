"""YAML with one key or value of it spoilt, and the line where a path stands: with PyYAML's nodes, not with our reading.

A path is of keys as they are written and of numbers of list items (from 0).
"""

from collections.abc import Callable, Iterator
from copy import deepcopy

import yaml

Path = tuple[str | int, ...]
Spoil = Callable[[str, Path], str]


def nodes(node: yaml.Node, path: Path = ()) -> Iterator[tuple[Path, yaml.Node, yaml.Node]]:
    """Every key and list item below a node: its path, the node that marks its line, and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key, value
            yield from nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*path, number), item, item
            yield from nodes(item, (*path, number))


def paths(text: str) -> list[Path]:
    """Every path of a text."""
    return [path for path, _, _ in nodes(yaml.compose(text))]


def line_of(text: str, path: Path) -> int:
    """The line, from 1, in which a path stands."""
    top = yaml.compose(text)
    return next((mark for at, mark, _ in nodes(top) if at == path), top).start_mark.line + 1


def lines_of(text: str, path: Path) -> list[int]:
    """Every line, from 1, in which a path stands that is there several times."""
    marks = {id(mark): mark.start_mark.line + 1 for at, mark, _ in nodes(yaml.compose(text)) if at == path}
    return list(marks.values())


def value_of(text: str, path: Path) -> yaml.Node:
    """The node of a path's value."""
    return next(value for at, _, value in nodes(yaml.compose(text)) if at == path)


def _spoilt(text: str, path: Path, change: Callable[[list[object], int], None]) -> str:
    """The text with the list that holds the path's entry, a pair or an item, changed at the entry's place."""
    top = yaml.compose(text)
    holder = next((value for at, _, value in nodes(top) if at == path[:-1]), top)
    entries = holder.value
    at = next(n for n, each in enumerate(entries) if n == path[-1] or _key(each) == path[-1])
    change(entries, at)
    return yaml.serialize(top, allow_unicode=True, width=1000)


def _key(entry: object) -> object:
    return entry[0].value if isinstance(entry, tuple) else None


def dropped(text: str, path: Path) -> str:
    """Without the key and its value, or without the item."""
    return _spoilt(text, path, lambda entries, at: entries.pop(at))


def doubled(text: str, path: Path) -> str:
    """With the key twice."""
    return _spoilt(text, path, lambda entries, at: entries.append(deepcopy(entries[at])))


def renamed(text: str, path: Path, name: str) -> str:
    """With another key for the same value."""
    return _spoilt(text, path, lambda entries, at: entries.__setitem__(at, (yaml.compose(name), entries[at][1])))


def replaced(text: str, path: Path, value: str) -> str:
    """With another value, given as YAML."""
    node = yaml.compose(value)

    def change(entries: list[object], at: int) -> None:
        entry = entries[at]
        entries[at] = (entry[0], node) if isinstance(entry, tuple) else node

    return _spoilt(text, path, change)
