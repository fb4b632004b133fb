"""Reads the package's own YAML into programmes. The only reading that `schemas` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from schemas.configuration import yaml_source
from schemas.configuration.declared import Loc
from schemas.configuration.faults import ConfigurationError, Fault, Place
from schemas.configuration.programme import STANDS_IN, Programme
from schemas.configuration.validation import Unread, validated
from schemas.configuration.yaml_source import PartlyReadError, Source
from schemas.rules.rule import Stop

PROGRAMMES = Path(__file__).parents[1] / "programmes"
PROGRAMME_FILE, QUESTIONS_FILE, INDICATORS_FILE = "programme.yaml", "questions.yaml", "indicators.yaml"


@cache
def programme_names() -> tuple[str, ...]:
    """The programmes there are: one folder each."""
    return tuple(sorted(path.parent.name for path in PROGRAMMES.glob(f"*/{PROGRAMME_FILE}")))


@cache
def years() -> tuple[int, ...]:
    """Every year in which any programme has a round."""
    return tuple(sorted({year for name in programme_names() for year in programme(name).rounds}))


@cache
def programme(name: str) -> Programme:
    """One programme, whole.

    Raises: Stop if there is no such programme; ConfigurationError if its YAML is wrong.
    """
    if name not in programme_names():
        raise Stop("programme_unknown", programme=name, known=", ".join(programme_names()))
    return load_programme(PROGRAMMES / name)


def load_programme(folder: Path) -> Programme:
    """Read a programme from its folder. Raises: ConfigurationError, a Stop, with every fault of all its files."""
    files = _files(folder)
    faults = [*files.unread.faults, *files.misplaced(), *files.misnamed(folder.name)]
    return validated(Programme, files.content(), files.place, replace(files.unread, faults=faults))


@dataclass(frozen=True)
class Files:
    """A programme's files as far as they can be read: forms and reports by what they call themselves."""

    programme: Source
    questions: Source
    indicators: Source | None
    forms: dict[str, Source]
    reports: dict[str, Source]
    unread: Unread

    def content(self) -> dict[str | int, Any]:
        """What all files declare, as one mapping."""
        named = {"forms": self.forms, "reports": self.reports}
        parts: dict[str | int, Any] = {
            key: {name: one.content for name, one in sources.items()} for key, sources in named.items()
        }
        if self.indicators:
            parts["indicators"] = self.indicators.content
        own = {key: said for key, said in self.questions.content.items() if _is_of(QUESTIONS_FILE, key)}
        return {**self.questions.content, **self.programme.content, **own, **parts}

    def place(self, at: Loc) -> Place:
        """In which file and line a part of the whole stands, or should stand."""
        match at:
            case ("forms", str(name), *rest) if name in self.forms:
                return self.forms[name].place(tuple(rest))
            case ("reports", str(name), *rest) if name in self.reports:
                return self.reports[name].place(tuple(rest))
            case ("indicators", *rest) if self.indicators:
                return self.indicators.place(tuple(rest))
            case (key, *_) if _is_of(QUESTIONS_FILE, key) or key in self.questions.content:
                return self.questions.place(at)
            case _:
                return self.programme.place(at)

    def misplaced(self) -> list[Fault]:
        """Keys that stand in another file than their own."""
        return [
            Fault(source.place((key,)), "key_misplaced", {"name": key, "file": STANDS_IN.get(str(key), PROGRAMME_FILE)})
            for source, file in ((self.programme, PROGRAMME_FILE), (self.questions, QUESTIONS_FILE))
            for key in source.content
            if key in Programme.model_fields and not _is_of(file, key)
        ]

    def misnamed(self, folder: str) -> list[Fault]:
        """A programme that is called otherwise than its folder."""
        name = self.programme.content.get("programme", folder)
        if name == folder or not isinstance(name, str):
            return []
        return [Fault(self.place(("programme",)), "programme_misnamed", {"name": name, "folder": folder})]


def _is_of(file: str, key: str | int) -> bool:
    return key in Programme.model_fields and STANDS_IN.get(str(key), PROGRAMME_FILE) == file


def _files(folder: Path) -> Files:
    read: dict[str, Source] = {}
    faults: list[Fault] = []
    broken: dict[str, tuple[Loc, ...]] = {}
    unread: list[str] = []
    paths = [*(path for kind in ("forms", "reports") for path in sorted((folder / kind).glob("*.yaml")))]
    paths += [path for path in [folder / INDICATORS_FILE] if path.exists()]
    for path in (folder / PROGRAMME_FILE, folder / QUESTIONS_FILE, *paths):
        name = path.relative_to(folder).as_posix()
        try:
            read[name] = yaml_source.read(path, f"{PROGRAMMES.name}/{folder.name}/{name}", is_own=True)
        except PartlyReadError as error:
            faults += error.faults
            read[name], broken[error.source.file] = error.source, error.broken
        except ConfigurationError as error:
            faults += error.faults
            unread.append(name)
    forms, reports = (_by_own_name(read, kind, faults) for kind in ("form", "report"))
    nothing = Source("", {}, {(): 1})
    programme, questions = (read.get(name, nothing) for name in (PROGRAMME_FILE, QUESTIONS_FILE))
    files = Files(programme, questions, read.get(INDICATORS_FILE), forms, reports, Unread(faults))
    return replace(files, unread=Unread(faults, [*_within(files, broken)], [*_absent(unread)]))


def _within(files: Files, broken: Mapping[str, Iterable[Loc]]) -> Iterator[Loc]:
    """Places within files as places within the whole."""
    for at, source in _parts(files):
        yield from ((*at, *place) for place in broken.get(source.file, ()) if (*at, *place))


def _parts(files: Files) -> Iterator[tuple[Loc, Source]]:
    yield from (((), source) for source in (files.programme, files.questions))
    yield from ((("forms", name), source) for name, source in files.forms.items())
    yield from ((("reports", name), source) for name, source in files.reports.items())
    if files.indicators:
        yield ("indicators",), files.indicators


def _absent(unread: Iterable[str]) -> Iterator[str]:
    """The keys of a programme of which nothing is known, or not all, where these files cannot be read."""
    for file in unread:
        kind = f"{file.partition('/')[0]}/" if "/" in file else file
        yield from (key for key in Programme.model_fields if STANDS_IN.get(key, PROGRAMME_FILE) == kind)


def _by_own_name(read: dict[str, Source], kind: str, faults: list[Fault]) -> dict[str, Source]:
    """The files of a kind by the name each gives itself, or by the file's name if it gives none."""
    named: dict[str, Source] = {}
    for file, source in read.items():
        if not file.startswith(f"{kind}s/"):
            continue
        name = source.content.get(kind)
        own = name if isinstance(name, str) else file
        if own in named:
            faults.append(
                Fault(source.place((kind,)), "declared_twice", {"name": own, "other": named[own].place((kind,))})
            )
        named.setdefault(own, source)
    return named
