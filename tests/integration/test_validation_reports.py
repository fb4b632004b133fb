"""An auditor's questions are answered by the report alone."""

import html
import re
import shutil
from pathlib import Path

import pytest

from pipelines.reports.audited import audited
from pipelines.warehouse.layout import REFUSED
from tests.integration.publishing import PROGRAMME, ROOT, copied, inside, run_rounds
from tests.integration.test_rounds_whole import LESS_THAN_GRANTED, PRINTED_2022, set_funds


def read(path: Path) -> str:
    """A page as its reader has it: without markup, on one line."""
    text = re.sub(r"<style>.*?</style>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def page(warehouse: Path, year: int, language: str = "sv") -> str:
    return read(inside(warehouse) / f"validation/{PROGRAMME}-{year}.{language}.html")


def section(text: str, title: str, after: str) -> str:
    """From one heading to the next; each stands once in the contents and once over its section."""
    return text.split(title, 2)[2].split(after, 1)[0]


def test_which_rows_were_left_out_of_2022_and_why(sample_warehouse):
    told = section(page(sample_warehouse, 2022), "Rader som inte räknas", "Från mottaget till godtaget")
    assert "aterrapport-2022.csv 2 Exempelkommun 01 undantagen Testinskickning" in told
    assert "aterrapport-2022.csv 3 Exempelkommun 04 ersatt Ersatt inskickning" in told
    assert told.count("aterrapport-2022.csv") == 2


def test_who_changed_what_was_received(sample_warehouse):
    told = section(page(sample_warehouse, 2022), "Ändringar av det mottagna", "Avstämning")
    assert "1 aterrapport-2022.csv J20 Vilka aktörer" in told
    assert "Exempelkommun 17 Ingen samverkan Kommunala eller privata hyresvärdar" in told
    assert "gäller Mottagaren svarade att den inte samverkat" in told
    assert "Handläggare Exempel 2023-03-01 fiktiva" in told
    assert "Inga enskilda värden är ändrade." not in told
    assert "Läst som rättelselogg" in section(page(sample_warehouse, 2022), "Vad som lästs", "Alla regler")


def test_a_round_without_corrections_says_so(sample_warehouse):
    told = section(page(sample_warehouse, 2023), "Ändringar av det mottagna", "Avstämning")
    assert "Inga enskilda värden är ändrade." in told


def test_what_nobody_checked(sample_warehouse):
    told = section(page(sample_warehouse, 2023), "Vad ingen har prövat", "Undantag från regler")
    assert "Kolumner som inte lästs" in told
    assert "beslut-2023.xlsx:" in told
    assert "”Beslutsfattare”" in told


def test_every_file_is_there_with_its_hash_and_its_card(sample_warehouse):
    text = page(sample_warehouse, 2023)
    for card in sorted((ROOT / "raw" / PROGRAMME / "2023").glob("*.card.yaml")):
        [digest] = re.findall(r"sha256: ([0-9a-f]{64})", card.read_text("utf-8"))
        assert digest in text
        assert f"{PROGRAMME}/2023/{card.name.removesuffix('.card.yaml')}" in text
    assert "None: copied from the publication into tests/sample in this repository." in text


def test_the_funnel_adds_up_and_has_the_rows_of_the_files(sample_warehouse):
    """Of 19 submissions one is a test and one replaced; then applications, decisions, funds, events, bookings."""
    told = section(page(sample_warehouse, 2022), "Från mottaget till godtaget", "Vad som lästs")
    assert f"Summa {29 + 19 + 17 + 1 + 30 + 20} {29 + 17 + 17 + 1 + 30 + 20} 1 1 0" in told


def test_rules_that_found_nothing_are_listed_with_their_ground(sample_warehouse):
    told = section(page(sample_warehouse, 2022), "Alla regler", "Vad ingen har prövat")
    held = "prövad på 17 (återrapporteringar som anger använt belopp)"
    assert f"Använt mer än beviljat used_above_granted varning 8 § SFS 2022:1416 (preliminärt) {held} 0 0" in told


def test_a_rule_that_could_not_be_tried_prints_no_nought_and_the_catch_rate_is_told_with_its_day(sample_warehouse):
    told = section(page(sample_warehouse, 2023), "Alla regler", "Vad ingen har prövat")
    assert "not_in_the_ledger varning räkneidentitet kunde inte prövas: inga bokföringsrader – 0" in told
    assert audited().sentence("sv") in told


def test_the_reconciliation_has_every_recipient_and_its_sums(sample_warehouse):
    # In the contents it stands twice: the comparison with the books begins with the same word.
    told = page(sample_warehouse, 2023).split("Avstämning", 3)[3].split("Kontoställning", 1)[0]
    assert told.count("härlett)") == 54
    assert "Summa för dem som har ett beslut 21 117 795 17 998 233 3 119 562 110 191" in told


def test_the_english_page_says_the_same_in_english(sample_warehouse):
    told = section(page(sample_warehouse, 2022, "en"), "Rows that do not count", "From received to accepted")
    assert "aterrapport-2022.csv 2 Exempelkommun 01 excluded Test submission" in told


def test_the_first_version_of_a_round_has_nothing_to_be_compared_with(sample_warehouse):
    assert "Det finns ingen tidigare version med omgången." in page(sample_warehouse, 2023)


def test_a_round_that_did_not_change_says_so(sample_warehouse):
    """The version before has the round of 2022 alone."""
    assert "Inget är ändrat i omgången." in page(sample_warehouse, 2022)


def test_a_page_loads_nothing_and_runs_nothing(sample_warehouse):
    for path in [*inside(sample_warehouse).glob("validation/*.html"), *sample_warehouse.glob("*.html")]:
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text
        assert not re.search(r"<script|<img|<link|<iframe|https?://|url\(|@import", text), path.name


# -- a round that is refused ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refused(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both rounds were published, and then 2022 came back with less money than was granted."""
    folder = tmp_path_factory.mktemp("refused")
    raw = shutil.copytree(ROOT / "raw", folder / "raw")
    set_funds(raw, 2022, PRINTED_2022, LESS_THAN_GRANTED)
    warehouse = copied(sample_warehouse, folder / "warehouse")
    done = run_rounds("--year", "2022", warehouse=warehouse, raw=raw)
    assert done.returncode == 1
    assert f"{warehouse}/{REFUSED}/{PROGRAMME}-2022.sv.html#funds_exceeded" in done.stderr
    return warehouse


def test_a_refused_round_has_its_report_at_once(refused):
    told = read(refused / REFUSED / f"{PROGRAMME}-2022.sv.html")
    assert "Omgången är inte publicerad: en stoppregel har funnit något." in told
    assert "Beviljade medel (1 761 018 kr) är mer än de disponibla (1 000 kr)." in told
    assert "Inte prövad: omgången blev ingen version." in told


def test_a_refused_round_is_compared_with_what_is_published(refused):
    told = read(refused / REFUSED / f"{PROGRAMME}-2022.sv.html")
    assert "Disponibla medel 3 500 000 1 000" in told
    assert "Fil: medel-2022.csv annat innehåll" in told


def test_the_index_leads_to_the_report_of_a_refused_round(refused):
    assert f'href="{REFUSED}/{PROGRAMME}-2022.sv.html"' in (refused / "validation.sv.html").read_text("utf-8")


def test_the_report_of_a_refused_round_is_withdrawn_when_the_round_is_accepted(refused):
    done = run_rounds("--year", "2022", warehouse=refused)
    assert done.returncode == 0, done.stderr
    assert list((refused / REFUSED).iterdir()) == []
    assert f'href="{REFUSED}' not in (refused / "validation.sv.html").read_text("utf-8")
    assert (inside(refused) / "validation" / f"{PROGRAMME}-2022.sv.html").exists()
