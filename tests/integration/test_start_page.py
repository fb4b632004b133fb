"""The start page: where every round stands, in words, whatever the warehouse has; what it leads to is there."""

import json
import re
import shutil
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipelines.reports.start.pages import shown, start_page, write_start
from pipelines.warehouse.layout import CURRENT, DATABASE, MANIFEST, REFUSED, VERSIONS
from schemas.words.vocabulary import Language
from tests.integration.publishing import PROGRAMME, contents_of, current, publish

HOSTILE = '<script>alert("x")</script>'


def told(root: Path, language: Language = "sv") -> str:
    """What a person reads on the page, on one line."""
    page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", start_page(shown(root, language)), flags=re.DOTALL)
    return " ".join(page.replace("\u00a0", " ").split())


class Links(HTMLParser):
    """The links of a page, as they stand."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


@pytest.fixture
def stopped(sample_warehouse: Path, tmp_path: Path) -> Path:
    """The sample, of which one round was refused since."""
    root = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, root, symlinks=True)
    refuse(root, PROGRAMME, 2022)
    return root


def refuse(root: Path, programme: str, year: int) -> None:
    (root / REFUSED).mkdir(parents=True, exist_ok=True)
    for language in ("sv", "en"):
        (root / REFUSED / f"{programme}-{year}.{language}.html").touch()


def test_each_round_is_told_in_words_with_what_is_at_stake_and_what_of_it_is_not_known(sample_warehouse):
    page = told(sample_warehouse)
    assert (
        "2023 Att göra delvis fiktiva 2 saker är kvar. Inget underlag säger vad 54 bidrag har betalat tillbaka; "
        "3 229 753 kr ska betalas tillbaka. Står på spel 3 119 562 kr, inte känt om det är betalt eller rätt använt "
        "Försenat inget"
    ) in page
    assert "2022 Att göra" in page
    assert "Försenat 2 saker, 16 798 kr" in page
    assert "Inget att göra" not in page


def test_what_changed_since_the_version_before_is_told(sample_warehouse):
    page = told(sample_warehouse)
    assert "Ändrat sedan förra versionen omgången är ny i den här versionen" in page
    assert "Ändrat sedan förra versionen inget av siffrorna här och inga filer" in page


def test_everything_that_the_page_leads_to_is_there(sample_warehouse):
    for name in ("index.html", "index.en.html", "dictionary.html", "dictionary.en.html"):
        links = Links((sample_warehouse / name).read_text("utf-8")).found
        assert links
        missing = [link for link in links if not link.startswith("#") and not (sample_warehouse / link).exists()]
        assert missing == []


def test_a_round_that_was_stopped_comes_first_and_is_not_called_well(stopped):
    page = told(stopped)
    assert page.index("Stoppat i den senaste körningen") < page.index("2023 Att göra")
    assert "2022 Stoppad" in page
    assert "2022 Att göra" not in page
    assert "äldre än det som togs emot" in page


def test_a_warehouse_with_nothing_says_so(tmp_path: Path):
    assert "Ingenting är publicerat än." in told(tmp_path)
    assert "Nothing is published yet." in told(tmp_path, "en")


def test_a_warehouse_with_one_stopped_round_only_tells_of_it(tmp_path: Path):
    refuse(tmp_path, PROGRAMME, 2023)
    page = told(tmp_path)
    assert "Ingenting är publicerat än." in page
    assert "2023 Stoppad Varför den stoppades . Körningen stoppades, och inget av omgången är publicerat." in page


@pytest.mark.parametrize("damage", [b"", b"not a database"])
def test_a_version_whose_database_cannot_be_read_is_not_called_well(stopped: Path, damage: bytes):
    (current(stopped) / DATABASE).write_bytes(damage)
    page = told(stopped)
    assert "går inte att läsa: läget är inte uträknat" in page
    assert "I ordning" not in page


def test_a_version_of_an_older_kind_is_told_as_what_it_is(tmp_path: Path):
    version = publish(tmp_path, contents_of(1))
    manifest = json.loads((version / MANIFEST).read_text("utf-8"))
    card = {"programme": PROGRAMME, "year": 2023, "as_of_date": "2024-07-31"}
    (version / MANIFEST).write_text(json.dumps(manifest | {"rounds": [card]}), "utf-8")
    assert "Versionen är av ett äldre slag" in told(tmp_path)


def test_hostile_text_is_inert(tmp_path: Path):
    version = publish(tmp_path, contents_of(1))
    manifest = json.loads((version / MANIFEST).read_text("utf-8"))
    card = {"programme": HOSTILE, "year": 2023, "as_of_date": HOSTILE}
    (version / MANIFEST).write_text(json.dumps(manifest | {"rounds": [card], "published_at": HOSTILE}), "utf-8")
    assert "<script" not in start_page(shown(tmp_path, "sv"))


def test_a_figure_that_is_another_than_in_the_version_before_is_told_with_both(stopped: Path):
    """The version before is made the later one: what was new is gone, what was not there is there."""
    before = next(each for each in (stopped / VERSIONS).iterdir() if each.name != current(stopped).name)
    shutil.rmtree(before)
    shutil.copytree(current(stopped), before)
    manifest = json.loads((before / MANIFEST).read_text("utf-8"))
    older = {"version": before.name, "published_at": "2000-01-01T00:00:00+00:00"}
    (before / MANIFEST).write_text(json.dumps(manifest | older), "utf-8")
    with sqlite3.connect(before / DATABASE) as database:
        database.execute("UPDATE out_standing SET at_stake_sek = 1, task_count = 7 WHERE year = 2022")
    assert "Ändrat sedan förra versionen på spel 1 kr → 16 798 kr; att göra 7 → 6" in told(stopped)


def test_the_pages_of_a_warehouse_stay_small(sample_warehouse):
    write_start(sample_warehouse)
    assert (sample_warehouse / CURRENT).is_symlink()
    for path in sample_warehouse.glob("*.html"):
        assert path.stat().st_size < 500_000
