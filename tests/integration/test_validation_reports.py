"""An auditor's questions are answered by the report alone."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.reports.audited import audited
from pipelines.warehouse.layout import REFUSED
from tests.integration.publishing import PROGRAMME, ROOT, copied, current, inside, run_rounds
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
    told = section(page(sample_warehouse, 2022), "Rader som inte räknas", "Kontoställning")
    assert "Exempelkommun 01 fiktiva aterrapport-2022.csv, rad 2 undantagen Testinskickning" in told
    assert "Exempelkommun 04 fiktiva aterrapport-2022.csv, rad 3 ersatt Ersatt inskickning" in told
    assert told.count("aterrapport-2022.csv") == 2


def test_what_stood_in_a_row_that_was_left_out(sample_warehouse):
    """Row 2 of aterrapport-2022.csv: a test with amounts that nobody was granted."""
    told = section(page(sample_warehouse, 2022), "Rader som inte räknas", "Kontoställning")
    for cell in ("1 234 567 kr", "123 456 kr", "1 111 111 kr", "2023-01-04 10:30", "EX 2022-0000"):
        assert f": {cell}" in told.replace("\u00a0", " "), cell
    assert "Civilsamhället" not in told


def test_who_changed_what_was_received(sample_warehouse):
    told = section(page(sample_warehouse, 2022), "Ändringar av det mottagna", "Rader som inte räknas")
    assert "aterrapport-2022.csv J20 Vilka aktörer" in told
    assert "Exempelkommun 17 fiktiva Ingen samverkan Kommunala eller privata hyresvärdar" in told
    assert "Handläggare Exempel, 2023-03-01: Mottagaren svarade att den inte samverkat" in told
    assert "Inga enskilda värden är ändrade." not in told
    assert "Läst som rättelselogg" in section(page(sample_warehouse, 2022), "Vad som lästs", "Alla regler")


def test_a_round_without_corrections_says_so(sample_warehouse):
    told = section(page(sample_warehouse, 2023), "Ändringar av det mottagna", "Rader som inte räknas")
    assert "Inga enskilda värden är ändrade." in told


def test_what_nobody_checked(sample_warehouse):
    told = section(page(sample_warehouse, 2023), "Vad ingen har prövat", "Författningens bestämmelser")
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
    told = read(inside(sample_warehouse) / f"validation/{PROGRAMME}-2023.reconciliation.sv.html")
    assert told.count("härlett)") == 54
    assert "Summa för dem som har ett beslut 21 117 795 17 998 233 3 119 562 110 191" in told


def test_the_english_page_says_the_same_in_english(sample_warehouse):
    told = section(page(sample_warehouse, 2022, "en"), "Rows that do not count", "Where the money stands")
    assert "Exempelkommun 01 fictitious aterrapport-2022.csv, row 2 excluded Test submission" in told


# -- the first screen, and what an auditor asked and did not find -----------------------------------------------------


def first_screen(text: str) -> str:
    return text.split("Vad som hittades", 1)[0]


def test_the_first_screen_says_what_is_to_be_done_by_whom_when_and_about_how_much(sample_warehouse):
    told = first_screen(page(sample_warehouse, 2022))
    assert "Att göra." in told
    assert "Fatta beslut efter kommuniceringen Exempelkommun 06 EX 2022-0006 fiktiva beslutsfattaren" in told
    assert "2023-04-11 försenat 11 240 kr" in told
    assert "Att återbetala 55 718 kr Varav inte återbetalat än 16 798 kr" in told


def test_what_is_not_known_of_repayments_is_said_first(sample_warehouse):
    told = first_screen(page(sample_warehouse, 2023))
    assert "Att återbetala 3 229 753 kr Varav inte återbetalat än inte känt för något bidrag (alla 54)" in told


def test_who_ran_the_round_and_that_nobody_is_recorded_as_approving_it(sample_warehouse):
    assert "Körd av somebody. Ingen är antecknad som godkännande." in first_screen(page(sample_warehouse, 2022))
    for path in current(sample_warehouse).rglob("*.json"):
        assert '"ran_by"' not in path.read_text("utf-8"), path


def test_who_decided_a_recovery_and_a_waiver_and_why(sample_warehouse):
    """H027 and what followed: handelser-2022.csv."""
    told = section(page(sample_warehouse, 2022), "Beslut om återkrav", "Ärenden att avgöra")
    assert "beslut om återkrav: Handläggare Exempel – Oanvända medel har inte återbetalats." in told
    assert "eftergift: " in told


def test_how_many_days_late_the_late_report_was(sample_warehouse):
    """Due 2023-02-15, came 2023-02-20: aterrapport-2022.csv row 20, beslut-2022.xlsx."""
    told = section(page(sample_warehouse, 2022), "Sena återrapporteringar", "Undantag från regler")
    assert "Exempelkommun 17 fiktiva aterrapport-2022.csv, rad 20 2023-02-15 2023-02-20" in told
    assert " 5 godtagen omgångens regel" in told


def test_who_has_not_reported_is_told_also_where_nobody_has_not(sample_warehouse):
    for year in (2022, 2023):
        told = page(sample_warehouse, year)
        assert "Har inte återrapporterat Alla vars sista dag har gått har återrapporterat." in told


def test_one_misspelt_name_is_one_thing_to_do_and_its_grant_is_at_stake_once(sample_warehouse):
    told = page(sample_warehouse, 2023)
    assert "Att göra något åt (1)" in told
    assert "Norrtälje ansokningar-2023.csv C34 och 2 till 3 697 120" in told


def test_what_most_recipients_do_is_one_thing_to_try(sample_warehouse):
    assert "Kan stämma – pröva några (1)" in page(sample_warehouse, 2022)


def test_all_that_is_known_of_a_recipient_stands_on_its_page(sample_warehouse):
    folder = inside(sample_warehouse) / "validation"
    assert f'href="{PROGRAMME}-2022.r-9907.sv.html"' in (folder / f"{PROGRAMME}-2022.sv.html").read_text("utf-8")
    told = read(folder / f"{PROGRAMME}-2022.r-9907.sv.html")
    for said in (
        "Påminn om betalning EX 2022-0007 ekonomen 2023-04-26 försenat 5 558 kr",
        "Ansökan: delvis bifall",
        "Beslut om bidrag fiktiva (redovisas senast 2023-02-15) EX 2022-0007 2022-10-11 Handläggare Exempel 134 549",
        "Använt enligt mottagaren 123 433 kr",
        "beslut om återkrav: Handläggare Exempel – Oanvända medel har inte återbetalats.",
        "12 000 kr är bokfört på diarienummer EX 2021-0007",
        "Samverkan Civilsamhället",
        "handelser-2022.csv, rad 31",
    ):
        assert said in told, said
    assert "Exempelkommun 06" not in told


def test_an_amount_that_is_assumed_says_so_where_it_stands(sample_warehouse):
    told = read(inside(sample_warehouse) / f"validation/{PROGRAMME}-2023.accounts.sv.html")
    assert told.count("(antaget som beviljat)") == 54


def test_texts_of_the_house_that_are_english_say_so_on_a_swedish_page(sample_warehouse):
    text = (inside(sample_warehouse) / f"validation/{PROGRAMME}-2023.sv.html").read_text("utf-8")
    assert '<span lang="en">None: copied from the publication' in text
    english = (inside(sample_warehouse) / f"validation/{PROGRAMME}-2022.en.html").read_text("utf-8")
    assert '<span lang="sv">Oanvända medel har inte återbetalats.</span>' in english


def test_a_name_on_any_page_of_a_round_leads_to_a_page_that_is_there(sample_warehouse):
    folder = inside(sample_warehouse) / "validation"
    for path in folder.glob("*.html"):
        links = re.findall(r'href="([^"#:]+\.html)', path.read_text("utf-8"))
        assert [link for link in links if "/" not in link and not (folder / link).exists()] == [], path.name


def test_hashes_stand_at_the_foot_with_the_commit_that_git_knows(sample_warehouse):
    foot = page(sample_warehouse, 2022).rpartition("Prövning av den färdiga databasen")[2]
    version = current(sample_warehouse).resolve().name
    assert f"Version {version}" in foot
    head = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    assert (f"commit {head.stdout.strip()}" if head.returncode == 0 else "inte hämtad med git") in foot
    assert version not in page(sample_warehouse, 2022).rpartition("Prövning av den färdiga databasen")[0]


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
    assert f'href="{REFUSED}/{PROGRAMME}-2022.sv.html"' in (refused / "index.html").read_text("utf-8")


def test_the_report_of_a_refused_round_is_withdrawn_when_the_round_is_accepted(refused):
    done = run_rounds("--year", "2022", warehouse=refused)
    assert done.returncode == 0, done.stderr
    assert list((refused / REFUSED).iterdir()) == []
    assert f'href="{REFUSED}' not in (refused / "index.html").read_text("utf-8")
    assert (inside(refused) / "validation" / f"{PROGRAMME}-2022.sv.html").exists()
