"""The checks of the graph: of each table its contract, and the rules that are about it, one check per severity."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import dagster as dg
import pyarrow as pa

from assets.outside import Reports
from assets.received import RoundKey
from schemas.rules import said_trials
from schemas.rules.constraints import implied_rules
from schemas.rules.rule import Rule, Severity, found_rules, rules
from schemas.tables import TABLES
from schemas.words.vocabulary import Language

CONTRACT = "contract"
NAMES: dict[Severity, str] = {"stop": "stops", "quarantine": "quarantines", "warn": "warnings"}
"""What the check is called that holds a table's rules of one severity."""

CONSEQUENCES: dict[Severity, str] = {
    "stop": "Nothing is published and the previous version stands. Correct the source and run the round again.",
    "quarantine": "What cannot be counted is left out, and the round is published with the gap shown.",
    "warn": "The rows are kept and listed.",
}
PLACEHOLDER = re.compile(r"\{\w+\}")
OF_FILES = ("sheet_not_read",)
"""The rules of received files that are about whole files; the others are about their rows."""

FOUND = dg.TableSchema(
    columns=[
        dg.TableColumn("rule"),
        dg.TableColumn("title"),
        dg.TableColumn("findings", "int"),
        dg.TableColumn("waived", "int"),
        dg.TableColumn("held_on", "int"),
    ]
)
NOT_TRIED = dg.TableSchema(columns=[dg.TableColumn("rule"), dg.TableColumn("title"), dg.TableColumn("why")])


@dataclass(frozen=True)
class Counts:
    """What was found in a round, by rule: how often, how often a waiver covers it, and on what it was held.

    `results`: the rows of core_rule_result.
    """

    found: Mapping[str, int]
    waived: Mapping[str, int]
    results: Mapping[str, Mapping[str, Any]]

    def left(self, rule: str) -> int:
        """The findings that no waiver covers."""
        return self.found.get(rule, 0) - self.waived.get(rule, 0)

    def held(self, rule: str) -> int:
        """On how many things a rule was held."""
        return int(self.results[rule]["tried_count"])

    def why_not(self, rule: str) -> str | None:
        """Why a rule could not be tried; None if it was."""
        result = self.results[rule]
        return said_trials.said(result, "en", str(result["tried_count"])) if result["not_tried"] else None


@dataclass(frozen=True)
class Title:
    """A rule's title inside a sentence."""

    rule: Rule

    def sentence(self, language: Language) -> str:
        """The title in one language."""
        return self.rule.called(language)


def counts_of(core_finding: pa.Table, core_rule_result: pa.Table) -> Counts:
    """The findings of a round, counted by rule; and on what each rule was held."""
    names, reasons = core_finding["rule"].to_pylist(), core_finding["waiver_reason"].to_pylist()
    covered = (name for name, reason in zip(names, reasons, strict=True) if reason is not None)
    return Counts(Counter(names), Counter(covered), {row["rule"]: row for row in core_rule_result.to_pylist()})


def refusals(counts: Counts) -> list[Rule]:
    """The rules that stop the round: those that found what no waiver covers."""
    return [rule for rule in found_rules() if rule.severity == "stop" and counts.left(rule.id)]


@cache
def about(table: str, severity: Severity) -> tuple[Rule, ...]:
    """The catalogue's rules of one severity that are about a table."""
    return tuple(rule for rule in found_rules() if rule.severity == severity and table_of(rule) == table)


def table_of(rule: Rule) -> str:
    """The table that a rule of the catalogue is about."""
    if rule.holds:
        return rule.holds.table
    return "raw_file" if rule.id in OF_FILES else "raw_row"


def specs_of(table: str, partitions: dg.PartitionsDefinition[str] | None) -> list[dg.AssetCheckSpec]:
    """The checks of one table."""
    own = [spec(table, CONTRACT, "Columns, types, order and keys are as declared.", partitions, blocking=True)]
    return own + [
        spec(table, name, "; ".join(rule.called("en") for rule in held), partitions, blocking=severity == "stop")
        for severity, name in NAMES.items()
        if (held := about(table, severity))
    ]


def spec(
    asset: str, name: str, description: str, partitions: dg.PartitionsDefinition[str] | None, *, blocking: bool = False
) -> dg.AssetCheckSpec:
    """One check. Of a round's table it belongs to the rounds, or one year's pass would hide another's failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # what Dagster calls checks by partition
        return dg.AssetCheckSpec(
            name, asset=asset, description=description, blocking=blocking, partitions_def=partitions
        )


def results_of(
    table: str, rows: int, counts: Counts, link: Callable[[str | None], str]
) -> Iterator[tuple[str, dg.AssetCheckResult]]:
    """The results of a table's checks, by name: counts, what to do and where to read on, never a value.

    Args: link: where the report tells of a rule, or as a whole.
    """
    yield CONTRACT, _contract(table, rows, counts)
    for severity, name in NAMES.items():
        if held := about(table, severity):
            yield name, _held(table, severity, held, counts, link)


def _contract(table: str, rows: int, counts: Counts) -> dg.AssetCheckResult:
    """What breaks the declaration itself is not written: what is left are references to rows of other tables."""
    broken = {rule.id: left for rule in implied_rules(TABLES[table], TABLES) if (left := counts.left(rule.id))}
    told = f"{rows} rows, as declared." if not broken else f"Not as declared: {', '.join(broken)}. Report it."
    return result(table, CONTRACT, told, passed=not broken, facts={"rows": rows, "findings": sum(broken.values())})


def _held(
    table: str,
    severity: Severity,
    held: tuple[Rule, ...],
    counts: Counts,
    link: Callable[[str | None], str],
) -> dg.AssetCheckResult:
    """What the rules of one severity found in a table. What a waiver covers fails nothing, and is counted.

    Where none of them could be tried the check has not passed: it warns, and says why. That blocks nothing.
    """
    untried = [rule for rule in held if counts.why_not(rule.id)]
    failing = [rule for rule in held if counts.left(rule.id)]
    facts = {
        "rules": len(held),
        "rules_not_tried": len(untried),
        "findings": sum(counts.found.get(rule.id, 0) for rule in held),
        "waived": sum(counts.waived.get(rule.id, 0) for rule in held),
        "what_to_do": what_to_do(severity, failing),
        "report": dg.MetadataValue.url(link(failing[0].id if failing else None)),
        "found": dg.MetadataValue.table([_record(rule, counts) for rule in held if rule.id in counts.found], FOUND),
        "not_tried": dg.MetadataValue.table([_untried(rule, counts) for rule in untried], NOT_TRIED),
    }
    is_tried = bool(failing) or len(untried) < len(held)
    told = "; ".join(f"{rule.called('en')}: {counts.left(rule.id)}" for rule in failing) or _quiet(
        held, untried, counts
    )
    passed, warns = is_tried and not failing, severity == "warn" or not is_tried
    return result(table, NAMES[severity], told, passed=passed, facts=facts, warns=warns)


def _quiet(held: Sequence[Rule], untried: Sequence[Rule], counts: Counts) -> str:
    """What a check says that found nothing, perhaps since there was nothing to hold its rules on."""
    if len(untried) == len(held):
        why = dict.fromkeys(str(counts.why_not(rule.id)) for rule in untried)
        return f"Nothing was tried, so this is no pass: {'; '.join(why)}."
    gap = f" {len(untried)} of {len(held)} rules could not be tried." if untried else ""
    return f"Nothing found.{gap}"


def _record(rule: Rule, counts: Counts) -> dg.TableRecord:
    found, waived = counts.found[rule.id], counts.waived.get(rule.id, 0)
    named = {"rule": rule.id, "title": rule.called("en")}
    return dg.TableRecord({**named, "findings": found, "waived": waived, "held_on": counts.held(rule.id)})


def _untried(rule: Rule, counts: Counts) -> dg.TableRecord:
    return dg.TableRecord({"rule": rule.id, "title": rule.called("en"), "why": counts.why_not(rule.id) or ""})


def what_to_do(severity: Severity, failing: list[Rule]) -> str:
    """What comes of it, and what each rule says to do; the values of its sentence stand in the report."""
    said = (f"{rule.called('en')}: {PLACEHOLDER.sub('…', rule.en)}" for rule in failing)
    return "\n".join([CONSEQUENCES[severity], *said]) if failing else "Nothing."


def result(  # noqa: PLR0913 - one argument per fact
    asset: str, name: str, told: str, *, passed: bool, facts: Mapping[str, Any], warns: bool = False
) -> dg.AssetCheckResult:
    """One result."""
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=passed,
        severity=dg.AssetCheckSeverity.WARN if warns else dg.AssetCheckSeverity.ERROR,
        description=told,
        metadata=facts,
    )


def failed(rule: Rule, counts: Counts, reports: Reports, round_key: RoundKey) -> dict[str, object]:
    """What the sentence of a check that failed names."""
    return {
        "programme": round_key.programme,
        "year": round_key.year,
        "check": Title(rules()[rule.id]),
        "count": counts.left(rule.id),
        "report": reports.place(round_key, rule.id),
    }
