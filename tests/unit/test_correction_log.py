"""The log of corrections as a file: read whole, or refused in one sentence with its line.

Whatever key of it is dropped, doubled, misspelt or given another value: what is read all the same was truly optional.
"""

import re
from itertools import pairwise, product
from pathlib import Path

import pytest
import yaml

from assets.received import RoundKey
from pipelines.readers.correction_log import LARGEST_LOG, read_corrections, read_log
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration.faults import ConfigurationError
from tests import mutated
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


PARTS = [{"case_number": "EX 1", "amount_sek": 5}, {"case_number": "EX 2", "amount_sek": 7}]


def log(*entries: object) -> bytes:
    return yaml.safe_dump({"corrections": list(entries)}, allow_unicode=True).encode()


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in ENTRY.items() if key != name}


def test_entries_are_numbered_as_written_and_the_log_is_hashed():
    read = read_log(log(ENTRY, ENTRY | {"date": "2024-06-01", "by": "B"}), NAME)
    assert list(read.entries) == [1, 2]
    assert (read.entries[1].new, read.entries[1].row, read.entries[1].key) == (None, 3, None)
    assert (read.file.path, read.file.byte_count) == (NAME, len(log(ENTRY, ENTRY | {"date": "2024-06-01", "by": "B"})))
    assert (read.file.card.sender, str(read.file.card.date)) == ("A; B", "2024-06-01")


@pytest.mark.parametrize(
    ("entry", "rule", "told"),
    [
        *((without(name), "key_missing", f"”{name}” saknas") for name in ENTRY if name != "row"),
        pytest.param(without("row"), "row_unclear", "antingen row eller key", marks=pytest.mark.rule("row_unclear")),
        (ENTRY | {"key": {"column": "Nr", "value": "1"}}, "row_unclear", "antingen row eller key"),
        (ENTRY | {"row": 0}, "value_unfit", "”row” ska vara minst 1"),
        (without("row") | {"key": {"column": "Nr"}}, "key_missing", "”value” saknas"),
        pytest.param(
            ENTRY | {"new": "  hemligt\u00a0"},
            "change_of_nothing",
            "old och new är lika",
            marks=pytest.mark.rule("change_of_nothing"),
        ),
        pytest.param(ENTRY | {"split": PARTS}, "new_or_split", "antingen new", marks=pytest.mark.rule("new_or_split")),
        (without("new") | {"split": []}, "value_unfit", "”split”"),
        (without("new") | {"split": [{"case_number": "EX 1", "amount_sek": 0}]}, "value_unfit", "”amount_sek”"),
        (ENTRY | {"old": 5}, "value_unfit", "”old” ska vara en text; sätt den inom citattecken"),
        (ENTRY | {"new": True}, "value_unfit", "”new” ska vara en text; sätt den inom citattecken"),
        pytest.param(
            ENTRY | {"new": "a\0b"}, "text_with_null", "Ta bort dem.", marks=pytest.mark.rule("text_with_null")
        ),
        (ENTRY | {"reason": "nio tecken"[:9]}, "value_unfit", "”reason” ska vara en text (minsta antal tecken är 10)"),
        pytest.param(
            ENTRY | {"by": " "}, "text_blank", "Skriv vad som ska stå här.", marks=pytest.mark.rule("text_blank")
        ),
        (ENTRY | {"date": "2024-02-30"}, "value_unfit", "”date” ska vara ett datum, skrivet ÅÅÅÅ-MM-DD"),
        (ENTRY | {"status": "aplied"}, "value_unknown", "menade du ”applied”?"),
        (ENTRY | {"sheet": "Blad1"}, "key_unknown", "det finns ingen nyckel ”sheet”; det finns file, row, key"),
        (without("status") | {"statsu": "applied"}, "key_unknown", "”statsu”; menade du ”status”?"),
    ],
)
def test_an_entry_that_is_wrong_is_told_with_its_line(entry: dict[str, object], rule: str, told: str):
    with stops_by(rule, where=NAME, todo=told, never=["hemligt"]) as raised:
        read_corrections(log(ENTRY, entry), NAME)
    place = raised.value.values["place"]
    assert place.line is not None
    assert place.line > len(log(ENTRY).splitlines())


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "yaml_no_mapping", 1),
        (b"- a", "yaml_no_mapping", 1),
        (b"corrections: []", "value_unfit", 1),
        (b"corrections: {}", "value_unfit", 1),
        (b"corrections: [", "yaml_broken", 1),
        (b"corrections:\n- old: 'hemligt'\n  new: : a\n", "yaml_broken", 3),
        (b"# \xe5\n\xff", "yaml_no_utf8", 1),
        (b"corrections:\n- date: 2024-02-30", "value_impossible", 2),
        (b"correction: []", "key_unknown", 1),
    ],
)
def test_what_is_no_log_is_told_with_its_line(content: bytes, rule: str, line: int):
    with stops_by(rule, where=f"{NAME}, ", todo=f"{NAME}, rad {line}: ", never=["hemligt"]):
        read_corrections(content, NAME)


def test_a_log_whose_aliases_unfold_without_end_is_refused():
    aliases = "\n".join(f"{name}: &{name} [{', '.join([f'*{before}'] * 50)}]" for before, name in pairwise("abcde"))
    with stops_by("yaml_too_large", where=NAME, todo="Skriv ut det som alias (*) upprepar."):
        read_corrections(f"a: &a [x]\n{aliases}\n".encode(), NAME)


@pytest.mark.rule("file_unreadable")
def test_a_log_that_is_too_large_is_refused_unread():
    with stops_by("file_unreadable", where=NAME, todo="större än 1 MB"):
        read_corrections(b"#" * (LARGEST_LOG + 1), NAME)


# -- every key ------------------------------------------------------------------------------------------------------
TEXT = yaml.safe_dump(
    {"corrections": [ENTRY, without("row") | {"key": {"column": "Nr", "value": "7"}, "new": "12 kr"}]},
    sort_keys=False,
    allow_unicode=True,
)
PATHS = mutated.paths(TEXT)
KEYS = [path for path in PATHS if isinstance(path[-1], str)]
TOLD = re.compile(rf"{re.escape(NAME)}, rad (\d+): [^\n{{}}]+")


def line_told(text: str) -> int | None:
    """The line of the sentence that refuses the log; None where it is read."""
    try:
        read_corrections(text.encode(), NAME)
    except ConfigurationError as error:
        return line_of(error)
    return None


def line_of(error: ConfigurationError) -> int:
    """The line that a person is told, in the one shape that every sentence has."""
    told = TOLD.fullmatch(error.sentence("sv"))
    assert told, error.sentence("sv")
    assert "hemligt" not in error.sentence("sv") + error.sentence("en")
    assert not set("\n{}") & set(error.sentence("en"))
    return int(told[1])


def test_a_key_that_is_dropped_was_optional_or_is_missed_in_its_entry():
    for path in PATHS:
        text = mutated.dropped(TEXT, path)
        expected = None if isinstance(path[-1], int) else mutated.line_of(text, path[:-1])
        assert line_told(text) == expected, path


def test_a_key_that_stands_twice_is_told_with_its_second_line():
    for path in KEYS:
        text = mutated.doubled(TEXT, path)
        assert line_told(text) == mutated.lines_of(text, path)[1], path


def test_a_key_that_is_misspelt_is_told_with_its_line():
    for path in KEYS:
        text = mutated.renamed(TEXT, path, f"{path[-1]}x")
        assert line_told(text) == mutated.line_of(text, (*path[:-1], f"{path[-1]}x")), path


def test_a_value_of_another_type_is_told_with_its_line():
    for path, value in product(PATHS, ("[]", "{}", "7", "x: y", "true")):
        if path[-1] != "row" or value not in ("7", "true"):
            text = mutated.replaced(TEXT, path, value)
            allowed = {path, (*path, "x")} if value == "x: y" else {path}
            assert line_told(text) in {mutated.line_of(text, each) for each in allowed}, (path, value)


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
