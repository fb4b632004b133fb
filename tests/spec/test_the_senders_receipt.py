"""The sender's receipt: this is what we understood, this is what you can mend, and this is ours. Nothing is decided.

The grants are those of the sample's meeting places. Of 2025 Exempelkommun 01 was granted 60 000 kronor and reported
10 000, "15 tkr", 15 000 and 12 000 used by quarter (52 000) and 8 000 left; the year before, of 40 000, it was 15 000
and 20 000 (35 000), and 5 000.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.domain.receipt_figures import Amount
from pipelines.inquiries.receipt_book import receipt_book
from pipelines.inquiries.receipt_page import content, receipt_page
from pipelines.inquiries.reply import Round, everybody, one, refuse_unanswered, replies
from schemas.words.vocabulary import LANGUAGES, Language
from tests.receipts import ANTICIPATES, FIRST, HEADER, edited, reply_to, sample, texts_of, unzipped
from tests.stops import stops_by

BIRD = "Kanariefågel"
ROW_OF_01, ROW_OF_03 = 8, 10
"""Rows of the export: the reports in time of Exempelkommun 01 and 03."""

Edit = Callable[[list[list[str]]], None]


def cell(row: int, header: str, said: str) -> Edit:
    """One cell of the export written otherwise."""

    def edit(rows: list[list[str]]) -> None:
        rows[row - 1][rows[HEADER - 1].index(header)] = said

    return edit


@pytest.fixture(scope="module")
def this_round() -> Round:
    return sample(2025)


@pytest.fixture(scope="module")
def earlier() -> Round:
    return sample(2024)


# -- what was understood ----------------------------------------------------------------------------------------------
def test_it_says_what_was_read_with_the_year_before_beside_it(this_round: Round, earlier: Round):
    told = reply_to("9901", this_round, earlier)
    assert told.receipt.together == (
        Amount("granted_sek", 60_000, 40_000),
        Amount("granted_as_reported_sek", 60_000, 40_000),
        Amount("used_sek", 10_000 + 15_000 + 15_000 + 12_000, 35_000),
        Amount("unused_sek", 8_000, 5_000),
    )
    page = receipt_page(told, "sv")
    assert "52\u00a0000\u00a0kr" in page
    assert "35\u00a0000\u00a0kr" in page


def test_what_cannot_be_compared_stands_beside_with_the_reason(this_round: Round, earlier: Round):
    answers = {line[0]: line[1:] for line in content(reply_to("9901", this_round, earlier), "sv")["answers"]}
    assert answers["Nöjdhet med verksamheten (1–5)"] == ("4", "2")
    assert answers["Fortsätter verksamheten utan bidraget?"] == ("Ja", "inte jämförbart: vi frågade inte om det")
    assert answers["Vem betalar då?"][0] == "inget svar"
    # what was one option in 2024 the form of 2025 splits: they are compared by the declared crosswalk
    association = {line[0]: line[1:] for line in content(reply_to("9991", this_round, earlier), "sv")["answers"]}
    assert association["Mötesplats"][1] == "Digitalt (med de alternativ som åren jämförs efter)"


def test_amounts_of_periods_of_other_lengths_are_not_compared():
    """2022 was the last half of a year; of 2021 and 2025 the whole."""
    half, whole = sample(2022, "stadigvarande-boende"), sample(2025)
    told = reply_to("9901", half, whole)
    assert {amount.why_not for amount in told.receipt.together if amount.then is not None} == {"period_differs"}
    assert "inte jämförbart: bidraget gällde kostnader under en annan lång tid" in receipt_page(told, "sv")


def test_without_an_earlier_round_it_says_so(this_round: Round):
    assert "Vi har inga uppgifter från er i någon tidigare omgång" in receipt_page(reply_to("9901", this_round), "sv")


def test_of_two_grants_each_stands_by_itself_and_then_both():
    """Exempelkommun 11 had 100 000 and 60 000 of 2021; 80 000 and 60 000 are used."""
    told = reply_to("9911", sample(2021))
    assert [grant.case_number for grant in told.receipt.grants] == ["EX 3.1-0001/2021", "EX 3.1-0002/2021"]
    used = [amount.now for grant in told.receipt.grants for amount in grant.amounts if amount.name == "used_sek"]
    assert used == [80_000, 60_000]
    assert [amount.now for amount in told.receipt.together if amount.name == "used_sek"] == [140_000]


def test_a_late_report_is_told_with_its_days_or_that_it_is_looked_into(this_round: Round):
    """The last day was 16 February: the association's came on the 20th, and counts, since none came in time."""
    assert "Det kom 4 dagar efter sista dagen." in receipt_page(reply_to("9991", this_round), "sv")
    second = reply_to("9901", this_round)
    assert [point.rule for point in second.receipt.ours] == ["late_report_excluded"]
    assert "Kom efter sista dagen och ingår inte i sammanställningen." in receipt_page(second, "sv")


def test_a_cell_that_an_official_reads_otherwise_is_told():
    told = reply_to("9917", sample(2022, "stadigvarande-boende"))
    assert [(each.written, each.corrected and each.corrected[:11]) for each in told.receipt.corrected] == [
        ("Ingen samverkan", "Kommunala e")
    ]


# -- what can be mended, and by whom ----------------------------------------------------------------------------------
def test_what_the_sender_can_mend_is_marked_in_its_own_row(this_round: Round):
    told = reply_to("9901", this_round)
    assert [(point.rule, point.column) for point in told.receipt.to_mend] == [("amount_in_unit", "K")]
    marked = [(cell.header, cell.written) for sent in told.receipt.sent for cell in sent.cells if cell.points]
    assert marked == [("Använt kvartal 2", "15 tkr")]
    assert "Vi behöver er hjälp med en sak." in receipt_page(told, "sv")


def test_what_the_form_demands_is_told_in_its_own_words(this_round: Round):
    [point] = reply_to("9903", this_round).receipt.to_mend
    assert "”Egna pengar är högst vad som använts av bidraget”" in point.said


def test_amounts_that_do_not_add_up_are_told_with_the_senders_own_amounts(this_round: Round):
    """Exempelkommun 04: four times 5 000 used and 5 000 left, of 30 000."""
    [point] = reply_to("9904", this_round).receipt.to_mend
    assert "20\u00a0000\u00a0kr är använt och att 5\u00a0000\u00a0kr inte är det" in point.said
    assert "bidraget, som var 30\u00a0000\u00a0kr" in point.said


def test_what_is_wrong_in_our_own_files_is_counted_and_is_ours():
    """Of Exempelkommun 02 the books have another amount; that is nothing to ask a municipality about."""
    told = reply_to("9902", sample(2022, "stadigvarande-boende"))
    assert told.receipt.to_mend == ()
    assert told.receipt.ours_count == 1
    assert "Vi ser över en sak i våra egna uppgifter" in receipt_page(told, "sv")


def test_a_sender_whose_rows_are_all_set_aside_is_told_so(tmp_path: Path):
    told = reply_to("9903", edited(tmp_path, cell(ROW_OF_03, "Läge", "Skickat?")))
    assert [sent.fate for sent in told.receipt.sent] == ["quarantined"]
    assert "Inget av det ni har skickat räknas än." in receipt_page(told, "sv")
    assert [point.column for point in told.receipt.to_mend] == ["B", "O"]


def test_a_draft_is_to_be_sent_and_the_missing_report_too(this_round: Round):
    told = reply_to("9902", this_round)
    assert {point.rule for point in told.receipt.to_mend} == {"draft_submission", "decision_without_report"}


def test_in_a_row_that_was_replaced_there_is_nothing_to_mend(tmp_path: Path):
    """The first of Exempelregion 02, which it supplemented later."""
    told = reply_to("9982", edited(tmp_path, cell(6, "Använt kvartal 1", "ca 30 000")))
    assert told.receipt.to_mend == ()
    assert [sent.fate for sent in told.receipt.sent] == ["superseded", "accepted"]


def test_digits_that_may_be_a_persons_number_are_not_sent_back(tmp_path: Path):
    told = reply_to("9903", edited(tmp_path, cell(ROW_OF_03, "Ärende", "1212121212")))
    assert [point.rule for point in told.receipt.to_mend if point.column == "F"] == ["code_perhaps_personal"]
    assert "1212121212" not in receipt_page(told, "sv") + "".join(texts_of(receipt_book(told, "sv")))


# -- nothing of others, nothing decided -------------------------------------------------------------------------------
def sown(rows: list[list[str]]) -> None:
    """A canary in every free text, role and signature, and in a column that nobody asked for, told by its row."""
    texts = [rows[HEADER - 1].index(name) for name in ("Undertecknare", "Befattning", "Övrigt")]
    for number, row in enumerate(rows[HEADER - 1 :], start=HEADER):
        row.append("Anteckning" if number == HEADER else f"{BIRD} internt")
        for at in texts if number > HEADER else ():
            row[at] = f"{BIRD} {number}!"


def test_a_receipt_has_its_own_canaries_and_nobody_elses(tmp_path: Path):
    found = edited(tmp_path, sown)
    for reply in replies(everybody(found), found, None, "sv"):
        own = {f"{BIRD} {sent.place[1]}!" for sent in reply.receipt.sent}
        written = receipt_page(reply, "sv") + "\n".join(texts_of(receipt_book(reply, "sv")))
        assert set(re.findall(rf"{BIRD} (?:\d+!|\w+)", written)) == own, reply.receipt.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_receipt_anticipates_a_decision(language: Language, this_round: Round, earlier: Round):
    rounds = ((this_round, earlier), (sample(2021), None), (sample(2022, "stadigvarande-boende"), None))
    for found, before in rounds:
        for reply in replies(everybody(found), found, before, language):
            page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", receipt_page(reply, language), flags=re.DOTALL)
            for question in found.programme.questions.values():  # the form's own words: who pays then?
                page = page.replace(question.sv, "").replace(question.en, "")
            assert re.search(ANTICIPATES[language], page, re.IGNORECASE) is None, reply.receipt.code


HOSTILE = (
    '=HYPERLINK("http://exempel.invalid";"x")',
    "<script>alert(1)</script>",
    "@SUM(1)",
    "http://exempel.invalid/",
)


PLACES = ("Övrigt", "Använt kvartal 1", "Använt kvartal 2", "Undertecknare")


def test_hostile_text_is_text(tmp_path: Path):
    def edit(rows: list[list[str]]) -> None:
        for header, said in zip(PLACES, HOSTILE, strict=True):
            cell(ROW_OF_03, header, said)(rows)

    told = reply_to("9903", edited(tmp_path, edit))
    page, book = receipt_page(told, "sv"), receipt_book(told, "sv")
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page
    assert "<a " not in page
    assert set(HOSTILE) <= set(texts_of(book))
    assert not re.search(rb"<f>|<hyperlink|External", unzipped(book))


# -- who gets none ----------------------------------------------------------------------------------------------------
def test_a_row_whose_recipient_is_not_known_is_nobodys(this_round: Round):
    asked = everybody(this_round)
    assert asked.nobody == 1
    assert asked.codes == ("9901", "9902", "9903", "9904", "9905", "9981", "9982", "9983", "9991")


def test_a_test_that_names_a_recipient_is_no_answer_of_its():
    """The agency's own trial names Exempelregion 06, and another Exempelkommun 01."""
    assert "9986" not in everybody(sample(2025)).codes
    rows = [sent.place[1] for sent in reply_to("9901", sample(2022, "stadigvarande-boende")).receipt.sent]
    assert rows == [9]


@pytest.mark.rule("reply_recipient_real")
def test_a_real_recipient_gets_none_where_anything_is_made_up():
    found = sample(2023, "stadigvarande-boende")
    assert (everybody(found).codes, everybody(found).real) == ((), 54)
    with stops_by("reply_recipient_real", where="0114", todo="välj en fiktiv mottagare"):
        one(found, "0114")


@pytest.mark.rule("reply_recipient_unsure")
def test_while_it_is_not_sure_whose_a_row_is_nothing_goes_out(tmp_path: Path):
    def edit(rows: list[list[str]]) -> None:
        cell(ROW_OF_03, "Huvudman", "Exempelkomun 03")(rows)
        cell(ROW_OF_03, "Kod", "")(rows)

    found = edited(tmp_path, edit)
    assert everybody(found).unsure == ("svar-2025.csv 10",)
    with stops_by("reply_recipient_unsure", where="svar-2025.csv 10", todo="lägg till ett alias"):
        one(found, "Exempelkommun 03")


@pytest.mark.rule("reply_recipient_unknown")
def test_a_name_that_there_is_not_is_asked_back(this_round: Round):
    with stops_by("reply_recipient_unknown", where="Exempelkommun 01", todo="Menade du ”Exempelkommun 01”?"):
        one(this_round, "Exempelkomun 01")


@pytest.mark.rule("reply_recipient_without_rows")
def test_who_has_sent_nothing_has_nothing_to_confirm(this_round: Round):
    with stops_by("reply_recipient_without_rows", where="9906", todo="statsbidrag cases"):
        one(this_round, "9906")


@pytest.mark.rule("reply_without_reports")
def test_a_round_that_nobody_has_reported_in_has_no_receipts(tmp_path: Path):
    def edit(rows: list[list[str]]) -> None:
        del rows[FIRST - 1 + 1 :]  # the agency's own trial is left

    with stops_by("reply_without_reports", where="2025", todo="Lägg in exporten"):
        refuse_unanswered(edited(tmp_path, edit))
