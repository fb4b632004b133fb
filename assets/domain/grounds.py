"""Candidate grounds of repayment: which provisions the evidence of a case may speak for. Which holds, nobody says here.

That a name or an amount contradicts another is no evidence of false information, and suggests no ground.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence

import narwhals as nw

from assets.domain.cases import latest, with_order
from assets.domain.frames import ROUND_KEY, Frame, constant, extended, is_true, sentence
from assets.domain.money import grouped
from assets.domain.reconciliation import KEY
from schemas.texts.catalogue import text
from schemas.words.cases import EVIDENCE
from schemas.words.vocabulary import LANGUAGES

NO_ADDRESS = {"source_file": "provenance", "source_row": "year"}


def candidate_grounds(cases: Frame, tables: Mapping[str, Frame], suggestions: Frame) -> Frame:
    """One row per case, evidence and provision that it suggests, as table core_candidate_ground.

    Args: cases as core_recovery_case; tables by name: core_account, core_reconciliation, core_decision,
        core_usage_report, core_case_event, core_round; suggestions: programme, year, evidence, provision, section_sv,
        section_en, as the programme declares for the year.
    Source: SFS 2022:1416 section 10, whose grounds an official applies.
    """
    facts = _facts(cases, tables)
    found = [_said(facts, kind, tables) for kind in EVIDENCE]
    rows = nw.concat(found, how="vertical")
    return rows.join(suggestions, on=[*ROUND_KEY, "evidence"], how="inner")


def _facts(cases: Frame, tables: Mapping[str, Frame]) -> Frame:
    """What evidence is made of, one row per case."""
    accounts = tables["core_account"].select(
        *KEY, "granted_sek", "paid_sek", "used_sek", "unused_sek", "disallowed_sek"
    )
    periods = ("cost_period_start_date", "cost_period_end_date")
    costs = tables["core_reconciliation"].select(*KEY, "first_cost_date", "last_cost_date", *periods)
    rows = cases.select(*KEY, "matter", "received_sek", "outstanding_sek", "provenance")
    rows = rows.join(accounts, on=KEY, how="left").join(costs, on=KEY, how="left")
    rows = rows.join(tables["core_decision"].select(*KEY, "report_due_date"), on=KEY, how="left")
    rows = rows.join(tables["core_usage_report"].select(*KEY, "submitted_at", "late"), on=KEY, how="left")
    days = tables["core_round"].select(*ROUND_KEY, "as_of_date")
    return rows.join(days, on=list(ROUND_KEY), how="left")


def _conditions() -> dict[str, tuple[nw.Expr, str]]:
    """When there is evidence of a kind, and the table whose row says so."""
    unused, used, granted = nw.col("unused_sek"), nw.col("used_sek"), nw.col("granted_sek")
    is_known = ~nw.col("outstanding_sek").is_null()
    first, last = nw.col("first_cost_date"), nw.col("last_cost_date")
    outside = is_true(first < nw.col("cost_period_start_date")) | is_true(last > nw.col("cost_period_end_date"))
    return {
        "unused_not_repaid": ((unused > 0) & is_known & (nw.col("received_sek") < unused), "core_usage_report"),
        "no_report": (nw.col("matter") == "report_missing", "core_decision"),
        "reported_above_granted": (
            is_true(used > granted) | is_true(used + unused > granted),
            "core_usage_report",
        ),
        "use_disallowed": (nw.col("disallowed_sek") > 0, "core_case_event"),
        "report_late": (nw.col("late"), "core_usage_report"),
        "cost_outside_period": (outside, "core_usage_report"),
    }


def _said(facts: Frame, kind: str, tables: Mapping[str, Frame]) -> Frame:
    """The evidence of one kind: in words, and with the address of the row that says so."""
    condition, table = _conditions()[kind]
    rows = facts.filter(is_true(condition)).join(_addresses(tables, table), on=KEY, how="inner")
    templates = {f"evidence_{language}": text(f"evidence_{kind}", language) for language in LANGUAGES}
    names = _named(templates["evidence_sv"])
    rows = extended(rows, {name: grouped(name) for name in names if name.endswith("_sek")})
    told = {column: sentence(template, names, "provenance") for column, template in templates.items()}
    rows = rows.with_columns(evidence=constant(kind, "provenance"), **told)
    return rows.select(*KEY, "evidence", *told, "source_file", "source_row", "provenance")


def _named(template: str) -> Sequence[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]


def _addresses(tables: Mapping[str, Frame], table: str) -> Frame:
    """Where each recipient's row of a table stands; of events the last one in which use was not accepted."""
    columns = {name: name for name in NO_ADDRESS}
    if table == "core_case_event":
        return latest(with_order(tables[table]), ["use_disallowed"], columns)
    return tables[table].select(*KEY, *columns)
