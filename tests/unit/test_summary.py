"""What a run leaves on the terminal of its findings: a line per rule, nothing counted twice, nothing left uncounted."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.reports.places import headers_of, place
from pipelines.reports.summary import LABEL_WIDTH, SHOWN_RULES, findings, folded, summary
from schemas.words.vocabulary import Language
from tests.rows import Record

FILE, OTHER, NESTED = "p/2023/a.csv", "p/2023/b.xlsx", "p/2023/c.json"
HEADERS = headers_of([{"source_file": NESTED, "source_column": "B", "header": "Values/used/Value"}])


def finding(rule: str, row: int | None = None, column: str | None = None, **facts: object) -> Record:
    place_of = {"source_file": FILE, "source_row": row, "source_column": column}
    return {"rule": rule, "title": rule.upper(), "severity": "warn", **place_of, **facts}


def told(*found: Record, language: Language = "sv") -> list[str]:
    return [line.strip() for line in findings(list(map(dict, found)), HEADERS, language)]


def test_the_findings_of_a_rule_are_one_line_with_their_count_and_the_first_places():
    found = [finding("a", row, "C") for row in range(2, 12)]
    assert told(*found)[1:] == ["10 × A (varning): a.csv C2, C3, C4 … och 7 till"]
    assert told(*found, language="en")[1:] == ["10 × A (warning): a.csv C2, C3, C4 … and 7 more"]


def test_no_more_are_told_of_than_there_are():
    assert told(*[finding("a", row, "C") for row in (2, 3, 4)])[1:] == ["3 × A (varning): a.csv C2, C3, C4"]
    assert told(*[finding("a", row, "C") for row in (2, 3, 4, 5)])[1:] == [
        "4 × A (varning): a.csv C2, C3, C4 … och 1 till"
    ]


def test_a_file_is_named_where_it_is_another_than_before():
    found = [finding("a", 2, "C"), finding("a", 3), finding("a", 2, "D", source_file=OTHER)]
    assert told(*found)[1:] == ["3 × A (varning): a.csv C2, rad 3, b.xlsx D2"]


def test_the_gravest_rule_is_first_and_then_the_one_with_most_findings():
    found = [
        finding("a", 1),
        finding("b", 2),
        finding("b", 3),
        finding("c", 4, severity="quarantine"),
        finding("d", 5, severity="stop"),
    ]
    assert [line[4] for line in told(*found)[1:]] == ["D", "C", "B", "A"]


def test_the_findings_of_rules_that_are_not_shown_are_counted_and_said_to_be_in_the_table():
    found = [finding(f"r{number:02}", row) for number in range(SHOWN_RULES + 2) for row in (1, 2, 3)]
    lines = told(*found)
    assert (lines[0].split()[-1], len(lines)) == (str(3 * (SHOWN_RULES + 2)), SHOWN_RULES + 2)
    assert lines[-1] == "… och 6 till av andra slag, i tabellen core_finding"


def test_a_finding_about_the_round_as_a_whole_has_a_place_too():
    assert told(finding("a", source_file=None))[1:] == ["1 × A (varning): omgången"]


def test_a_finding_about_a_file_as_a_whole_names_the_file():
    assert told(finding("a"))[1:] == ["1 × A (varning): a.csv"]


def test_a_finding_in_a_submission_names_its_number_its_row_and_the_path():
    """The first row is the headers: the second submission stands in the third."""
    in_cell, in_row = finding("a", 3, "B", source_file=NESTED), finding("a", 3, source_file=NESTED)
    assert place(in_cell, HEADERS, "sv") == "inskickning 2 (rad 3), Values/used/Value"
    assert place(in_row, HEADERS, "en") == "submission 2 (row 3)"
    assert place(finding("a", source_file=NESTED), HEADERS, "sv") == ""


def test_what_a_file_is_called_cannot_act_on_the_terminal():
    assert "\x1b" not in "".join(told(finding("a", 1, source_file="p/2023/\x1b[2J.csv")))


# -- the whole summary ------------------------------------------------------------------------------------------------
def test_a_round_that_was_stopped_is_not_summed_up_as_if_it_were_well(sample_warehouse):
    well, stopped = (summary(sample_warehouse, "sv", each) for each in ((), [("stadigvarande-boende", 2022)]))
    assert "Beviljat                    1\u00a0761\u00a0018\u00a0kr" in well
    assert "1\u00a0761\u00a0018" not in stopped
    assert "  Stoppad i den här körningen." in stopped
    assert "21\u00a0117\u00a0795" in stopped


def test_the_summary_says_where_each_round_stands_and_ends_with_the_address_of_the_start_page(sample_warehouse):
    lines = summary(sample_warehouse, "sv").replace("\u00a0", " ").splitlines()
    assert "  Står på spel                3 119 562 kr, inte känt om det är betalt eller rätt använt" in lines
    assert lines[-1].split() == ["Startsida", (sample_warehouse / "index.html").as_uri()]


def test_a_version_that_cannot_be_read_is_said_to_be_one(tmp_path):
    (tmp_path / "versions/old").mkdir(parents=True)
    (tmp_path / "current").symlink_to("versions/old")
    assert "Versionen old är av ett äldre slag" in summary(tmp_path, "sv")


WORD = st.text("abc", min_size=1, max_size=12)


@given(st.lists(WORD, min_size=1, max_size=30), st.integers(60, 120))
def test_a_line_is_folded_below_its_value_and_nothing_of_it_is_lost(words: list[str], width: int):
    lines = folded(f"  {'Läge':<{LABEL_WIDTH}}{' '.join(words)}", width)
    assert all(len(line) < width for line in lines)
    assert " ".join(lines).split() == ["Läge", *words]
    assert all(line.startswith(" " * (LABEL_WIDTH + 2)) for line in lines[1:])
