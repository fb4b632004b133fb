"""GX's own pages of a validation, made inert: a technical appendix, readable offline and by anyone. The child's only.

GX renders names and descriptions as live HTML and fetches scripts from seven hosts. Its page templates are therefore
not used, only its sections; these are parsed and rebuilt from a list of what may stay: no link, no style, no script.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import nh3
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.render.renderer import ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaSectionView
from markupsafe import Markup

from pipelines.warehouse import files
from pipelines.warehouse.evidence.validation import TableValidation

INDEX = "index.html"
LONGEST_NAME = 60
HEADINGS = {"h5": "h2", "h6": "h3"}
"""GX's headings, and those that follow upon the page's own."""

TEXT = frozenset({"b", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "span", "strong", "ul"})
TABLE = frozenset({"table", "tbody", "td", "th", "thead", "tr"})
NOT_EVEN_TEXT = frozenset(
    {"button", "form", "iframe", "math", "noscript", "script", "style", "svg", "template", "title"}
)
STATUSES = frozenset({"fa-check-circle", "fa-exclamation-triangle", "fa-times"})
"""Classes that our style sheet knows: GX says by them alone what became of an expectation."""

WITHHELD = {"raised_exception": True, "exception_message": "", "exception_traceback": ""}


@dataclass(frozen=True)
class Page:
    """One table's page: its address within the folder, and the sections that GX made, inert."""

    path: str
    table: str
    outcome: ExpectationSuiteValidationResult
    body: Markup


def write(validations: Sequence[TableValidation], folder: Path) -> int:
    """Write one page per table and an index; whatever the folder held before is replaced in one step.

    Returns: how many pages. Raises: ValueError if nothing was validated; OSError if the folder cannot be written.
    """
    if not validations:
        raise ValueError("nothing was validated")
    contents = pages(validations)
    files.make_folder(folder.parent)
    aside = folder.with_name(f"{files.ASIDE}{os.getpid()}-new-{folder.name}")
    try:
        aside.mkdir()
        for path, content in contents.items():
            files.write_new(aside / path, content)
        files.sync_folder(aside)
        if folder.exists():
            files.discard(folder)
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    files.sync_folder(folder.parent)
    return len(contents)


def pages(validations: Sequence[TableValidation]) -> dict[str, bytes]:
    """Every page by its path; the same validation gives the same bytes."""
    made = [_page(number, each) for number, each in enumerate(validations, start=1)]
    template = _environment().get_template("data_docs.html.j2")
    contents = {page.path: template.render(page=page) for page in made}
    contents[INDEX] = template.render(page=None, pages=made)
    return {path: content.encode() for path, content in contents.items()}


def _page(number: int, validation: TableValidation) -> Page:
    name = re.sub("[^a-z0-9_]+", "-", validation.table.lower())[:LONGEST_NAME]
    return Page(f"{number:02}-{name}.html", validation.table, validation.outcome, inert(rendered(validation.outcome)))


def rendered(outcome: ExpectationSuiteValidationResult) -> str:
    """What GX makes of an outcome, as it makes it: not safe to open. Its last section tells times and paths: left out.

    What the database answered to a query that it refused may hold anything, and is withheld.
    """
    for result in outcome.results:
        if (result.exception_info or {}).get("raised_exception", True):
            result.exception_info = dict(WITHHELD)
    outcome.meta |= {"run_id": {"run_name": "", "run_time": ""}}
    sections = ValidationResultsPageRenderer(run_info_at_end=True).render(outcome).sections[:-1]
    view: Any = DefaultJinjaSectionView()  # GX has no types for it
    return "".join(view.render({"section": section.to_json_dict(), "section_loop": {}}) for section in sections)


def inert(html: str) -> Markup:
    """HTML parsed, and rebuilt from elements that can neither act nor fetch nor lead anywhere."""
    safe = nh3.clean(
        html,
        tags={*HEADINGS, *TEXT, *TABLE},
        clean_content_tags=set(NOT_EVEN_TEXT),
        attributes={},
        allowed_classes={"i": set(STATUSES)},
        url_schemes=set(),
        link_rel=None,
    )
    for theirs, ours in HEADINGS.items():  # exact: what was rebuilt writes a tag in one way only, and text never so
        safe = safe.replace(f"<{theirs}>", f"<{ours}>").replace(f"</{theirs}>", f"</{ours}>")
    return Markup(safe)  # noqa: S704 - this is where it becomes safe


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("pipelines.warehouse.evidence"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
