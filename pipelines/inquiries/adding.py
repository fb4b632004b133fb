"""`statsbidrag add`: an export put where its round looks for it, with its source card. Nothing is ever overwritten."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.domain.reading.exports import claimed
from assets.received import InputFile, RoundKey
from pipelines.inquiries.checking import chosen_rounds, round_forms, told_round
from pipelines.inquiries.yaml_text import quoted
from pipelines.readers.correction_log import LOG
from pipelines.readers.raw_folder import CARD, RawFolder, assumed_card, card_path_of, read_export
from pipelines.readers.received_folders import is_left_over
from pipelines.readers.snapshot import content_of
from pipelines.warehouse import files
from schemas.configuration import yaml_source
from schemas.configuration.faults import shown
from schemas.configuration.forms import Form
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

CARD_KEYS = (
    "title",
    "origin",
    "sender",
    "date",
    "complete_through",
    "closed",
    "reality",
    "licence",
    "note",
    "replaces",
)
KEYS = ("programme", "year", *CARD_KEYS)
"""What can be answered, in the order of a card."""

NEEDED = ("origin", "date", "reality", "licence")
"""What no file tells of itself, and no card is without."""

DAYS = ("date", "complete_through")
TRUE = "true"

REALITIES = ("real", "synthetic", "mixed")

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """Where a file is to lie, what form it is of, if of any, and the file of that form that counts there now."""

    source: Path
    target: Path
    key: RoundKey
    content: bytes
    form: Form | None
    same_form: Sequence[str] = ()
    standing: str | None = None

    @property
    def title(self) -> str:
        """What the file may be called, where nobody says better."""
        return self.form.title.sv if self.form else self.target.stem


def answers_in(told: Sequence[str]) -> dict[str, str]:
    """What `--as` says: YAML files of answers, and single ones as KEY=VALUE; a later one goes before an earlier one.

    Raises: Stop: a file cannot be read, or a key is nothing to answer.
    """
    answers: dict[str, str] = {}
    for each in told:
        key, equals, value = each.partition("=")
        if equals and "/" not in key:
            found = {key.strip(): value.strip()}
        else:
            content = yaml_source.read(Path(each), Path(each).name).content
            found = {str(key): str(value) for key, value in content.items() if value is not None}
        if unknown := [key for key in found if key not in KEYS]:
            raise Stop("add_answer_unknown", key=shown(unknown[0]), known=", ".join(KEYS))
        answers |= found
    return answers


def place_for(source: Path, raw: Path, programme: str | None, year: int | None) -> Place:
    """Where the file is to lie. Raises: Stop if it cannot be read, fits no round or several, or cannot lie there."""
    name = source.name
    if name.endswith(CARD) or name == LOG or is_left_over(name):
        raise Stop("add_name_unfit", file=name)
    file = read_export(source, name, lambda _: assumed_card(name))
    rounds = list(chosen_rounds(programme, year))
    key = rounds[0] if programme and year else told_round(file, rounds)
    folder = RawFolder(raw)
    target = raw / key.programme / str(key.year) / name
    _refuse_taken(source, target, folder, key, file.sha256)
    form = _form_of(file, key)
    same = list(_of_form(folder, key, form, but=target)) if form else []
    replaced = {other.card.replaces for other in same}
    standing = [other.name for other in same if other.name not in replaced]
    content = content_of(source, name)
    return Place(source, target, key, content, form, [other.name for other in same], standing[0] if standing else None)


def _refuse_taken(source: Path, target: Path, folder: RawFolder, key: RoundKey, digest: str) -> None:
    is_there = (target.exists() or target.is_symlink()) and source != target.resolve()
    for path in (target, card_path_of(target)):
        if is_there or (path != target and path.exists()):
            raise Stop("add_name_taken", file=path.name, folder=path.parent)
    for other in folder.paths(key):
        if other != target and other.is_file() and hashlib.sha256(content_of(other, other.name)).hexdigest() == digest:
            raise Stop("add_same_content", file=target.name, other=other.name)


def _form_of(file: InputFile, key: RoundKey) -> Form | None:
    try:
        return claimed(file, round_forms(key)).form
    except Stop:
        return None  # `check` says why, once it lies there


def _of_form(folder: RawFolder, key: RoundKey, form: Form, *, but: Path) -> Iterator[InputFile]:
    """The files of a form that lie in a round's folder; what cannot be read is no matter of this file."""
    for path in folder.paths(key):
        if path == but:
            continue
        try:
            other = folder.read(path)
        except Stop:
            continue
        found = _form_of(other, key)
        if found and found.form == form.form:
            yield other


def refuse_replacing(place: Place, replaces: str | None) -> None:
    """Raises: Stop if the file replaces what is not there, or replaces nothing where one of its form counts."""
    if replaces is not None and replaces not in place.same_form:
        raise Stop("add_replaces_nothing", file=place.target.name, other=shown(replaces), folder=place.target.parent)
    if replaces is None and place.standing is not None:
        raise Stop("add_replaces_unknown", file=place.target.name, other=place.standing)


def unfit(key: str, value: str, today: dt.date) -> Said | None:
    """Why an answer cannot be; None where it can."""
    if key == "reality" and value not in REALITIES:
        return Said("add_why_reality", ", ".join(REALITIES))
    if key == "closed":
        return None if value.lower() == TRUE else Said("add_why_closed")
    if key in DAYS:
        try:
            return Said("add_why_later") if dt.date.fromisoformat(value) > today else None
        except ValueError:
            return Said("add_why_date")
    return None if value.strip() or key not in NEEDED else Said("add_why_empty")


def missing(answers: Answers) -> list[str]:
    """What must be answered and is not."""
    return [key for key in NEEDED if key not in answers]


def put(place: Place, answers: Answers, today: dt.date) -> None:
    """Write card and file, the card first: a file without one would stop a run.

    Raises: Stop if an answer is missing or cannot be, or the disk refuses.
    """
    if keys := missing(answers):
        raise Stop("add_not_told", file=place.target.name, keys=", ".join(keys))
    for key, value in answers.items():
        if why := unfit(key, value, today):
            raise Stop("add_answer_unfit", key=key, value=shown(value), why=why)
    through = answers.get("complete_through")
    if through and dt.date.fromisoformat(through) > dt.date.fromisoformat(answers["date"]):
        raise Stop("add_answer_unfit", key="complete_through", value=shown(through), why=Said("add_why_after_date"))
    refuse_replacing(place, answers.get("replaces"))
    written = {card_path_of(place.target): card(place, answers).encode()}
    if place.source != place.target.resolve():
        written[place.target] = place.content
    with files.write_failures(str(place.target)):
        files.make_folder(place.target.parent)
        for path, content in written.items():
            try:
                files.put_new(path, content)
            except FileExistsError:
                raise Stop("add_name_taken", file=path.name, folder=path.parent) from None


def card(place: Place, answers: Answers) -> str:
    """The source card as YAML."""
    said = {"title": place.title, **answers}
    lines = [f"{key}: {_written(key, said[key])}" for key in CARD_KEYS if said.get(key)]
    return "\n".join([*lines, f"sha256: {hashlib.sha256(place.content).hexdigest()}"]) + "\n"


def _written(key: str, value: str) -> str:
    if key == "closed":
        return TRUE
    return value if key in DAYS else quoted(value)
