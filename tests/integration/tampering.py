"""Changes of a published database, by the statement that each breaks or only just keeps."""

from schemas.tables import PUBLISHED
from tests.integration.tampering_ledger import OF_LEDGER
from tests.integration.tampering_placed import OF_PLACED, PLACED_WELL

ROUND = "programme = 'stadigvarande-boende' AND year = 2023"
GRANT_2023 = f"UPDATE out_grant_by_year SET %s WHERE {ROUND}"
FIRST = "rowid = (SELECT min(rowid) FROM %s)"

TAMPERED = (
    {
        "granted_is_decided": [
            GRANT_2023 % "granted_sek = granted_sek + 1",
            GRANT_2023 % "granted_sek = granted_sek - 1",
            f"DELETE FROM out_grant_by_year WHERE {ROUND}",
        ],
        "recipients_are_decided": [GRANT_2023 % "recipient_count = 53", GRANT_2023 % "recipient_count = 55"],
        "unused_is_reported": [
            GRANT_2023 % "unused_sek = unused_sek + 1",
            GRANT_2023 % "unused_sek = unused_sek - 1",
            GRANT_2023 % "unused_sek = NULL",
        ],
        "repaid_is_in_the_ledger": [
            GRANT_2023 % "repaid_after_recovery_sek = 110192",
            GRANT_2023 % "repaid_after_recovery_sek = NULL",
            "UPDATE out_grant_by_year SET repaid_after_recovery_sek = 0 WHERE year = 2022",
        ],
        "every_recipient_used_all_part_or_nothing": [
            GRANT_2023 % "without_report_count = 1",
            GRANT_2023 % "use_unknown_count = 1",
        ],
        "granted_is_reported_and_left_out": [
            GRANT_2023 % "reported_granted_sek = reported_granted_sek - 1",
            GRANT_2023 % "left_out_granted_sek = 1",
        ],
        "left_out_is_told_by_reason": [GRANT_2023 % "left_out_count = 1", GRANT_2023 % "left_out_granted_sek = 1"],
        "round_is_preliminary_while_rows_are_set_aside": [
            f"UPDATE core_round SET is_preliminary = 1 WHERE {ROUND}",
            f"UPDATE core_round SET set_aside_count = 1, is_preliminary = 1 WHERE {ROUND}",
        ],
        "funds_grant_what_was_granted": [
            "UPDATE out_funds_by_year SET granted_sek = granted_sek + 1 WHERE year = 2023",
            "DELETE FROM out_grant_by_year WHERE year = 2022",
        ],
        "funds_are_in_the_ledger": [
            "UPDATE out_funds_by_year SET available_sek = available_sek - 1 WHERE year = 2023",
            "UPDATE out_funds_by_year SET administration_sek = 0 WHERE year = 2022",
        ],
        "applications_are_counted": [
            "UPDATE out_application_by_year SET application_count = application_count + 1 WHERE year = 2023",
            "DELETE FROM out_application_by_year WHERE year = 2022",
        ],
        "annex_granted_is_the_total": [
            "UPDATE out_annex SET granted_sek = granted_sek + 1 WHERE recipient_code = '0188'"
        ],
        "annex_unused_is_the_total": ["UPDATE out_annex SET unused_sek = NULL WHERE unused_sek > 0 AND year = 2023"],
        "annex_lists_the_decisions": [
            "DELETE FROM out_annex WHERE recipient_code = '0188'",
            "UPDATE out_annex SET recipient_code = '9999' WHERE recipient_code = '0188'",
            "UPDATE out_annex SET granted_sek = granted_sek - 1 WHERE recipient_code = '0188'",
        ],
        "indicators_count_answers": [
            f"UPDATE out_indicator SET {column} = {column} + 1 WHERE {FIRST % 'out_indicator'}"
            for column in ("numerator", "denominator", "asked_count", "blank_count")
        ],
        "funnel_counts_the_rows": [
            f"UPDATE core_funnel SET {column} = {column} + 1 WHERE {FIRST % 'core_funnel'}"
            for column in (
                "received_count",
                "accepted_count",
                "superseded_count",
                "excluded_count",
                "quarantined_count",
                "other_count",
            )
        ],
        "every_file_has_a_funnel": [f"DELETE FROM core_funnel WHERE {FIRST % 'core_funnel'}"],
        "only_data_rows_have_a_fate": [
            "UPDATE core_row SET fate = NULL WHERE source_row = 5",
            "UPDATE core_row SET fate = 'accepted' WHERE row_kind = 'header'",
        ],
        "accepted_rows_are_kept": [
            f"DELETE FROM {table} WHERE year = 2023 AND source_row = 2"
            for table in ("core_application", "core_usage_report", "core_event", "core_answer")
        ]
        + ["DELETE FROM core_booking WHERE source_row = 2"]
        + ["DELETE FROM core_decision WHERE recipient_code = '0188'"],
        "kept_rows_were_accepted": [
            f"UPDATE {table} SET source_row = 1 WHERE {FIRST % table}"
            for table in ("core_application", "core_decision", "core_usage_report", "core_event", "core_answer")
        ],
        "decisions_are_reconciled": [
            "DELETE FROM core_reconciliation WHERE recipient_code = '0188'",
            "UPDATE core_reconciliation SET granted_sek = granted_sek + 1 WHERE recipient_code = '0188'",
            "DELETE FROM core_decision WHERE recipient_code = '0188'",
        ],
        "reports_are_reconciled": [
            "UPDATE core_reconciliation SET unused_sek = NULL WHERE recipient_code = '0188'",
            "DELETE FROM core_usage_report WHERE recipient_code = '0188'",
        ],
        "real_grants_are_decided_for_real": [
            "UPDATE out_grant_by_year SET provenance = 'real' WHERE year = 2022",
            "UPDATE core_decision SET provenance = 'mixed' WHERE recipient_code = '0188'",
            "UPDATE core_usage_report SET provenance = 'synthetic' WHERE recipient_code = '0188'",
        ],
        "real_indicators_are_answered_for_real": [
            f"UPDATE out_indicator SET provenance = 'real' WHERE {FIRST % 'out_indicator'}"
        ],
        "every_row_is_of_a_round": [
            f"UPDATE {table} SET year = 2021 WHERE {FIRST % table}"
            for table in ("core_row", "core_recipient", "core_source_file", "out_annex", "out_indicator")
        ]
        + [f"UPDATE {table} SET year = 2021 WHERE year = 2022" for table in PUBLISHED if table.endswith("_by_year")],
        "dictionary_describes_the_database": [
            "DELETE FROM data_dictionary WHERE table_name = 'core_round' AND column_name = 'as_of_date'",
            "UPDATE data_dictionary SET column_no = 99 WHERE table_name = 'core_round' AND column_name = 'as_of_date'",
            "ALTER TABLE core_round RENAME COLUMN as_of_date TO as_of",
            "CREATE TABLE stray (value TEXT)",
        ],
        "dictionary_refers_to_tables": ["UPDATE data_dictionary SET refers_to = 'nowhere' WHERE column_no = 3"],
        "core_finding.rule.known": [f"UPDATE core_finding SET rule = 'unheard_of' WHERE {FIRST % 'core_finding'}"],
        "core_row.rule.known": [f"UPDATE core_row SET rule = 'unheard_of' WHERE {FIRST % 'core_row'}"],
        "core_rule_result.rule.known": [
            "UPDATE core_rule_result SET rule = 'unheard_of' WHERE rule = 'amount_negative'"
        ],
        "core_set_aside.source_file.known": [
            (
                "INSERT INTO core_set_aside (programme, year, source_file, source_row, kind, limit_kr, provenance)"
                " SELECT programme, year, 'elsewhere.csv', 1, 'event', 0, provenance FROM core_round"
            )
        ],
        "core_waiver.rule.known": [
            (
                "INSERT INTO core_waiver (programme, year, waiver_no, rule, waived_date,"
                " expires_date, is_expired, finding_count, provenance) SELECT programme, year, 1, 'unheard_of',"
                " as_of_date, as_of_date, 0, 0, provenance FROM core_round"
            )
        ],
        "out_table_cell.value.percent": [
            f"UPDATE out_table_cell SET value = {value} WHERE unit = 'percent'" for value in (-1, 101)
        ],
    }
    | {
        f"{table}.source_file.known": [f"UPDATE {table} SET source_file = 'elsewhere.csv' WHERE {FIRST % table}"]
        for table in (
            "core_row",
            "core_funnel",
            "core_application",
            "core_recovery_decision",
            "core_decision",
            "core_usage_report",
            "core_event",
            "core_answer",
            "core_finding",
            "core_correction",
            "core_source_column",
            "core_ledger_entry",
            "core_booking",
            "core_book_match",
            "core_case_event",
            "core_candidate_ground",
        )
    }
    | OF_LEDGER
    | OF_PLACED
)
"""For each statement that no table's own rules make: changes that break it, by the least there is."""

HARMLESS = PLACED_WELL | {
    "revisions_end_at_the_balances": [
        "UPDATE out_revision SET amount_kr = amount_kr + 1 WHERE as_of_date < '2024-07-31' AND year = 2023"
    ],
    "out_table_cell.value.percent": [
        "UPDATE out_table_cell SET value = 0 WHERE unit = 'percent'",
        "UPDATE out_table_cell SET value = 100 WHERE unit = 'percent'",
        "UPDATE out_table_cell SET value = NULL WHERE unit = 'percent'",
        "UPDATE out_table_cell SET value = 101 WHERE unit <> 'percent'",
    ],
    "real_grants_are_decided_for_real": ["UPDATE core_decision SET provenance = 'mixed' WHERE year = 2022"],
    "annex_unused_is_the_total": [
        "UPDATE out_annex SET unused_sek = unused_sek + CASE rowid % 2 WHEN 0 THEN 1 ELSE -1 END WHERE year = 2023"
    ],
}
"""Changes just inside the boundary."""
