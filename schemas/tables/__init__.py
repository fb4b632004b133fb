"""The registry of tables: what stores, checks, projections and tests walk. A table is declared once and listed once."""

from __future__ import annotations

from schemas.tables import (
    answers,
    books,
    cases,
    core,
    corrections,
    findings,
    labels,
    ledger,
    out,
    raw,
    recovery,
    standing,
    vintages,
)
from schemas.tables.base import Table, table_name
from schemas.tables.release import released

ROUND_TABLES: tuple[type[Table], ...] = (
    raw.RawFile,
    raw.RawRow,
    raw.Correction,
    findings.ReceivedFinding,
    core.Round,
    core.Recipient,
    core.SourceFile,
    core.SourceColumn,
    core.Row,
    corrections.Correction,
    core.Funnel,
    core.Application,
    core.Decision,
    core.DecisionPart,
    core.UsageReport,
    ledger.Event,
    ledger.Unplaced,
    books.Booking,
    core.Answer,
    core.Reconciliation,
    ledger.LedgerEntry,
    ledger.Account,
    recovery.RecoveryDecision,
    books.BookMatch,
    cases.Provision,
    cases.CaseEvent,
    cases.RecoveryCase,
    cases.CandidateGround,
    cases.Todo,
    out.GrantByYear,
    out.FundsByYear,
    ledger.Balance,
    ledger.Cash,
    vintages.Revision,
    books.BookByYear,
    books.Receivable,
    recovery.RecoveryByGround,
    out.ApplicationByYear,
    out.Annex,
    out.Indicator,
    out.GrantByGroup,
    out.IndicatorByGroup,
    out.MeasureByGroup,
    answers.AnswerCheck,
    out.Compared,
    out.LeftOut,
    findings.SetAside,
    findings.Finding,
    findings.Waiver,
    findings.RuleResult,
    standing.Task,
    standing.NotReported,
    standing.Standing,
)
"""Written once per round, in the round's own snapshot."""

SPANNING_TABLES: tuple[type[Table], ...] = (
    out.TableCell,
    vintages.Across,
    labels.ValueLabel,
    labels.QuestionAsked,
    out.DictionaryEntry,
)
"""Computed at publication, over all accepted rounds."""

TABLES: dict[str, type[Table]] = {table_name(table): table for table in ROUND_TABLES + SPANNING_TABLES}

FILLED_BY_FORMS = ("core_application", "core_decision", "core_usage_report", "core_event", "core_booking")
"""The tables whose rows are the rows of a received file: what a form may fill."""

FILLED_IN_EVERY_ROUND = ("core_decision", "core_usage_report")
"""Those that no round can do without. Of what no form tells, applications or funds, nothing is known."""

RESTRICTED_LAYER = "raw_"
"""Raw rows may hold free text about people in danger: they stay in the store and are never published."""

PUBLISHED: tuple[str, ...] = tuple(name for name in TABLES if not name.startswith(RESTRICTED_LAYER))

RELEASED: dict[str, type[Table]] = {name: released(TABLES[name]) for name in PUBLISHED}
"""The published tables as everybody may read them: without the texts that stay in the house."""
