"""Cases: the law, the matters to decide of each recipient, on what evidence, and what an official has to do next."""

from __future__ import annotations

import dagster as dg
import pyarrow as pa

from assets.domain import cases, grounds
from assets.domain.frames import Frame
from assets.domain.ledger import dated_events
from assets.frames import frame_of
from assets.ports import Inbox, RoundKey
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue
from schemas.configuration.provisions import Ordinance
from schemas.rules.rule import Stop, rules
from schemas.tables import TABLES, project
from schemas.words.vocabulary import REAL

TEXTS = ("programme", "evidence", "provision", "section_sv", "section_en")
SUGGESTIONS = pa.schema([*((name, pa.string()) for name in TEXTS), ("year", pa.int64())])


@round_table("ledger")
def core_provision(inbox: dg.ResourceParam[Inbox]) -> Frame:
    """The ordinance's provisions as in force for the round's year, with the rules that stand on each."""
    round_key = current_round()
    ordinance = catalogue.programme(round_key.programme).ordinance
    refuse_unfit_text(ordinance, inbox)
    return provisions_of(ordinance, round_key)


@round_table("ledger")
def core_case_event(core_event: Frame, core_source_file: Frame) -> Frame:
    """The events of cases that stand, each with what came before it."""
    return cases.case_events(dated_events(core_event, core_source_file))


@round_table("ledger")
def core_recovery_case(  # noqa: PLR0913, PLR0917 - one argument per table
    core_account: Frame,
    core_reconciliation: Frame,
    core_decision: Frame,
    core_ledger_entry: Frame,
    core_case_event: Frame,
    core_round: Frame,
) -> Frame:
    """One row per recipient of whom there is something to decide."""
    return cases.recovery_cases(
        core_account, core_reconciliation, core_decision, core_ledger_entry, core_case_event, core_round
    )


@round_table("ledger")
def core_candidate_ground(  # noqa: PLR0913, PLR0917 - one argument per table
    core_recovery_case: Frame,
    core_account: Frame,
    core_reconciliation: Frame,
    core_decision: Frame,
    core_usage_report: Frame,
    core_case_event: Frame,
    core_round: Frame,
) -> Frame:
    """The grounds that the evidence of each case may speak for; an official decides whether any holds."""
    tables = {
        "core_account": core_account,
        "core_reconciliation": core_reconciliation,
        "core_decision": core_decision,
        "core_usage_report": core_usage_report,
        "core_case_event": core_case_event,
        "core_round": core_round,
    }
    round_key = current_round()
    ordinance = catalogue.programme(round_key.programme).ordinance
    return grounds.candidate_grounds(core_recovery_case, tables, suggestions_of(ordinance, round_key))


@round_table("ledger")
def core_todo(core_recovery_case: Frame) -> Frame:
    """What an official has to do next, case by case."""
    return cases.todos(core_recovery_case)


def refuse_unfit_text(ordinance: Ordinance, inbox: Inbox) -> None:
    """Raises: Stop if the text that was read as the ordinance is not in the raw folder, or is another now."""
    if ordinance.text and inbox.digest(ordinance.text.file) != ordinance.text.sha256:
        raise Stop("ordinance_text_unfit", file=ordinance.text.file)


def provisions_of(ordinance: Ordinance, round_key: RoundKey) -> Frame:
    """The provisions in force in the round's year, as table core_provision."""
    standing = {name: _standing_on(name) for name in ordinance.provisions}
    records = [
        {
            "programme": round_key.programme,
            "year": round_key.year,
            "provision": name,
            "provision_no": number,
            "section_sv": each.sv,
            "section_en": each.en,
            "says_sv": each.says.sv,
            "says_en": each.says.en,
            "concerns": each.concerns,
            "part_of": each.part_of,
            "valid_from_date": each.valid_from,
            "valid_to_date": each.valid_to,
            "status": ordinance.status,
            "rules": ", ".join(standing[name]) or None,
            "rule_count": len(standing[name]),
            "suggested_by": ", ".join(each.suggested_by) or None,
            "provenance": REAL,
        }
        for number, (name, each) in enumerate(ordinance.in_force(round_key.year).items(), start=1)
    ]
    return frame_of(records, project.arrow_schema(TABLES["core_provision"]))


def _standing_on(provision: str) -> list[str]:
    return [rule.id for rule in rules().values() if rule.source == f"provision:{provision}"]


def suggestions_of(ordinance: Ordinance, round_key: RoundKey) -> Frame:
    """Which evidence suggests which provision in the round's year: one row for each pair."""
    records = [
        {
            "programme": round_key.programme,
            "year": round_key.year,
            "evidence": evidence,
            "provision": name,
            "section_sv": each.sv,
            "section_en": each.en,
        }
        for name, each in ordinance.in_force(round_key.year).items()
        for evidence in each.suggested_by
    ]
    return frame_of(records, SUGGESTIONS)
