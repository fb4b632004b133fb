"""Letters as Word files: A4, Swedish, headings as headings, and the same bytes for the same letter."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""When every draft says that it was written: the first moment that a zip archive can tell."""

LANGUAGE = "sv-SE"
FONT = "Arial"
WIDTH, HEIGHT = Twips(11906), Twips(16838)
"""A4, in the twentieths of a point that Word keeps."""

MARGIN = Mm(25)
BLACK = RGBColor(0, 0, 0)


@dataclass(frozen=True)
class Section:
    """A heading, the paragraphs below it, and whether they are items of a list."""

    heading: str
    paragraphs: Sequence[str]
    is_list: bool = False


@dataclass(frozen=True)
class Letter:
    """What stands in a letter, from the header of its pages to the lines below its text."""

    marks: Sequence[str]
    sender: str
    facts: Sequence[str]
    recipient: str
    title: str
    sections: Sequence[Section]
    closing: Sequence[str]


def letter_bytes(letter: Letter) -> bytes:
    """The letter as a Word file."""
    document = docx.Document()
    _set_up(document, letter)
    _write_header(document, letter.marks)
    for line in (letter.sender, *letter.facts, "", letter.recipient):
        document.add_paragraph(line).paragraph_format.space_after = Pt(0)
    document.add_heading(letter.title, level=1)
    for section in letter.sections:
        document.add_heading(section.heading, level=2)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph, style="List Bullet" if section.is_list else None)
    for line in ("", letter.sender, *letter.closing):
        document.add_paragraph(line).paragraph_format.space_after = Pt(0)
    return _same_bytes(document)


def _set_up(document: Document, letter: Letter) -> None:
    """Page, language, fonts and properties; the template of the library is American."""
    page = document.sections[0]
    page.page_width, page.page_height = WIDTH, HEIGHT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 12), ("List Bullet", 11), ("Header", 9)):
        font = document.styles[name].font
        font.size, font.color.rgb = Pt(size), BLACK
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        font.name = FONT
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    properties = document.core_properties
    properties.title, properties.author, properties.language = letter.title, letter.sender, LANGUAGE
    properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.created = properties.modified = EPOCH
    properties.revision = 1


def _write_header(document: Document, marks: Sequence[str]) -> None:
    """What a draft is, at the head of every page, with a line below."""
    header = document.sections[0].header
    paragraph = header.paragraphs[0]
    for number, mark in enumerate(marks):
        run = paragraph.add_run(mark)
        run.bold = True
        if number < len(marks) - 1:
            run.add_break()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - the library has no words for borders


def _same_bytes(document: Document) -> bytes:
    """The file packed anew, since the library stamps each part with the time of day."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
