"""`statsbidrag programme new`: a small programme that can be read at once, as a place to start from."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from schemas.configuration.catalogue import PROGRAMMES, load_programme
from schemas.configuration.faults import shown
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

TEMPLATE = PROGRAMMES.parent / "templates" / "programme"
NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 60


def start(name: str, year: int, programmes: Path = PROGRAMMES) -> list[Path]:
    """Write a programme of this name, with a round in this year.

    Returns: the files, in the order to fill them in. Raises: Stop if the name is ill-formed or taken.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise Stop("programme_name_unfit", programme=shown(name))
    if (folder := programmes / name).exists():
        raise Stop("programme_exists", programme=name, folder=folder)
    with tempfile.TemporaryDirectory(dir=programmes.parent) as aside:
        written = Path(shutil.copytree(TEMPLATE, Path(aside) / name))
        for file in written.rglob("*.yaml"):
            content = file.read_text("utf-8").replace("NAME", name).replace("YEAR", str(year))
            file.write_text(content, "utf-8")
        load_programme(written)
        written.rename(folder)
    files = [file.relative_to(TEMPLATE) for file in TEMPLATE.rglob("*.yaml")]
    return [folder / file for file in sorted(files, key=lambda file: (len(file.parts), file))]


def told(name: str, files: list[Path], year: int, raw: Path, language: Language) -> Iterator[str]:
    """What was written, and what to do next, line by line."""
    yield text("scaffold_written", language).format(programme=name)
    yield from (f"  {file}" for file in files)
    yield text("scaffold_next", language)
    for step in ("scaffold_declare", "scaffold_receive", "scaffold_check", "scaffold_run"):
        yield "  " + text(step, language).format(programme=name, year=year, folder=raw / name / str(year))
