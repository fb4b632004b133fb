"""Both sides of every rule about computed tables. Amounts are printed ones where the source prints any."""

from tests.rows import Record
from tests.spec.boundaries import Boundary, Case
from tests.spec.computations import account, applied, budget, received_reports, row_of, rows_of
from tests.spec.language import decisions, funds, repayments, reports

GRANTED = decisions("Exempelkommun 01: 700 000")
REPORTED = reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")  # 700 000 together
REPAID = repayments("Exempelkommun 01: 110 191")
NUMBERED = decisions("Exempelkommun 01: 700 000", case="9.2-12345/2023")
NOBODY = decisions()
UNREAD = decisions("Exempelkommun 01: ca 700 000")
UNREAD_REPORT = [{**report, "submitted_at": "igår"} for report in reports("Exempelkommun 01: 5 oanvänt")]
UNREAD_AMOUNT = reports("Exempelkommun 01: ca 5 oanvänt")
AVAILABLE = funds("disponibla medel: 30 000 000", "administration: 2 500 000")


def cases(*numbers: str | None) -> list[Record]:
    """Rows of one case each, of one recipient each."""
    return [{"recipient_code": f"990{n}", "case_number": number} for n, number in enumerate(numbers, 1)]


def entries(*events: str) -> list[Record]:
    """Money events of one krona each; those of a recipient are of one that was granted something."""
    return [{"event": event, "amount_sek": 1} for event in events]


ACCOUNTS = [
    Boundary(
        "used_above_granted",
        holds=account(GRANTED, reports("Exempelkommun 01: 700 000 använt, 0 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 700 001 använt, 0 oanvänt")),
        beside=("used_exactly_granted",),
    ),
    Boundary(
        "used_exactly_granted",
        holds=account(GRANTED, reports("Exempelkommun 01: 699 999 använt, 1 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 700 000 använt, 0 oanvänt")),
    ),
    Boundary(
        "used_exactly_granted",
        holds=account(GRANTED, reports("Exempelkommun 01: 0 oanvänt")),  # nobody asked what was used
        breaks=account(GRANTED, reports("Exempelkommun 01: 700 000 använt, 0 oanvänt")),
    ),
    Boundary(
        "amount_thousandfold",  # from half of to twice 700 000 000
        holds=account(GRANTED, reports("Exempelkommun 01: 350 000 000 använt, 0 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 350 000 001 använt, 0 oanvänt")),
        beside=("used_above_granted",),
    ),
    Boundary(
        "amount_thousandfold",
        holds=account(GRANTED, reports("Exempelkommun 01: 1 400 000 000 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 1 399 999 999 oanvänt")),
        beside=("unused_above_granted",),
    ),
    Boundary(
        "amount_thousandth",  # from half of to twice 700
        holds=account(GRANTED, reports("Exempelkommun 01: 200 använt, 150 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 201 använt, 150 oanvänt")),
        beside=("grant_is_not_used_plus_unused",),
    ),
    Boundary(
        "amount_thousandth",
        holds=account(GRANTED, reports("Exempelkommun 01: 1 400 beviljat, 0 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 1 399 beviljat, 0 oanvänt")),
        beside=("granted_as_reported_differs",),
    ),
    Boundary(
        "case_number_as_amount",
        holds=account(NUMBERED, reports("Exempelkommun 01: 12 346 använt, 687 654 oanvänt")),
        breaks=account(NUMBERED, reports("Exempelkommun 01: 12 345 använt, 687 655 oanvänt")),
    ),
    Boundary(
        "case_number_as_amount",
        holds=account(NUMBERED, reports("Exempelkommun 01: 92 123 452 024 oanvänt")),
        breaks=account(NUMBERED, reports("Exempelkommun 01: 92 123 452 023 oanvänt")),  # 9.2-12345/2023 whole
        beside=("unused_above_granted",),
    ),
    Boundary(
        "unused_above_granted",
        holds=account(GRANTED, reports("Exempelkommun 01: 700 000 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 700 001 oanvänt")),
    ),
    Boundary(
        "grant_is_not_used_plus_unused",
        holds=account(GRANTED, reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 515 636 använt, 184 363 oanvänt")),
    ),
    Boundary(
        "grant_is_not_used_plus_unused",
        holds=account(GRANTED, reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 515 638 använt, 184 363 oanvänt")),
    ),
    Boundary(
        "granted_as_reported_differs",
        holds=account(GRANTED, reports("Exempelkommun 01: 700 000 beviljat, 184 363 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 700 001 beviljat, 184 363 oanvänt")),
    ),
    Boundary(
        "granted_as_reported_differs",
        holds=account(GRANTED, reports("Exempelkommun 01: 700 000 beviljat, 184 363 oanvänt")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 699 999 beviljat, 184 363 oanvänt")),
    ),
    Boundary(
        "salary_above_used",
        holds=account(GRANTED, reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt, 515 637 löner")),
        breaks=account(GRANTED, reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt, 515 638 löner")),
    ),
    Boundary(
        "report_without_decision",
        holds=account(GRANTED, reports("Exempelkommun 01: 700 000 oanvänt")),
        breaks=account(NOBODY, reports("Exempelkommun 01: 700 000 oanvänt")),
    ),
    Boundary(
        "event_without_decision",
        holds=account(GRANTED, REPORTED, REPAID),
        breaks=account(NOBODY, reports(), REPAID),
    ),
    Boundary(
        "decision_without_report",
        holds=account(decisions("Exempelkommun 01: 700 000", due="2024-02-01"), as_of="2024-02-01"),
        breaks=account(decisions("Exempelkommun 01: 700 000", due="2024-02-01"), as_of="2024-02-02"),
    ),
    Boundary(
        "decision_without_report",
        holds=account(GRANTED, REPORTED),
        breaks=account(GRANTED),  # its last day is not known
    ),
    Boundary(
        "report_not_known",
        holds=row_of("core_reconciliation", outcome="report_not_due", granted_sek=5),
        breaks=row_of("core_reconciliation", outcome="report_not_known", granted_sek=5),
    ),
    Boundary(
        "report_without_decision",
        holds=account(UNREAD, REPORTED),  # it came, but has faults
        breaks=account(NOBODY, [*REPORTED, *UNREAD_REPORT]),
    ),
    Boundary(
        "event_without_decision",
        holds=account(UNREAD, reports(), REPAID),
        breaks=account(NOBODY, UNREAD_REPORT, REPAID),
    ),
    Boundary(
        "decision_without_report",
        holds=account(GRANTED, UNREAD_AMOUNT),  # it came, and does not say readably what was not used
        breaks=account(GRANTED, reports()),
    ),
    Boundary(
        "decision_without_report",
        holds=account(GRANTED, UNREAD_REPORT),
        breaks=account(GRANTED, [{**report, "recipient_name": "Exempelkommun 02"} for report in UNREAD_REPORT]),
    ),
    Boundary(
        "report_due_before_decision",
        holds=account(decisions("Exempelkommun 01: 700 000", decided="2023-06-01", due="2023-06-01"), REPORTED),
        breaks=account(decisions("Exempelkommun 01: 700 000", decided="2023-06-01", due="2023-05-31"), REPORTED),
    ),
    Boundary(
        "decided_case_twice",
        holds=rows_of("core_decision", *cases("EX 1", "EX 2", None, None)),
        breaks=rows_of("core_decision", *cases("EX 1", "EX 1")),
        times=2,
    ),
    Boundary(
        "applied_case_twice",
        holds=rows_of("core_application", *cases("EX 1", "EX 2", None, None)),
        breaks=rows_of("core_application", *cases("EX 1", "EX 1")),
        times=2,
    ),
    Boundary(
        "funds_booked_twice",
        holds=rows_of("core_event", *entries("available_funds", "administration_allowed")),
        breaks=rows_of("core_event", *entries("available_funds", "available_funds")),
        times=2,
    ),
    Boundary(
        "funds_booked_twice",
        holds=rows_of("core_event", *entries("repaid_after_recovery", "repaid_after_recovery")),
        breaks=rows_of("core_event", *entries("administration_allowed", "administration_allowed")),
        times=2,
    ),
]

COUNTED = {"source_file": "a.csv", "superseded_count": 1, "excluded_count": 1, "quarantined_count": 1}
SHARE = {"indicator": "activity_area", "option": "cooperation"}

IDENTITIES = [
    Boundary(
        "row_lost",
        holds=row_of("core_funnel", received_count=5, accepted_count=2, **COUNTED),  # 2 + 1 + 1 + 1
        breaks=row_of("core_funnel", received_count=6, accepted_count=2, **COUNTED),
    ),
    Boundary(
        "nothing_left_of_file",
        holds=received_reports(
            "Exempelkommun 01 | 30/1/2024 | Inlämnad | 5",
            "Exempelkommun 02 | 2024-01-30 | Inlämnad | 5",
        ),
        breaks=received_reports(
            "Exempelkommun 01 | 30/1/2024 | Inlämnad | 5",
            "Exempelkommun 02 | 30/1/2024 | Inlämnad | 5",
        ),
    ),
    Boundary(
        "nothing_left_of_file",
        holds=received_reports("Exempelkommun 01 | 2024-01-30 | Test | 5"),
        breaks=received_reports(),  # headers only
    ),
    Boundary(
        "file_without_rows",
        holds=received_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 5", as_of="2024-02-01"),
        breaks=received_reports(as_of="2024-02-01"),  # headers only, on the last day to report
    ),
    Boundary(
        "nothing_left_of_file",
        holds=received_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 5", as_of="2024-02-02"),
        breaks=received_reports(as_of="2024-02-02"),  # headers only, the day after
    ),
    Boundary(
        "funds_exceeded",
        holds=budget(decisions("Exempelkommun 01: 3 500 000"), funds("disponibla medel: 3 500 000")),
        breaks=budget(decisions("Exempelkommun 01: 3 500 001"), funds("disponibla medel: 3 500 000")),
    ),
    Boundary(
        "administration_does_not_fit",
        holds=budget(decisions("Exempelkommun 01: 27 500 000"), AVAILABLE),  # 30 000 000 less 2 500 000
        breaks=budget(decisions("Exempelkommun 01: 27 500 001"), AVAILABLE),
    ),
    Boundary(
        "funds_do_not_add_up",
        holds=row_of(
            "out_funds_by_year",
            available_sek=30_000_000,
            administration_sek=2_500_000,
            granted_sek=21_117_795,
            undistributed_sek=6_382_205,
        ),
        breaks=row_of(
            "out_funds_by_year",
            available_sek=30_000_000,
            administration_sek=2_500_000,
            granted_sek=21_117_795,
            undistributed_sek=6_382_204,
        ),
    ),
    Boundary(
        "outcomes_do_not_add_up",
        holds=applied("approved", "partly_approved", "rejected", "dismissed", "withdrawn"),
        breaks=applied("approved", "partly_approved", "rejected", "dismissed", "withdrawn", "appealed"),
    ),
    Boundary(
        "share_above_its_base",
        holds=row_of("out_indicator", numerator=49, denominator=49, asked_count=49, blank_count=0, **SHARE),
        breaks=row_of("out_indicator", numerator=50, denominator=49, asked_count=49, blank_count=0, **SHARE),
    ),
    Boundary(
        "base_does_not_add_up",
        holds=row_of("out_indicator", numerator=46, denominator=49, asked_count=54, blank_count=5, **SHARE),  # 49 + 5
        breaks=row_of("out_indicator", numerator=46, denominator=49, asked_count=54, blank_count=4, **SHARE),
    ),
]

SET_ASIDE = [
    Boundary(
        "decision_set_aside",
        holds=row_of("core_set_aside", kind="usage_report", together_sek=5, limit_sek=5),
        breaks=row_of("core_set_aside", kind="decision", limit_sek=5),
    ),
    Boundary(
        "set_aside_above_limit",
        holds=row_of("core_set_aside", kind="usage_report", together_sek=50_000, limit_sek=50_000),
        breaks=row_of("core_set_aside", kind="usage_report", together_sek=50_001, limit_sek=50_000),
    ),
]

RESPONDED = {"form": "survey", "measure": "respondents", "said_at_most_count": 0, "amounts_at_most_count": 0}


def nothing_used(said: int, silent: int, by_amounts: int, unknown: int) -> Case:
    """How many say that they used nothing, and how many did by their amounts; of some neither is known."""
    return row_of(
        "out_answer_check",
        form="survey",
        measure="used_nothing",
        said_count=said,
        said_at_most_count=said + silent,
        amounts_count=by_amounts,
        amounts_at_most_count=by_amounts + unknown,
    )


ANSWERS = [
    Boundary(
        "more_respondents_than_recipients",
        holds=row_of("out_answer_check", said_count=54, amounts_count=54, **RESPONDED),
        breaks=row_of("out_answer_check", said_count=55, amounts_count=54, **RESPONDED),
    ),
    Boundary(
        "fewer_respondents_than_recipients",
        holds=row_of("out_answer_check", said_count=54, amounts_count=54, **RESPONDED),
        breaks=row_of("out_answer_check", said_count=53, amounts_count=54, **RESPONDED),
    ),
    Boundary(  # five by the amounts, and of one it is not known
        "nothing_used_by_more_answers",
        holds=nothing_used(said=6, silent=0, by_amounts=5, unknown=1),
        breaks=nothing_used(said=7, silent=0, by_amounts=5, unknown=1),
    ),
    Boundary(  # three say so, and two did not answer
        "nothing_used_by_fewer_answers",
        holds=nothing_used(said=3, silent=2, by_amounts=5, unknown=0),
        breaks=nothing_used(said=3, silent=2, by_amounts=6, unknown=0),
    ),
]

BOUNDARIES = [*ACCOUNTS, *IDENTITIES, *SET_ASIDE, *ANSWERS]
