"""Changes of a published ledger and its accounts, by the statement that each breaks."""

FIRST = "rowid = (SELECT min(rowid) FROM %s)"
ONE = "rowid = (SELECT min(rowid) FROM core_ledger_entry WHERE %s)"
RECOVERY = "event = 'repaid_after_recovery'"
REVERSAL = "entry_id LIKE '%:reversed'"

OF_LEDGER = {
    "every_booking_is_compared_once": [
        f"DELETE FROM core_book_match WHERE {FIRST % 'core_book_match'}",
        "DELETE FROM core_booking WHERE source_row = 2",
        "UPDATE core_booking SET amount_sek = amount_sek + 1 WHERE source_row = 2",
        "UPDATE core_book_match SET booking_id = 'elsewhere:1' WHERE source_row = 3 AND booking_id IS NOT NULL",
    ],
    "every_payment_is_compared_once": [
        "DELETE FROM core_book_match WHERE result = 'missing_in_books'",
        "UPDATE core_book_match SET ledger_kr = ledger_kr + 1 WHERE result = 'missing_in_books'",
        "UPDATE core_book_match SET entry_id = NULL WHERE result = 'timing'",
    ],
    "differences_are_booked_less_ledger": [
        "UPDATE core_book_match SET difference_kr = difference_kr + 1 WHERE result = 'amount'",
        "UPDATE core_book_match SET booking_id = NULL WHERE result = 'unknown_case_number'",
    ],
    "books_by_year_are_the_matches": [
        "DELETE FROM out_book_by_year WHERE result = 'timing'",
        *(
            f"UPDATE out_book_by_year SET {column} = {column} + 1 WHERE result = 'timing'"
            for column in ("match_count", "material_count", "ledger_kr", "booked_kr", "difference_kr")
        ),
    ],
    "ledger_grants_what_was_decided": [
        "UPDATE core_ledger_entry SET amount_kr = amount_kr + 1 WHERE event = 'decision' AND recipient_code = '0188'",
        "DELETE FROM core_ledger_entry WHERE event = 'decision' AND recipient_code = '0188'",
    ],
    "ledger_has_what_was_reported": [
        f"UPDATE core_ledger_entry SET amount_kr = amount_kr + 1 WHERE {ONE % column}"
        for column in ("event = 'reported_unused'", "event = 'reported_use'")
    ],
    "every_amount_is_an_entry": [
        f"DELETE FROM core_ledger_entry WHERE {RECOVERY}",
        f"UPDATE core_ledger_entry SET source_row = 1 WHERE {RECOVERY}",
    ],
    "reversals_cancel": [
        f"UPDATE core_ledger_entry SET {change} WHERE {ONE % REVERSAL}"
        for change in (
            "amount_kr = amount_kr - 1",
            "reverses = 'nothing'",
            "event = 'payment'",
            "recipient_code = '9999'",
        )
    ],
    "entries_are_known": [f"UPDATE core_ledger_entry SET recorded_date = '2024-08-01' WHERE {RECOVERY}"],
    "everybody_has_an_account": [
        "DELETE FROM core_account WHERE recipient_code = '0188'",
        "UPDATE core_account SET recipient_code = '9999' WHERE recipient_code = '0188'",
    ],
    "accounts_are_the_ledger": [
        "UPDATE core_account SET granted_sek = granted_sek + 1 WHERE recipient_code = '0188'",
        *(
            f"UPDATE core_account SET {name}_sek = {name}_sek + 1 WHERE year = 2022 AND recipient_code = '9911'"
            for name in ("paid", "withheld", "unused", "disallowed", "received", "charges_received")
        ),
        "UPDATE core_account SET paid_is_derived = 0, paid_sek = 1 WHERE recipient_code = '0188'",
    ],
    "claims_are_decided": [
        "UPDATE core_account SET claimed_sek = claimed_sek + 1 WHERE year = 2022 AND recipient_code = '9911'",
        "UPDATE core_account SET waived_sek = waived_sek + 1 WHERE year = 2022 AND recipient_code = '9911'",
        "UPDATE core_recovery_decision SET claimed_sek = claimed_sek + 1 WHERE year = 2022 AND claimed_sek > 0",
        "DELETE FROM core_recovery_decision WHERE year = 2022",
    ],
    "nothing_is_asked_beyond_what_is_owed": [
        "UPDATE core_account SET claim_left_sek = claimed_sek + 1 WHERE year = 2022 AND recipient_code = '9911'",
        "UPDATE core_account SET outstanding_sek = 1, overpaid_sek = 1 WHERE year = 2022 AND recipient_code = '9911'",
    ],
    "recoveries_by_ground_are_the_decisions": [
        *(
            f"UPDATE out_recovery_by_ground SET {name}_sek = {name}_sek + 1 WHERE year = 2022"
            for name in ("decided", "claimed", "waived")
        ),
        "DELETE FROM out_recovery_by_ground WHERE year = 2022",
    ],
    "revisions_end_at_the_balances": [
        f"UPDATE out_revision SET {column} = {column} + 1 WHERE measure = 'repayable' AND as_of_date = '2024-07-31'"
        for column in ("amount_kr", "known_count", "unknown_count")
    ]
    + ["DELETE FROM out_revision WHERE measure = 'repayable' AND as_of_date = '2024-07-31' AND year = 2023"],
    "balances_are_the_accounts": [
        f"UPDATE out_balance SET amount_kr = amount_kr + 1 WHERE measure = '{measure}' AND year = 2022"
        for measure in ("granted", "paid", "unused", "repayable", "outstanding")
    ]
    + ["UPDATE out_balance SET unknown_count = unknown_count + 1 WHERE measure = 'paid' AND year = 2022"],
}
"""Every change is the least there is."""
