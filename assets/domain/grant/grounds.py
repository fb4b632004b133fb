"""Candidate grounds of repayment: which provisions the evidence of a case may speak for. Which holds, nobody says here.

That a name or an amount contradicts another is no evidence of false information, and suggests no ground.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assets.domain.grant.case import Case
from assets.domain.grant.records import Source
from assets.domain.shares import grouped
from schemas.configuration.provisions import Ordinance
from schemas.texts.catalogue import text
from schemas.words.cases import EVIDENCE
from schemas.words.vocabulary import LANGUAGES

NOT_TOLD = "–"


@dataclass(frozen=True)
class Period:
    """When costs of the round may arise; a limit that is not known is None."""

    start: dt.date | None
    end: dt.date


@dataclass(frozen=True)
class Evidence:
    """What may speak for a ground: its kind, in words in both languages, and the received row that says so."""

    kind: str
    words: Mapping[str, str]
    source: Source


def evidence_of(case: Case, period: Period) -> list[Evidence]:
    """The evidence of one case, in the order of EVIDENCE. Source: SFS 2022:1416 section 10; an official applies it."""
    sources = dict(_said(case, period))
    return [Evidence(kind, _worded(kind, case, period), source) for kind in EVIDENCE if (source := sources.get(kind))]


def _said(case: Case, period: Period) -> Iterator[tuple[str, Source | None]]:
    """Each kind of evidence that there is, with the row that says so, if a row does."""
    account, grant = case.facts.account, case.facts.grant
    report = grant.report
    report_row = report.source if report else None
    unused, used, granted = account.unused_sek or 0, account.used_sek, account.granted_sek
    received = account.received_sek
    if unused > 0 and account.outstanding_sek is not None and received is not None and received < unused:
        yield "unused_not_repaid", report_row
    if case.matter == "report_missing":
        yield "no_report", grant.decision.source if grant.decision else None
    if used is not None and granted is not None and used + max(0, account.unused_sek or 0) > granted:
        yield "reported_above_granted", report_row
    if (account.disallowed_sek or 0) > 0:
        disallowed = case.facts.last(["use_disallowed"])
        yield "use_disallowed", disallowed.source if disallowed else None
    if report and report.late:
        yield "report_late", report_row
    if report and _is_outside(report.first_cost_date, report.last_cost_date, period):
        yield "cost_outside_period", report_row


def _is_outside(first: dt.date | None, last: dt.date | None, period: Period) -> bool:
    return bool((first and period.start and first < period.start) or (last and last > period.end))


def _worded(kind: str, case: Case, period: Period) -> dict[str, str]:
    facts = _facts(case, period)
    templates = {language: text(f"evidence_{kind}", language) for language in LANGUAGES}
    return {language: template.format_map(_shown(facts, template)) for language, template in templates.items()}


def _facts(case: Case, period: Period) -> dict[str, Any]:
    """What the words of evidence may name."""
    report, due = case.facts.grant.report, case.facts.grant.due_date
    of_report = {"submitted_at": report.submitted_at} if report else {"submitted_at": None}
    dates = {name: getattr(report, name, None) for name in ("first_cost_date", "last_cost_date")}
    days = {"cost_period_start_date": period.start, "cost_period_end_date": period.end, "report_due_date": due}
    return vars(case.facts.account) | of_report | dates | days | {"known_date": case.known_through}


def _shown(facts: Mapping[str, Any], template: str) -> dict[str, str]:
    named = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return {name: _as_text(name, facts[name]) for name in named}


def _as_text(name: str, value: Any) -> str:  # noqa: ANN401 - an amount, a date or a text
    if value is None:
        return NOT_TOLD
    return grouped(value) if name.endswith("_sek") else str(value)


def candidates(case: Case, ordinance: Ordinance, year: int, period: Period) -> Iterator[dict[str, Any]]:
    """The provisions that the evidence of a case may speak for, as rows of core_candidate_ground."""
    for evidence in evidence_of(case, period):
        for name, provision in ordinance.in_force(year).items():
            if evidence.kind in provision.suggested_by:
                yield {
                    "grant_id": case.facts.grant.grant_id,
                    "recipient_code": case.facts.grant.recipient_code,
                    "provision": name,
                    "evidence": evidence.kind,
                    "section_sv": provision.sv,
                    "section_en": provision.en,
                    "evidence_sv": evidence.words["sv"],
                    "evidence_en": evidence.words["en"],
                    "source_file": evidence.source.source_file,
                    "source_row": evidence.source.source_row,
                    "provenance": case.facts.grant.provenance,
                }
