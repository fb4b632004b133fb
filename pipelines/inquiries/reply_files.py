"""The files of receipts: for each recipient a page and a workbook, readable by whoever wrote them alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.inquiries.receipt_book import receipt_book
from pipelines.inquiries.receipt_page import book_name, page_name, receipt_page
from pipelines.inquiries.reply import Asked, Reply
from pipelines.reports.summary import printable
from pipelines.warehouse import files
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language


def write(replies: Iterable[Reply], asked: Asked, folder: Path, language: Language) -> list[str]:
    """Write them into a new folder, and say how many, and how many not. Raises: Stop if it holds anything already."""
    if folder.exists() and any(folder.iterdir()):
        raise Stop("drafts_need_a_folder", folder=folder)
    contents: dict[str, bytes] = {}
    for each in replies:
        contents[page_name(each, language)] = receipt_page(each, language).encode()
        contents[book_name(each, language)] = receipt_book(each, language)
    with files.write_failures(str(folder)):
        files.write_all(folder, contents)
        for name in contents:
            (folder / name).chmod(files.FOR_THE_HOUSE)
    return list(_told(folder, len(asked.codes), asked, language))


def _told(folder: Path, count: int, asked: Asked, language: Language) -> Iterator[str]:
    yield text("reply_written" if count else "reply_none", language).format(folder=folder, count=count)
    if asked.real:
        yield text("reply_left_real", language).format(count=asked.real)
    if asked.unsure:
        rows = printable(", ".join(asked.unsure))
        yield text("reply_left_unsure", language).format(count=len(asked.unsure), rows=rows)
    if asked.nobody:
        yield text("reply_left_nobody", language).format(count=asked.nobody)
