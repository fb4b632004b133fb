"""The words of trials: on what kinds of thing rules are held (texts `tried_on_<kind>`), and why one could not be."""

from __future__ import annotations

COUNTED_IN_TABLES = (
    "adjusted_decisions",
    "applications",
    "book_pairs",
    "book_rows",
    "bookings",
    "decisions",
    "files",
    "funds",
    "grants",
    "ledger_entries",
    "paid_grants",
    "recipients",
    "recovery_decisions",
    "recovery_events",
    "reminders",
    "repayments",
    "replacing_decisions",
    "replies",
    "reports",
    "reports_of_use",
    "reversals",
    "rounds",
    "shares",
    "surveys",
    "use_questions",
)
"""Rows of a table that the rule is about."""

COUNTED_IN_ROWS = (
    "amounts",
    "answers",
    "dates",
    "doubled_cells",
    "events",
    "fixed_options",
    "free_texts",
    "multiple_choices",
    "names",
    "needed_values",
    "numbers",
    "organisation_numbers",
    "questions_not_put",
    "respondents",
    "rows",
    "stated_codes",
    "stated_counties",
)
"""Cells and rows as they were received, each held against the checks of its form. Events are counted either way."""

MATERIAL = (
    "bookings_of_cases",
    "case_numbers",
    "corrections",
    "corrections_by_key",
    "dated_reports",
    "dated_reports_under_a_policy",
    "decisions_of_cases",
    "exports",
    "forms",
    "long_cells",
    "published_versions",
    "read_sheets",
    "received_decisions",
    "received_reports",
    "received_rows",
    "reference_files",
    "register_rows",
    "registers",
    "replacing_files",
    "reports_that_came",
    "reports_to_supplement",
    "reports_under_a_policy",
    "rivals",
    "rows_about_grants",
    "rows_left_out_if_hidden",
    "rows_of_standing_files",
    "rows_that_may_be_hidden",
    "rows_with_status",
    "sheets",
    "sheets_with_filled_cells",
    "sheets_without_filled_cells",
    "split_corrections",
    "supplements",
    "tables",
    "totals",
    "unreadable_names",
    "workbooks",
    "xml_files",
)
"""What the round itself has so many of: rows, files, sheets, corrections, tables."""

TRIED_ON = tuple(sorted({*COUNTED_IN_TABLES, *COUNTED_IN_ROWS, *MATERIAL}))

NOT_TRIED = NOTHING_THERE, NOT_KNOWN, NOT_DECLARED, AT_PUBLICATION = (
    "nothing_there",
    "not_known",
    "not_declared",
    "at_publication",
)
"""Why a rule could not be tried: there is no such thing; there are such, but what is compared is not known of any;
nothing that the round declares calls for it; it is tried when the version is published, on all of its rounds."""
