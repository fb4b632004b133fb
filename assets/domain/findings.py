"""Findings: what a person should know about what was received, each with the address of its cell and a sentence."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from assets.domain.frames import Frame, constant, is_true, nothing, sentence
from schemas.rules.rule import Rule

ADDRESS = ("source_file", "source_sheet", "source_row", "source_column")
VALUES = ("header", "name", "official_name", "score", "suggestions")
NUMBERS = ("source_row", "score")
PROBLEM = ("rule", *ADDRESS, *VALUES, "recipient_code", "provenance")
"""A problem: which rule, where, and the values its sentence may name."""

FINDING = ("rule", "severity", *ADDRESS, "message_sv", "message_en", "recipient_code", "provenance")


def of_cells(rows: Frame, faults: Frame) -> Frame:
    """The faults of a file's cells as problems. A row that does not count anyway has no faults to mend."""
    context = rows.filter(nw.col("excluded_by").is_null()).with_columns(name=nw.col("recipient_name"))
    kept = [name for name in PROBLEM if name not in ("rule", "header", "source_column")]
    return faults.join(context.select(*kept), on="source_row", how="inner").select(*PROBLEM)


def of_rows(rows: Frame) -> list[Frame]:
    """The rules that decided the fate of whole rows, and late reports that count all the same, as problems."""
    listed_by_cell = nw.col("excluded_by").is_null() & ~nw.col("broken_rule").is_null()
    decided = rows.filter(~nw.col("rule").is_null() & ~listed_by_cell)
    late = rows.filter(is_true(nw.col("is_accepted_late"))).with_columns(
        rule=constant("late_report_accepted", "source_file")
    )
    return [_without_cell(decided), _without_cell(late)]


def _without_cell(rows: Frame) -> Frame:
    named = rows.with_columns(
        name=nw.col("recipient_name"), header=nothing("source_file"), source_column=nothing("source_file")
    )
    return named.select(*PROBLEM)


def worded(problems: Frame, rules: Iterable[Rule]) -> list[Frame]:
    """Problems as findings, in the words of their rules: one frame per rule."""
    return [_of_rule(problems, rule) for rule in rules]


def _of_rule(problems: Frame, rule: Rule) -> Frame:
    named = (*VALUES, *ADDRESS, "recipient_code")
    mine = problems.filter(nw.col("rule") == rule.id)
    return mine.with_columns(
        severity=constant(rule.severity, "rule"),
        message_sv=sentence(rule.sv, named, "rule"),
        message_en=sentence(rule.en, named, "rule"),
    ).select(*FINDING)


def numbered(findings: Frame) -> Frame:
    """The findings of a round in order of address, numbered from 1."""
    order = ["source_file", "source_row", "source_column", "rule", "message_sv"]
    return findings.with_row_index("finding_no", order_by=order).with_columns(
        finding_no=nw.col("finding_no").cast(nw.Int64) + 1
    )
