"""Audit: what was found in the round, which rules found nothing, and which are set aside. Asset checks mirror it."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from typing import Any

import dagster as dg
import narwhals as nw
import pyarrow as pa

from assets.domain.breaches import breaches, failing_rows, waived
from assets.domain.findings import FINDING, numbered
from assets.domain.forms import column_letter
from assets.domain.frames import Frame
from assets.frames import frame_of, records_of
from assets.ports import Reports, RoundKey, Settings
from assets.received import received_versions
from assets.rounds import ROUNDS, current_round, current_run, described, in_one_sentence
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme, RoundSpec, Waiver
from schemas.rules.rule import Rule, found_rules, ruled_tables, rules
from schemas.tables import ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name

CELLS = pa.schema([(name, pa.string()) for name in ("source_file", "field", "source_column")])
PLACES = {rule.at.table for rule in found_rules() if rule.at}
READ = sorted({*ruled_tables(), *PLACES, "raw_file", "raw_finding", "core_round"})
"""The tables that findings are made of: those that rules are about, and those that they lead to."""

PLACEHOLDER = re.compile(r"\{\w+\}")
WRITTEN = ("core_finding", "core_waiver", "core_rule_result")


def _specs() -> list[dg.AssetCheckSpec]:
    with warnings.catch_warnings():
        # A check must belong to the rounds, or one year's pass hides another's failure; Dagster calls that a preview.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return [
            dg.AssetCheckSpec(
                rule.id,
                asset="core_finding",
                description=f"{rule.called('en')}: {PLACEHOLDER.sub('…', rule.en)}",
                blocking=rule.severity == "stop",
                partitions_def=ROUNDS,
            )
            for rule in found_rules()
        ]


@dg.multi_asset(
    partitions_def=ROUNDS,
    ins={name: dg.AssetIn() for name in READ},
    deps=[name for name in map(table_name, ROUND_TABLES) if name not in {*READ, *WRITTEN}],  # the report has them all
    outs={name: dg.AssetOut(**described(name, "audit")) for name in WRITTEN},
    check_specs=_specs(),
)
def audited(
    reports: dg.ResourceParam[Reports], settings: dg.ResourceParam[Settings], **tables: Frame
) -> Iterator[dg.Output[Frame] | dg.AssetCheckResult]:
    """Hold every table of the round against the rules of the catalogue, and list what was found by any of them."""
    with in_one_sentence():
        round_key = current_round()
        programme = catalogue.programme(round_key.programme)
        this_round = records_of(tables["core_round"])[0]
        spec = programme.rounds[round_key.year]
        findings = core_findings(tables, spec, this_round, settings.today)
        counts = counted_by_rule(findings)
        yield dg.Output(findings, "core_finding")
        yield dg.Output(
            core_waivers(programme.rounds[round_key.year], this_round, counts, settings.today), "core_waiver"
        )
        yield dg.Output(core_rule_results(programme, this_round, counts), "core_rule_result")
        if is_refused(counts):
            reports.refuse(round_key, current_run())
        else:
            reports.withdraw(round_key)
        yield from check_results(round_key, counts, reports)


def core_findings(tables: dict[str, Frame], spec: RoundSpec, this_round: dict[str, Any], today: dt.date) -> Frame:
    """Everything found in the tables there are, numbered in order of address, as table core_finding."""
    cells = field_cells(tables["raw_file"])
    failing = {table: failing_rows(table, tables) for table in ruled_tables() if table in tables}
    in_tables = [
        found
        for table, rows in failing.items()
        if records_of(rows.select("provenance"))  # few tables have any, and wording costs
        for found in breaches(table, rows, tables, cells)
    ]
    found = nw.concat([tables["raw_finding"].select(*FINDING), *in_tables], how="vertical")
    marked = waived(numbered(found), {w.rule: (w.expires.isoformat(), w.reason) for w in in_force(spec, today)})
    return marked.with_columns(
        programme=nw.lit(this_round["programme"]), year=nw.lit(this_round["year"]).cast(nw.Int64)
    )


def in_force(spec: RoundSpec, today: dt.date) -> list[Waiver]:
    """The round's waivers on the day of the run: to set a rule aside is done now, whatever date figures are as of."""
    return [waiver for waiver in spec.waivers if waiver.date <= today <= waiver.expires]


def field_cells(raw_file: Frame) -> Frame:
    """In which column of which file each field stands; in several where a file has several versions of its form."""
    places: dict[tuple[str, str], list[int]] = {}
    versions = (version for record in records_of(raw_file) for version in received_versions(record))
    for file in versions:
        for field, at in file.positions.items():
            places.setdefault((file.source_file, field), []).append(at)
    return frame_of(
        (
            {"source_file": file, "field": field, "source_column": "/".join(map(column_letter, sorted(set(columns))))}
            for (file, field), columns in places.items()
        ),
        CELLS,
    )


Counts = dict[str, tuple[int, int]]
"""Findings by rule: how many, and how many of them are waived."""


def counted_by_rule(findings: Frame) -> Counts:
    """How many findings each rule of the catalogue has; those that found nothing have none."""
    counts = {rule.id: (0, 0) for rule in found_rules()}
    for found in records_of(findings.select("rule", "waiver_reason")):
        every, waived_ones = counts[found["rule"]]
        counts[found["rule"]] = (every + 1, waived_ones + (found["waiver_reason"] is not None))
    return counts


def core_waivers(spec: RoundSpec, this_round: dict[str, Any], counts: Counts, today: dt.date) -> Frame:
    """The round's waivers as table core_waiver, expired ones too."""
    records = [
        {
            **_round_columns(this_round),
            "rule": waiver.rule,
            "reason": waiver.reason,
            "waived_by": waiver.by,
            "waived_date": waiver.date,
            "expires_date": waiver.expires,
            "is_expired": waiver.expires < today,
            "finding_count": counts[waiver.rule][1],
        }
        for waiver in spec.waivers
    ]
    return frame_of(records, project.arrow_schema(TABLES["core_waiver"]))


def core_rule_results(programme: Programme, this_round: dict[str, Any], counts: Counts) -> Frame:
    """Every rule that an auditor's list has, with its ground and its count, as table core_rule_result.

    A rule that stops the run before there are tables has found nothing if there is a table to say so.
    """
    records = [
        {
            **_round_columns(this_round),
            "rule": rule.id,
            "severity": rule.severity,
            "title_sv": rule.called("sv"),
            "title_en": rule.called("en"),
            "ground_sv": programme.ground(rule, "sv"),
            "ground_en": programme.ground(rule, "en"),
            "finding_count": counts.get(rule.id, (0, 0))[0],
            "waived_count": counts.get(rule.id, (0, 0))[1],
        }
        for rule in rules().values()
        if rule.title
    ]
    return frame_of(records, project.arrow_schema(TABLES["core_rule_result"]))


def is_refused(counts: Counts) -> bool:
    """Tell whether a rule that stops found anything that no waiver covers."""
    stops = [counts[rule.id] for rule in found_rules() if rule.severity == "stop"]
    return any(every > waived_ones for every, waived_ones in stops)


def _round_columns(this_round: dict[str, Any]) -> dict[str, Any]:
    return {name: this_round[name] for name in ("programme", "year", "provenance")}


def check_results(round_key: RoundKey, counts: Counts, reports: Reports) -> Iterator[dg.AssetCheckResult]:
    """One result per rule: counts and where to read on, never a value. Only what is not waived fails a check."""
    for rule in found_rules():
        every, waived_ones = counts[rule.id]
        left = every - waived_ones
        warns = rule.severity == "warn"
        yield dg.AssetCheckResult(
            asset_key="core_finding",
            check_name=rule.id,
            passed=left == 0,
            severity=dg.AssetCheckSeverity.WARN if warns else dg.AssetCheckSeverity.ERROR,
            description=_told(rule, left, waived_ones),
            metadata={"findings": every, "waived": waived_ones, "report": _link(reports.place(round_key, rule.id))},
        )


def _link(place: str) -> dg.MetadataValue[Any]:
    return dg.MetadataValue.url(place) if place.startswith("http") else dg.MetadataValue.path(place)


def _told(rule: Rule, left: int, waived_ones: int) -> str:
    if not left:
        return (
            f"{rule.called('en')}: waived, see the report." if waived_ones else f"{rule.called('en')}: nothing found."
        )
    consequence = {
        "stop": "Nothing is published and the previous version stands. Correct the source and run the round again.",
        "quarantine": "The rows are left out and the round is published with the gap shown.",
        "warn": "The rows are kept and listed.",
    }[rule.severity]
    return f"{rule.called('en')}: {left} found. {consequence} What to do stands with each finding, in the report."
