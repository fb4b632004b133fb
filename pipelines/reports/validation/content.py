"""What a validation report says of one round, taken from the tables of its version. No text and no markup here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain import causes
from assets.domain.causes import Cause
from pipelines.reports.places import Headers, headers_of
from pipelines.reports.preliminary import SetAsideRows, preliminary
from pipelines.reports.revision import Revisions, revisions
from pipelines.reports.validation import books, late
from pipelines.reports.validation.stood import names_in, stood_in
from schemas.words.alphabet import alphabetical
from schemas.words.events import BOOKED_AS
from schemas.words.recovery import NO_DOUBT
from schemas.words.vocabulary import ACCEPTED, APPLIED, CORRECTIONS, DATA, REGISTER, SEVERITIES

Row = dict[str, Any]

SETTLED = ("all_used", "unused_reported", "report_not_due")
"""Outcomes of an account in which nothing is missing and nothing contradicts."""

CLOSED = ("balanced", "unused_repaid", "settled", "waived", "written_off", "report_not_due")
"""Statuses of an account with which there is nothing left to do."""

COUNTS = ("received_count", "accepted_count", "superseded_count", "excluded_count", "quarantined_count", "other_count")
AMOUNTS = ("granted_sek", "used_sek", "unused_sek", "repaid_after_recovery_sek")


@dataclass(frozen=True)
class Group:
    """One rule's result and its findings."""

    rule: Row
    findings: list[Row]

    @property
    def standing_count(self) -> int:
        """How many findings no waiver covers."""
        return sum(not finding["waiver_reason"] for finding in self.findings)


@dataclass(frozen=True)
class Total:
    """The sum of what is known, if anything is; for how many it is not, and what they were granted."""

    known: int | None
    unknown_count: int
    unknown_granted_sek: int


@dataclass(frozen=True)
class RoundReport:
    """Everything a report says of one round, as rows of the version's tables with what they refer to."""

    round: Row
    standing: Row | None
    """Where it stands; None of a round that has not been computed so far."""

    tasks: list[Row]
    not_reported: list[Row]
    files: list[Row]
    funnel: list[Row]
    funnel_total: dict[str, int]
    """Of the round's own files: a register that every round has is no part of it."""

    rules: list[Row]
    groups: list[Group]
    causes: list[Cause]
    has_nameless: bool
    people: dict[str, str]
    """Whoever the round has anything of: what each is called, by code, in order."""

    left_out: list[Row]
    waivers: list[Row]
    late: list[Row]
    corrections: list[Row]
    accounts: list[Row]
    account_totals: dict[str, Total]
    preliminary: list[SetAsideRows]
    set_aside: list[Row]
    money: list[Row]
    unplaced: list[Row]
    balances: dict[str, Row]
    recoveries: list[Row]
    by_ground: list[Row]
    headers: Headers
    books: books.Books
    unread_columns: list[Row]
    unruled_columns: list[Row]
    unread_sheets: list[Row]
    cases: list[Row]
    provisions: list[Row]
    revision: Revisions | None
    across: list[Row] | None
    """Hints from other rounds and programmes; None of a round that is not published, since nothing is compared then."""

    @property
    def findings(self) -> list[Row]:
        """Every finding, by rule."""
        return [finding for group in self.groups for finding in group.findings]


def rows_of(table: pa.Table, programme: str, year: int) -> list[Row]:
    """The rows of one round."""
    mine = pc.and_(pc.equal(table["programme"], programme), pc.equal(table["year"], year))
    rows: list[Row] = table.filter(mine).to_pylist()
    return rows


def round_report(tables: Mapping[str, pa.Table], programme: str, year: int) -> RoundReport:
    """Collect what a report says of one round of a version."""
    rows = {name: rows_of(tables[name], programme, year) for name in READ}
    names = {body["recipient_code"]: body["recipient_name"] for body in rows["core_recipient"]}
    corrected = {_cell(each) for each in rows["core_correction"] if each["effect"] == APPLIED}
    reported = {causes.address(each): each["name_as_reported"] for each in rows["core_row"]}
    findings = [_shown(each, names) | {"is_corrected": _cell(each) in corrected} for each in rows["core_finding"]]
    funnel = _with_file(each for each in rows["core_funnel"] if each["form"] != REGISTER)
    nobody = [each for each in findings if not each["recipient_code"] and each["source_row"]]
    typed = names_in(nobody, tables[RECEIVED], rows["core_source_column"])
    grantees = {each["recipient_code"] for each in rows["core_account"]}
    rules = sorted(rows["core_rule_result"], key=_by_weight)
    columns = _with_file(rows["core_source_column"])
    accounts = sorted(({**each, "recipient": names[each["recipient_code"]]} for each in _gapped(rows)), key=_gaps_first)
    decided = [each for each in accounts if each["granted_sek"] is not None]
    return RoundReport(
        round=rows["core_round"][0],
        standing=rows["out_standing"][0] if rows["out_standing"] else None,
        tasks=sorted(rows["core_task"], key=lambda row: row["task_no"]),
        not_reported=sorted(rows["core_not_reported"], key=lambda row: -(row["days_late_count"] or 0)),
        files=sorted(
            (each | {"file": short(each["source_file"])} for each in rows["core_source_file"]), key=_own_first
        ),
        funnel=funnel,
        funnel_total={name: sum(each[name] for each in funnel) for name in COUNTS},
        rules=rules,
        groups=[Group(rule, found) for rule in rules if (found := [f for f in findings if f["rule"] == rule["rule"]])],
        causes=causes.causes_of(findings, {**reported, **typed}, causes.stakes_of(rows), len(grantees)),
        has_nameless=any(row["row_kind"] == DATA and row["recipient_code"] is None for row in rows["core_row"]),
        people=_people(rows, names),
        left_out=_left_out(rows["core_row"], findings, names, stood_of(rows, tables)),
        waivers=[
            each | {"day_count": (each["expires_date"] - each["waived_date"]).days + 1} for each in rows["core_waiver"]
        ],
        late=[_shown(each, names) for each in late.late_reports(rows)],
        corrections=[_shown(each, names) for each in rows["core_correction"]],
        accounts=accounts,
        account_totals={name: _total(name, decided) for name in AMOUNTS},
        preliminary=preliminary(rows["core_set_aside"]),
        set_aside=[_shown(each, names) for each in rows["core_set_aside"]],
        money=sorted(_owed(rows["core_account"], names), key=_owing_first),
        unplaced=[_waiting(each, names) for each in _with_file(rows["core_unplaced"])],
        balances={each["measure"]: each for each in rows["out_balance"]},
        recoveries=[_decided(each, rows, names) for each in sorted(rows["core_recovery_decision"], key=_by_decision)],
        by_ground=sorted(rows["out_recovery_by_ground"], key=lambda row: row["grounds"]),
        headers=headers_of(columns),
        books=books.books_of(rows, names),
        unread_columns=[each for each in columns if not each["slot"] and each["header"]],
        unruled_columns=[each for each in columns if each["slot"] and not each["rule_count"]],
        unread_sheets=[each for each in findings if each["rule"] == "sheet_not_read"],
        cases=_cases(rows, names),
        provisions=sorted(rows["core_provision"], key=lambda row: row["provision_no"]),
        revision=revisions(rows["out_revision"]),
        across=_across(tables.get(ACROSS), names, (programme, year)),
    )


READ = (
    "core_round",
    "core_recipient",
    "core_source_file",
    "core_source_column",
    "core_row",
    "core_set_aside",
    "core_correction",
    "core_funnel",
    "core_reconciliation",
    "core_unplaced",
    "out_balance",
    "core_recovery_decision",
    "out_recovery_by_ground",
    "core_finding",
    "core_waiver",
    "core_rule_result",
    "core_recovery_case",
    "core_candidate_ground",
    "core_provision",
    "out_revision",
    "core_event",
    "out_standing",
    "core_task",
    "core_not_reported",
    *books.READ,
    *late.READ,
    *causes.READ,
)
ACROSS = "out_across"
RECEIVED = "raw_row"


OF_PEOPLE = ("core_row", "core_account", "core_finding", "core_recovery_case")
"""What tells of everybody that a round has anything of."""


def _people(rows: Mapping[str, list[Row]], names: Mapping[str, str]) -> dict[str, str]:
    """Everybody but those that only the register has."""
    registers = {each["source_file"] for each in rows["core_source_file"] if each["form"] == REGISTER}
    every = (each for table in OF_PEOPLE for each in rows[table] if each.get("source_file") not in registers)
    codes = {each["recipient_code"] for each in every if each["recipient_code"] in names}
    return {code: names[code] for code in sorted(codes, key=lambda code: (alphabetical(names[code]), code))}


def _decided(decision: Row, rows: Mapping[str, list[Row]], names: Mapping[str, str]) -> Row:
    """A decision on recovery, with the rows that it was told by: who decided, and why."""
    return _shown(decision, names) | {"acts": acts_of(decision, rows["core_event"])}


def acts_of(decision: Row, events: Iterable[Row]) -> list[Row]:
    """The events of one decision: those with its numbers, or else the row that it stands in."""
    numbers = set((decision["event_nos"] or "").split(", ")) - {""}
    mine = [each for each in events if each["grant_id"] == decision["grant_id"]]
    told = [each for each in mine if each["event_no"] in numbers]
    return told or [each for each in mine if causes.address(each) == causes.address(decision)]


def _waiting(row: Row, names: Mapping[str, str]) -> Row:
    """What is not placed, with whose it is and what kind of thing."""
    word = "report" if row["kind"] == "report" else BOOKED_AS.get(row["kind"], "event")
    return row | {"recipient": names.get(row["recipient_code"] or ""), "word": word}


def short(source_file: str | None) -> str:
    """A file's name without its folders: those are the round's."""
    return (source_file or "").rpartition("/")[2]


def _with_file(rows: Iterable[Row]) -> list[Row]:
    return [each | {"file": short(each["source_file"])} for each in rows]


def _own_first(file: Row) -> tuple[bool, bool, str]:
    """The round's exports before its corrections, and these before the register that every round has."""
    return file["form"] == REGISTER, file["form"] == CORRECTIONS, file["source_file"]


def _by_weight(rule: Row) -> tuple[int, int, str]:
    return SEVERITIES.index(rule["severity"]), -rule["finding_count"], rule["title_sv"]


def _cell(row: Row) -> tuple[Any, ...]:
    return row["source_file"], row["source_row"], row["source_column"]


def _shown(finding: Row, names: Mapping[str, str]) -> Row:
    return finding | {"file": short(finding["source_file"]), "recipient": names.get(finding["recipient_code"] or "")}


def stood_of(
    rows: Mapping[str, list[Row]], tables: Mapping[str, pa.Table]
) -> dict[causes.Address, list[tuple[str, str]]]:
    """What stood in the rows that do not count, as far as it may be shown."""
    return stood_in([row for row in rows["core_row"] if is_left_out(row)], tables[RECEIVED], rows["core_source_column"])


def is_left_out(row: Row) -> bool:
    """Whether a received row of data is in no figure."""
    return bool(row["row_kind"] == DATA and row["fate"] != ACCEPTED)


def _left_out(
    rows: Iterable[Row],
    findings: Iterable[Row],
    names: Mapping[str, str],
    stood: Mapping[causes.Address, list[tuple[str, str]]],
) -> list[Row]:
    said = {(each["source_file"], each["source_row"], each["rule"]): each for each in findings}
    return [
        row
        | {
            "file": short(row["source_file"]),
            "recipient": names.get(row["recipient_code"] or ""),
            "finding": said.get((row["source_file"], row["source_row"], row["rule"])),
            "stood": stood.get(causes.address(row), ()),
        }
        for row in sorted(rows, key=lambda row: (row["source_file"], row["source_row"]))
        if is_left_out(row)
    ]


def _gapped(rows: Mapping[str, list[Row]]) -> Iterable[Row]:
    return (each | {"is_gap": each["outcome"] not in SETTLED} for each in rows["core_reconciliation"])


def _gaps_first(account: Row) -> tuple[bool, str]:
    return not account["is_gap"], alphabetical(account["recipient"])


def _owed(accounts: Sequence[Row], names: Mapping[str, str]) -> Iterator[Row]:
    """The accounts with whom they are of; `has_others`: the recipient has more than this grant in the round."""
    grants = Counter(account["recipient_code"] for account in accounts)
    for account in accounts:
        of = account["recipient_code"]
        yield account | {
            "recipient": names[of],
            "has_others": grants[of] > 1,
            "is_open": account["status"] not in CLOSED,
        }


def _by_decision(decision: Row) -> tuple[Any, ...]:
    """What is in doubt first, then by day and grant."""
    return decision["doubt"] == NO_DOUBT, decision["decided_date"], decision["grant_id"], decision["decision_no"]


def _owing_first(account: Row) -> tuple[bool, str]:
    return not account["is_open"], alphabetical(account["recipient"])


def _cases(rows: Mapping[str, list[Row]], names: Mapping[str, str]) -> list[Row]:
    """The cases with their candidate grounds: overdue ones first, then by name."""
    grounds: dict[str, list[Row]] = defaultdict(list)
    for each in sorted(rows["core_candidate_ground"], key=lambda row: (row["provision"], row["evidence"])):
        grounds[each["grant_id"]].append(each | {"file": short(each["source_file"])})
    cases = [
        case | {"recipient": names[case["recipient_code"]], "candidates": grounds.get(case["grant_id"], [])}
        for case in rows["core_recovery_case"]
    ]
    return sorted(cases, key=lambda case: (not case["is_overdue"], alphabetical(case["recipient"])))


def _across(hints: pa.Table | None, names: Mapping[str, str], key: tuple[str, int]) -> list[Row] | None:
    if hints is None:
        return None
    rows = [each | {"recipient": names[each["recipient_code"]]} for each in rows_of(hints, *key)]
    return sorted(rows, key=lambda row: (alphabetical(row["recipient"]), row["kind"], row["measure"]))


def _total(name: str, decided: Iterable[Row]) -> Total:
    every = list(decided)
    known = [each[name] for each in every if each[name] is not None]
    unknown = [each["granted_sek"] for each in every if each[name] is None]
    return Total(sum(known) if known else None, len(unknown), sum(unknown))
