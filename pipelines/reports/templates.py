"""Pages from templates: one environment for all of them, since to compile a template takes longer than to fill it."""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup

from pipelines.reports.swedish import formatted, in_unit
from schemas.texts.catalogue import text
from schemas.words.vocabulary import PROVENANCES, REAL, SEVERITIES, Language


def page(template: str, language: Language, **facts: object) -> str:
    """A template filled with facts, all values escaped.

    In it `t` is a text in the page's language, `origin` the cell that says whether a row is real, `number` that of a
    number, `raised` the letter of a note.
    A page has tens of thousands of cells, and a macro of the template takes ten times as long for each.
    """

    def said(name: str, **values: object) -> str:
        return text(name, language).format(**values)

    origins = {each: _origin(each, language) for each in PROVENANCES}
    functions = {"t": said, "origin": origins.__getitem__, "number": _number, "raised": _raised}
    return _environment().get_template(template).render(language=language, **functions, **facts)


def _origin(provenance: str, language: Language) -> Markup:
    mark = Markup("") if provenance == REAL else Markup(' class="mark"')
    return Markup("<td><span{}>{}</span></td>").format(mark, text(f"provenance_{provenance}", language))


def _number(value: int | None) -> Markup:
    return Markup('<td class="number">{}</td>').format(formatted(value))


def _raised(letter: str | None) -> Markup:
    return Markup("<sup>{}</sup>").format(letter) if letter else Markup("")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipelines.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(formatted=formatted, in_unit=in_unit)
    environment.globals["severities"] = SEVERITIES
    return environment
