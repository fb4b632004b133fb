"""Pages from templates: one environment for all of them, since to compile a template takes longer than to fill it."""

from __future__ import annotations

from functools import cache

import jinja2

from pipelines.reports.swedish import formatted, in_unit
from schemas.texts.catalogue import text
from schemas.words.vocabulary import SEVERITIES, Language


def page(template: str, language: Language, **facts: object) -> str:
    """A template filled with facts, all values escaped; `t` in it is a text in the page's language."""

    def said(name: str, **values: object) -> str:
        return text(name, language).format(**values)

    return _environment().get_template(template).render(language=language, t=said, **facts)


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
