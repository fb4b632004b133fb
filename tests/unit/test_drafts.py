"""Drafts: what stands in them, whom they may be written to, and that the same case gives the same bytes."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Twips

from pipelines.inquiries import drafts
from pipelines.inquiries.case_list import RoundCases
from pipelines.reports.word import letter_bytes
from schemas.configuration import catalogue
from schemas.texts.catalogue import known
from schemas.words.cases import TODOS
from tests.stops import stops_by

ROUND = {"programme": "stadigvarande-boende", "year": 2022, "as_of_date": dt.date(2024, 2, 2), "provenance": "mixed"}
CANDIDATE = {"provision": "unused", "section_sv": "10 § 3", "evidence_sv": "5 kr är oanvända."}
TODO: dict[str, Any] = {
    "recipient_code": "9901",
    "recipient_name": "Exempelkommun 01",
    "grant_id": "EX 2022-0001",
    "case_number": "EX 2022-0001",
    "todo": "decide_on_unused",
    "amount_sek": 184_363,
    "granted_sek": 700_000,
    "report_due_date": dt.date(2024, 2, 1),
    "due_date": None,
    "claimed_date": None,
    "decided_date": None,
    "provenance": "synthetic",
    "candidates": [CANDIDATE],
    "grant": None,
}


def opened(**todo: Any) -> Document:
    return docx.Document(io.BytesIO(letter_bytes(drafts.letter(TODO | todo, ROUND))))


def said(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def header(document: Document) -> list[str]:
    return document.sections[0].header.paragraphs[0].text.split("\n")


def test_a_draft_says_that_it_is_one_and_that_a_fictitious_recipient_does_not_exist():
    assert header(opened()) == ["UTKAST – inte skickat, inte beslutat", "EXEMPEL – mottagaren finns inte"]
    assert header(opened(provenance="real")) == ["UTKAST – inte skickat, inte beslutat"]


def test_a_notice_has_the_candidate_grounds_with_their_evidence_and_decides_nothing():
    document = opened()
    headings = [each.text for each in document.paragraphs if each.style and each.style.name.startswith("Heading")]
    assert headings == [
        "Underrättelse inför beslut",
        "Vad ärendet gäller",
        "Det här ligger till grund för prövningen",
        "Om grunderna",
        "Så kan ni svara",
    ]
    assert "5 kr är oanvända. Det kan ha betydelse för 10 § 3 SFS 2022:1416 (preliminär hänvisning)" in said(document)
    assert "Beloppet i fråga är 184\u00a0363 kronor. Inget är beslutat." in said(document)
    assert "tänkbara, inte konstaterade" in said(document)
    assert "[handläggarens namn och titel]" in said(document)


def test_a_notice_without_candidates_leaves_the_evidence_to_the_official():
    assert "[handläggaren anger omständigheterna]" in said(opened(candidates=[]))


def test_what_is_not_known_is_left_in_brackets():
    told = said(opened(amount_sek=None, case_number=None))
    assert "Diarienummer: [diarienummer]" in told
    assert "Beloppet i fråga är [belopp] kronor." in told


def test_a_reminder_of_the_report_says_what_was_granted_and_when_the_report_was_due():
    told = said(opened(todo="remind_of_report"))
    assert "har beviljat Exempelkommun 01 700\u00a0000 kronor" in told
    assert "senast den 1\u00a0februari 2024. Den 2\u00a0februari 2024 hade den inte kommit in." in told
    assert "tänkbara" not in told


def test_a_letter_names_the_export_it_rests_on_and_speaks_of_no_later_day():
    known = {"known_through_date": dt.date(2024, 2, 1), "exported_date": dt.date(2024, 2, 2)}
    told = said(opened(todo="remind_of_report", **known))
    assert "Den 1\u00a0februari 2024 hade den inte kommit in." in told
    rests_on = "den export som togs ut den 2\u00a0februari 2024, med uppgifter till och med den 1\u00a0februari 2024."
    assert rests_on in told
    assert "export" not in said(opened(todo="remind_of_report"))


def test_a_reminder_of_payment_says_what_was_decided_and_what_is_left():
    paying = {
        "todo": "remind_of_payment",
        "claimed_date": dt.date(2023, 3, 24),
        "decided_date": dt.date(2023, 3, 25),
        "due_date": dt.date(2023, 4, 26),
    }
    told = said(opened(**paying, amount_sek=5_558))
    assert "beslutade den 24\u00a0mars 2023 om återkrav" in told
    assert "senast den 26\u00a0april 2023" in told
    assert "återstod 5\u00a0558 kronor" in told


def test_the_last_day_to_reply_is_the_officials_unless_the_programme_declares_how_long(monkeypatch: pytest.MonkeyPatch):
    assert "senast [sista dag, som handläggaren bestämmer]" in said(opened())
    programme = catalogue.programme("stadigvarande-boende").model_copy(update={"reply_days": 21})
    monkeypatch.setattr(catalogue, "programme", lambda _: programme)
    assert "senast den 23\u00a0februari 2024" in said(opened())


def test_a_draft_is_a_page_of_a4_in_swedish():
    document = opened()
    page = document.sections[0]
    assert (page.page_width, page.page_height) == (Twips(11906), Twips(16838))  # 210 × 297 mm
    languages = {each.get(docx.oxml.ns.qn("w:val")) for each in document.styles.element.iter(docx.oxml.ns.qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert document.core_properties.language == "sv-SE"


def test_the_same_case_gives_the_same_bytes_whatever_the_time_of_day():
    content = letter_bytes(drafts.letter(TODO, ROUND))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert letter_bytes(drafts.letter(TODO, ROUND)) == content


def test_a_real_recipient_is_written_to_only_in_a_wholly_real_round():
    cases = {
        ("mixed", "synthetic"): True,
        ("mixed", "real"): False,
        ("mixed", "mixed"): False,
        ("synthetic", "real"): False,
        ("real", "real"): True,
    }
    for (of_round, of_row), is_allowed in cases.items():
        found = drafts.may_be_written_to({"provenance": of_row}, {"provenance": of_round})
        assert found is is_allowed, (of_round, of_row)


def test_what_was_not_written_is_counted_and_why(tmp_path: Path):
    todos = [TODO, TODO | {"recipient_code": "0114", "provenance": "real"}, TODO | {"todo": "await_hearing"}]
    told = drafts.write(RoundCases(ROUND, todos, {}, {}), tmp_path / "out", "sv")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kommunicering-9901.docx"]
    assert told[-1].startswith("Utkast som inte skrevs: 1. Mottagarna är verkliga")


def test_drafts_of_several_grants_of_a_recipient_are_told_apart(tmp_path: Path):
    todos = [TODO | {"grant": f"EX 2022/{number}"} for number in (1, 2)]
    drafts.write(RoundCases(ROUND, todos, {}, {}), tmp_path, "sv")
    names = ["kommunicering-9901-EX-2022-1.docx", "kommunicering-9901-EX-2022-2.docx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_every_letter_answers_something_to_do_and_has_its_texts():
    assert set(drafts.LETTERS) <= set(TODOS)
    parts = ("file", "title", "matter", "text", "ask", "asked")
    assert [
        (kind, each) for kind in drafts.LETTERS.values() for each in parts if not known(f"draft_{kind}_{each}")
    ] == []


def test_where_nothing_takes_a_letter_nothing_is_written(tmp_path: Path):
    waiting = RoundCases(ROUND, [TODO | {"todo": "await_hearing"}], {}, {})
    assert drafts.write(waiting, tmp_path / "out", "en") == ["No draft is needed."]
    assert not (tmp_path / "out").exists()


@pytest.mark.rule("drafts_need_a_folder")
def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with stops_by("drafts_need_a_folder", where=str(tmp_path), todo="Ange en ny mapp"):
        drafts.write(RoundCases(ROUND, [TODO], {}, {}), tmp_path, "sv")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.rule("drafts_need_a_folder", holds=True)
def test_a_folder_that_is_empty_will_do(tmp_path: Path):
    drafts.write(RoundCases(ROUND, [TODO], {}, {}), tmp_path, "sv")
    assert len(list(tmp_path.iterdir())) == 1
