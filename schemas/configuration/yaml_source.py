"""One YAML file, read with the line of every key and list item. What its keys mean is no matter of this module."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from schemas.configuration.declared import Loc
from schemas.configuration.faults import ConfigurationError, Fault, Place, shown

IN_C: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE = "tag:yaml.org,2002:merge"
UNENDED = "while scanning a quoted scalar"
"""PyYAML's word for a quote that does not end: of use is where it begins."""
PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
MOST_VALUES = 100_000
"""More than any programme declares. Aliases of aliases soon reach it: they unfold to more than a machine holds."""


@dataclass(frozen=True)
class Source:
    """A file's content, and in which line (from 1) each key or list item stands, by its path from the top."""

    file: str
    content: dict[str | int, Any]
    lines: dict[tuple[str, ...], int]

    def place(self, at: Loc) -> Place:
        """Where something stands; where it should stand if it is not there: the nearest key above it."""
        path = tuple(map(str, at))
        nearest = next(path[:length] for length in range(len(path), -1, -1) if path[:length] in self.lines)
        return Place(self.file, self.lines[nearest])


class PartlyReadError(ConfigurationError):
    """Some keys or values of a file cannot be read: every one of them, and what the file declares without them."""

    def __init__(self, faults: Iterable[Fault], source: Source, broken: Iterable[Loc]) -> None:
        """Refuse with these faults; `broken`: where what cannot be read stands in the source."""
        super().__init__(faults)
        self.source, self.broken = source, tuple(broken)


def read(path: Path, file: str, *, is_own: bool = False) -> Source:
    """Read a file that sentences call `file`. Raises: ConfigurationError with what is wrong in its YAML.

    Args: is_own: nobody from outside wrote it, so that it may be read in C, which a deeply nested file would crash.
    """
    try:
        return parsed(path.read_bytes(), file, is_own=is_own)
    except OSError as error:
        raise _refused("yaml_unreadable", file, why=error.strerror) from None


def parsed(raw: bytes, file: str, *, is_own: bool = False) -> Source:
    """What these bytes declare, read as `read` does. Raises: ConfigurationError with what is wrong in their YAML."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("yaml_no_utf8", file, raw.count(b"\n", 0, error.start) + 1) from None
    if is_own:
        with suppress(yaml.YAMLError):  # what is wrong is told below, in the words of one reader
            return _read(text, file, IN_C)
    return _read(text, file, yaml.SafeLoader)


def _read(text: str, file: str, load: type[yaml.SafeLoader]) -> Source:
    try:
        loader = load(text)
        top = loader.get_single_node()
        if not isinstance(top, yaml.MappingNode):
            raise _refused("yaml_no_mapping", file, 1)
        reader = _Reader(file, loader, {(): _line(top)})
        source = Source(file, reader.mapping(top, ()), reader.lines)
    except yaml.reader.ReaderError as error:
        raise _refused("yaml_broken", file, text.count("\n", 0, error.position) + 1) from None
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context == UNENDED else error.problem_mark or error.context_mark
        raise _refused("yaml_broken", file, mark.line + 1 if mark else None) from None
    except RecursionError:
        raise _refused("yaml_too_large", file, limit=MOST_VALUES) from None
    if reader.faults:
        raise PartlyReadError(reader.faults, source, reader.broken)
    return source


class _Impossible(Exception):  # noqa: N818 - not told as it is
    """A scalar that is no value: 2024-02-30, or a tag that the text does not fit."""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _refused(rule: str, file: str, line: int | None = None, **values: object) -> ConfigurationError:
    return ConfigurationError([Fault(Place(file, line), rule, values)])


@dataclass
class _Reader:
    """Turns nodes into values, as SafeLoader would, and notes where each stands, and every one that cannot be read."""

    file: str
    loader: yaml.SafeLoader
    lines: dict[tuple[str, ...], int]
    count: int = field(default=0)
    faults: list[Fault] = field(default_factory=list)
    broken: list[Loc] = field(default_factory=list)

    def mapping(self, node: yaml.MappingNode, at: Loc) -> dict[str | int, Any]:
        """A mapping; what `<<` brings in gives way to the mapping's own keys."""
        content: dict[str | int, Any] = {}
        for key, value in node.value:
            if key.tag == MERGE:
                content = self._merged(value, at) | content
        own: dict[str | int, Any] = {}
        for key, value in ((key, value) for key, value in node.value if key.tag != MERGE):
            name = self._key(key, at)
            if name is None:
                continue
            where = (*at, name)
            if name in own:
                self._note(key, "key_twice", name=shown(name), other=self.lines[tuple(map(str, where))])
                continue
            self.lines[tuple(map(str, where))] = _line(key)
            own[name] = self._value(value, where)
        return content | own

    def _note(self, node: yaml.Node, rule: str, **values: object) -> None:
        self.faults.append(Fault(Place(self.file, _line(node)), rule, values))

    def _merged(self, node: yaml.Node, at: Loc) -> dict[str | int, Any]:
        several = node.value if isinstance(node, yaml.SequenceNode) else [node]
        content: dict[str | int, Any] = {}
        for one in reversed(several):
            if not isinstance(one, yaml.MappingNode):
                raise _refused("yaml_broken", self.file, _line(one))
            content |= self.mapping(one, at)
        return content

    def _key(self, node: yaml.Node, at: Loc) -> str | int | None:
        """A key; None if it cannot be one: what is above it is broken then."""
        try:
            name = self._scalar(node) if isinstance(node, yaml.ScalarNode) else None
        except _Impossible:
            self._note(node, "value_impossible")
        else:
            if isinstance(name, str | int) and not isinstance(name, bool):
                return name
            self._note(node, "key_no_text")
        self.broken.append(at)
        return None

    def _value(self, node: yaml.Node, at: Loc) -> object:
        self.count += 1
        if self.count > MOST_VALUES:
            raise _refused("yaml_too_large", self.file, limit=MOST_VALUES)
        if isinstance(node, yaml.ScalarNode):
            try:
                return self._scalar(node)
            except _Impossible:
                self._note(node, "value_impossible")
                self.broken.append(at)
                return None
        if node.tag not in PLAIN_TAGS:
            raise _refused("yaml_broken", self.file, _line(node))
        return self.mapping(node, at) if isinstance(node, yaml.MappingNode) else self._items(node, at)

    def _items(self, node: yaml.Node, at: Loc) -> list[object]:
        content = []
        for number, item in enumerate(node.value):
            where = (*at, number)
            self.lines[tuple(map(str, where))] = _line(item)
            content.append(self._value(item, where))
        return content

    def _scalar(self, node: yaml.ScalarNode) -> object:
        try:
            return self.loader.construct_object(node)
        except (ValueError, LookupError, AttributeError, OverflowError):
            raise _Impossible from None
