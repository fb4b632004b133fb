"""The reports for the house: from a printed figure to the received cells under it, and no further clicks."""

import re
from html import unescape
from pathlib import Path

import pytest

from pipelines.reports.sources import addresses
from pipelines.warehouse.layout import CURRENT, SOURCES, inside_of

PROGRAMME, REPORT = "stadigvarande-boende", "delredovisning_2024"
CELL = re.compile(r"([A-Z]+)(\d+)(?:–[A-Z]+(\d+))?")


@pytest.fixture(scope="session")
def with_sources(sample_warehouse: Path) -> str:
    version = (sample_warehouse / CURRENT).resolve()
    return (inside_of(version) / SOURCES / PROGRAMME / f"{REPORT}.html").read_text("utf-8")


def section(page: str, anchor: str) -> str:
    return page.split(f'<h3 id="{anchor}"')[1].split("</section>", maxsplit=1)[0]


def cells(told: str, role: str) -> set[tuple[str, int]]:
    """The cells that a section lists in one role, each by column and row."""
    found: set[tuple[str, int]] = set()
    for row in re.findall(rf'<th scope="row">{role}</th>.*?</tr>', told):
        for column, first, last in CELL.findall(row.split("<td>")[3]):
            found |= {(column, number) for number in range(int(first), int(last or first) + 1)}
    return found


def test_94_percent_in_table_3_leads_to_its_46_cells(with_sources: str):
    """The number itself is the link; its three others are the rest of the base of 49."""
    [anchor] = set(re.findall(r'<a href="#(t3-r\d+-k\d+)">94</a>', with_sources))
    told = section(with_sources, anchor)
    assert len(cells(told, "räknas")) == 46
    assert len(cells(told, "bas i övrigt")) == 3
    assert f"{PROGRAMME}/2023/enkat-2023.csv" in told


def test_every_printed_number_with_an_expression_is_a_link_that_leads_somewhere(with_sources: str):
    links, places = (set(re.findall(rf"{name}(t\d+-r\d+-k\d+)", with_sources)) for name in ('href="#', 'h3 id="'))
    assert links == places != set()


def test_a_file_stands_with_its_whole_hash_and_a_corrected_cell_says_by_whom(with_sources: str):
    assert re.search(r"enkat-2023\.csv: <code>[0-9a-f]{64}</code>", with_sources)
    assert "rättad 20" in unescape(with_sources)


def test_the_way_to_the_cells_stays_in_the_house(sample_warehouse: Path):
    version = (sample_warehouse / CURRENT).resolve()
    published = (version / "reports" / PROGRAMME / f"{REPORT}.html").read_text("utf-8")
    assert not (version / SOURCES).exists()
    assert "enkat-2023.csv" not in published


@pytest.mark.parametrize(
    ("rows", "told"),
    [([2], "F2"), ([2, 3], "F2, F3"), ([2, 3, 4], "F2–F4"), ([2, 4, 5, 6, 9], "F2, F4–F6, F9"), ([], "")],
)
def test_rows_that_follow_each_other_are_told_as_from_and_to(rows: list[int], told: str):
    assert addresses("F", rows) == told
