"""The report of a round that was stopped before it had tables: why, and what to do."""

from __future__ import annotations

from pipelines.reports.templates import page
from pipelines.reports.validation.paths import page_name
from pipelines.warehouse.code_version import code_version
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.words.vocabulary import LANGUAGES, Language


def stopped_page(programme: str, year: int, run_id: str, stop: Stop, language: Language) -> str:
    """One page: the round, the run, and the sentence of the rule that stopped it."""
    [other] = [each for each in LANGUAGES if each != language]
    return page(
        "stopped.html.j2",
        language,
        other=other,
        other_page=page_name(programme, year, other),
        title=catalogue.programme(programme).title.sentence(language),
        year=year,
        run_id=run_id,
        code_version=code_version(),
        rule=stop.rule,
        called=stop.rule.called(language),
        sentence=stop.sentence(language),
    )
