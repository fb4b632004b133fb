"""A programme to spoil, as `statsbidrag programme new` writes it, and what its refusal is held to."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from pipelines.commands.scaffold import start
from schemas.configuration import yaml_source
from schemas.configuration.catalogue import ConfigurationError, load_programme
from tests.stops import stops_by

NAME, YEAR = "nytt-bidrag", 2024
PROGRAMME, QUESTIONS, PRINTED = "programme.yaml", "questions.yaml", "reports/follow_up.yaml"
APPLICATIONS, DECISIONS, FUNDS, REPORTED = (
    f"forms/{form}.yaml" for form in ("applications", "decisions", "funds", "usage_report")
)
FORMS = "    forms: [applications, decisions, funds, usage_report]\n"


@dataclass(frozen=True)
class Fault:
    """What is written instead of what in which file, a text of the line that is to be named, and what is said."""

    file: str
    old: str
    new: str
    at: str = ""
    told: str = ""


def waived(
    rule: str = "used_above_granted", date: str = "2024-06-03", reason: str = "Rättelse väntas", narrowed: str = ""
) -> str:
    """One waiver of a round. Args: narrowed: to what, as its keys."""
    return f"      - {{rule: {rule}, reason: {reason}, by: A, date: {date}, expires: 2024-06-03{narrowed}}}\n"


def waiver(*waivers: str, at: str, told: str) -> Fault:
    """The round with waivers."""
    return Fault(PROGRAMME, FORMS, FORMS + "    waivers:\n" + "".join(waivers), at, told)


@cache
def _as_written() -> dict[str, bytes]:
    """The programme's files as they are started."""
    with TemporaryDirectory() as scratch:
        folder = start(NAME, YEAR, Path(scratch))[0].parent
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def written(folder: Path) -> Path:
    """A programme's folder, below this one."""
    made = folder / "programmes" / NAME
    for name, content in _as_written().items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


def spoil(folder: Path, fault: Fault) -> None:
    """Write the fault into the programme."""
    text = (folder / fault.file).read_text("utf-8")
    assert text.count(fault.old) == 1, fault.old
    (folder / fault.file).write_text(text.replace(fault.old, fault.new), "utf-8")


def last_line_with(file: Path, at: str) -> int:
    """The number, from 1, of the last line that holds the text."""
    return max(number for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1) if at in line)


parsed_once = cache(yaml_source.parsed)
"""What is the same as in other cases is read once."""


def refused(folder: Path, rule: str, file: str, told: str) -> ConfigurationError:
    """The programme is refused by this rule, in one sentence that names the file and says what is told."""
    with (
        stops_by(rule, where=f"programmes/{NAME}/{file}", todo=told) as raised,
        patch.object(yaml_source, "parsed", parsed_once),
    ):
        load_programme(folder)
    assert isinstance(raised.value, ConfigurationError)
    return raised.value


def refused_in_its_line(folder: Path, rule: str, fault: Fault) -> None:
    """The fault alone makes the programme refused, with the line that it stands in."""
    spoil(folder, fault)
    error = refused(folder, rule, fault.file, fault.told)
    assert error.faults[0].place.line == last_line_with(folder / fault.file, fault.at)
