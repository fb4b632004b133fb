"""Breaches of the catalogue's table rules as findings: each led back to the received cell, in the words of its rule."""

from __future__ import annotations

import string
from collections.abc import Mapping

import narwhals as nw

from assets.domain.findings import ADDRESS, FINDING
from assets.domain.frames import Frame, constant, extended, nothing, sentence
from assets.domain.money import grouped
from assets.domain.reconciliation import KEY
from assets.domain.rules import breaking, failing_table_rows
from schemas.rules.rule import Rule, catalogue_rules, consequences, rules


def failing_rows(table: str, tables: Mapping[str, Frame]) -> Frame:
    """The rows of one table that break any rule of the catalogue."""
    return failing_table_rows(tables[table], catalogue_rules(table), tables, consequences())


def breaches(table: str, failing: Frame, tables: Mapping[str, Frame], cells: Frame) -> list[Frame]:
    """What breaks a rule of the catalogue in one table: one frame of findings per rule, not numbered.

    Args: failing as from `failing_rows`. tables: those that rules lead to. cells: in which column of which file a
        field stands (source_file, field, source_column).
    """
    return [
        _findings(rules()[rule.id], breaking(failing, place), tables, cells)
        for place, rule in enumerate(catalogue_rules(table))
    ]


def _findings(rule: Rule, failing: Frame, tables: Mapping[str, Frame], cells: Frame) -> Frame:
    rows = _with_column(_with_address(rule, failing, tables), rule, cells)
    if "recipient_code" not in rows.collect_schema().names():
        rows = rows.with_columns(recipient_code=nothing("programme"))
    said = extended(rows, _shown(rule, rows))
    named = said.collect_schema().names()
    return said.with_columns(
        rule=constant(rule.id, "programme"),
        severity=constant(rule.severity, "programme"),
        message_sv=sentence(rule.sv, named, "programme"),
        message_en=sentence(rule.en, named, "programme"),
    ).select(*FINDING)


def _with_address(rule: Rule, failing: Frame, tables: Mapping[str, Frame]) -> Frame:
    """Failing rows with file, sheet and row: their own, or those of the row that the rule leads to, or none."""
    names = failing.collect_schema().names()
    if "source_row" not in names and rule.at:
        place = tables[rule.at.table].select(*KEY, "source_file", "source_sheet", "source_row")
        return failing.join(place, on=KEY, how="left")
    absent = {"source_file": "programme", "source_sheet": "programme", "source_row": "year"}
    return extended(failing, {name: nothing(like) for name, like in absent.items() if name not in names})


def _with_column(rows: Frame, rule: Rule, cells: Frame) -> Frame:
    field = rule.at.field if rule.at else None
    mine = cells.filter(nw.col("field") == (field or "")).select("source_file", "source_column")
    return rows.join(mine, on="source_file", how="left")


def _shown(rule: Rule, rows: Frame) -> dict[str, nw.Expr]:
    """The columns that the rule's sentence names, as a person writes them."""
    types = rows.collect_schema()
    named = {name for _, name, _, _ in string.Formatter().parse(rule.sv) if name in types.names()}
    numbers = [name for name in sorted(named - {*ADDRESS}) if types[name].is_integer()]
    return {name: grouped(name) for name in numbers}


def waived(findings: Frame, waivers: Mapping[str, tuple[str, str]]) -> Frame:
    """The findings with `waived_until_date` and `waiver_reason`: null where the rule stands.

    Args: waivers: rule to last day (ISO) and reason, of those that are in force.
    """
    until = reason = nothing("rule")
    for rule, (last_day, why) in waivers.items():
        mine = nw.col("rule") == rule
        until = nw.when(~mine).then(until).otherwise(nw.lit(last_day))
        reason = nw.when(~mine).then(reason).otherwise(nw.lit(why))
    return findings.with_columns(waived_until_date=until.str.to_date(format="%Y-%m-%d"), waiver_reason=reason)
