"""Every file that people take with them from a version, by programme: what it holds, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipelines.downloads.chosen import Chosen, chosen
from pipelines.downloads.csv_files import csv_file
from pipelines.downloads.package import datapackage
from pipelines.downloads.spss import spss_files
from pipelines.downloads.workbook import workbook
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES

WORKBOOK, PACKAGE = "xlsx", "datapackage.json"


@dataclass(frozen=True)
class Download:
    """One file: its programme, its name, its title by language and its bytes."""

    programme: str
    name: str
    title: Mapping[str, str]
    content: bytes


def downloads(programme: Programme, tables: Mapping[str, pa.Table]) -> Iterator[Download]:
    """The files of one programme. Args: tables: those of the version, as everybody may read them."""
    what = chosen(programme, tables)
    name = programme.programme
    yield Download(name, f"{name}.{WORKBOOK}", _titled("download_workbook", ""), workbook(what))
    csv = {sheet.name: csv_file(sheet) for sheet in what.every}
    yield Download(name, PACKAGE, _titled("download_package", ""), datapackage(what, csv))
    for sheet in what.every:
        yield Download(name, f"{sheet.name}.csv", _titled("download_csv", sheet.title_sv), csv[sheet.name])
    yield from _of_spss(what)


def _of_spss(what: Chosen) -> Iterator[Download]:
    for name, content in spss_files(what):
        kind = text("download_accounts" if name.startswith("accounts") else "download_answers", "sv")
        _, _, of = name.removesuffix(".sav").partition("_")
        title = _titled("download_spss", f"{kind} {of}".strip())
        yield Download(what.programme.programme, name, title, content)


def _titled(name: str, title: str) -> dict[str, str]:
    return {language: text(name, language).format(title=title) for language in LANGUAGES}
