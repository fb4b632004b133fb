"""The log of corrections as a file: read whole, or refused in one sentence that says where in it."""

from pathlib import Path

import pytest
import yaml

from assets.ports import RoundKey
from pipelines.readers.correction_log import LARGEST_LOG, read_corrections, read_log
from pipelines.readers.raw_folder import RawFolder
from tests.stops import stops_by

NAME = "p/2022/corrections.yaml"
ENTRY = {
    "file": "a.csv",
    "row": 3,
    "column": "Belopp",
    "old": "hemligt",
    "new": None,
    "reason": "tio tecken",
    "by": "A",
    "date": "2024-05-02",
    "status": "applied",
}


def log(*entries: object) -> bytes:
    return yaml.safe_dump({"corrections": list(entries)}, allow_unicode=True).encode()


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in ENTRY.items() if key != name}


@pytest.mark.rule("correction_invalid", holds=True)
def test_entries_are_numbered_as_written_and_the_log_is_hashed():
    read = read_log(log(ENTRY, ENTRY | {"date": "2024-06-01", "by": "B"}), NAME)
    assert list(read.entries) == [1, 2]
    assert (read.entries[1].new, read.entries[1].row, read.entries[1].key) == (None, 3, None)
    assert (read.file.path, read.file.byte_count) == (NAME, len(log(ENTRY, ENTRY | {"date": "2024-06-01", "by": "B"})))
    assert (read.file.card.origin, str(read.file.card.date)) == ("A; B", "2024-06-01")


@pytest.mark.rule("correction_invalid")
@pytest.mark.parametrize(
    ("entry", "place"),
    [
        *((without(name), f"corrections.2.{name}") for name in ENTRY if name != "row"),
        (without("row"), "corrections.2: "),
        (ENTRY | {"key": {"column": "Nr", "value": "1"}}, "corrections.2: "),
        (ENTRY | {"row": 0}, "corrections.2.row"),
        (without("row") | {"key": {"column": "Nr"}}, "corrections.2.key.value"),
        (ENTRY | {"new": "  hemligt\u00a0"}, "corrections.2: "),
        (ENTRY | {"old": 5}, "corrections.2.old"),
        (ENTRY | {"new": True}, "corrections.2.new"),
        (ENTRY | {"new": "a\0b"}, "corrections.2.new"),
        (ENTRY | {"reason": "nio tecken"[:9]}, "corrections.2.reason"),
        (ENTRY | {"by": " "}, "corrections.2.by"),
        (ENTRY | {"date": "2024-02-30"}, "corrections.2.date"),
        (ENTRY | {"status": "klar"}, "corrections.2.status"),
        (ENTRY | {"sheet": "Blad1"}, "corrections.2.sheet"),
    ],
)
def test_an_entry_that_is_wrong_is_told_with_its_number_and_key(entry: dict[str, object], place: str):
    with stops_by("correction_invalid", where=NAME, todo=f"({place}", never=["hemligt"]):
        read_corrections(log(ENTRY, entry), NAME)


@pytest.mark.rule("correction_invalid")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a",
        b"corrections: []",
        b"corrections: [",
        b"\xff",
        b"a: &a [1]\nb: *a",
        b"date: 2024-02-30",
        b"#" * (LARGEST_LOG + 1),
    ],
)
def test_what_is_no_log_is_a_stop(content: bytes):
    with stops_by("correction_invalid", where=NAME, todo="Rätta den enligt raw/README.md"):
        read_corrections(content, NAME)


def test_what_is_no_yaml_is_told_with_its_line():
    with stops_by("correction_invalid", where=NAME, todo="(ingen läsbar YAML på rad 3)", never=["hemligt"]):
        read_corrections(b"corrections:\n- old: 'hemligt'\n  new: : a\n", NAME)


def test_the_log_is_no_export_and_needs_no_card(tmp_path: Path):
    folder = tmp_path / "p" / "2022"
    folder.mkdir(parents=True)
    raw, key = RawFolder(tmp_path), RoundKey("p", 2022)
    assert raw.corrections(key) is None
    (folder / "corrections.yaml").write_bytes(log(ENTRY))
    found = raw.corrections(key)
    assert found is not None
    assert found.file.path == NAME
    assert raw.paths(key) == []


def test_the_example_for_those_who_write_one_is_a_log():
    lines = (Path(__file__).parents[2] / "raw" / "README.md").read_text("utf-8").splitlines()
    start = lines.index("    corrections:")
    block = "\n".join(line[4:] for line in lines[start : lines.index("", start)])
    [entry] = read_corrections(block.encode(), NAME)
    assert (entry.row, entry.old, entry.new) == (12, "11 116 kr", "11 161 kr")
