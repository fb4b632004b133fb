"""Changes of a published database about decisions in several rows, and what is not placed. As in tampering.py."""

PART = (
    "INSERT INTO core_decision_part (programme, year, source_file, source_row, grant_id, recipient_code,"
    " case_number, granted_sek, provenance) SELECT programme, year, %s, source_row, grant_id,"
    " recipient_code, grant_id, decided_sek + %s, provenance FROM core_decision WHERE recipient_code = '0188'"
)
WAITING = (
    "INSERT INTO core_unplaced (programme, year, source_file, source_row, kind, rule, recipient_code,"
    " known_date, amount_kr, candidate_count, provenance) SELECT programme, year, %s, source_row,"
    " 'repaid', 'grant_not_told', recipient_code, '2024-01-01', 5, 0, provenance FROM core_row"
    " WHERE fate = '%s' AND year IN (2022, 2025) LIMIT 1"
)

OF_PLACED = {
    "decisions_are_the_sum_of_their_parts": [PART % ("source_file", 1), PART % ("source_file", -1)],
    "core_decision_part.source_file.known": [PART % ("'elsewhere.csv'", 0)],
    "what_is_not_placed_does_not_count": [WAITING % ("source_file", "accepted")],
    "unplaced_money_is_compared_once": [WAITING % ("source_file", "excluded")],
    "core_unplaced.source_file.known": [WAITING % ("'elsewhere.csv'", "excluded")],
}

PLACED_WELL = {
    "decisions_are_the_sum_of_their_parts": [PART % ("source_file", 0)],
}
