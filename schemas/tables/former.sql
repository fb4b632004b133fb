-- What queries of the version before read, as views: the former columns, one row per recipient. They stand for one version
-- of the system (docs/queries-that-change.md), and then go. A sum is unknown as soon as a part of it is.

CREATE VIEW former_core_account AS SELECT programme, year, recipient_code,
  CASE WHEN count(granted_sek) = count(*) THEN sum(granted_sek) END AS granted_sek,
  CASE WHEN count(withheld_sek) = count(*) THEN sum(withheld_sek) END AS withheld_sek,
  CASE WHEN count(paid_sek) = count(*) THEN sum(paid_sek) END AS paid_sek,
  CASE WHEN count(used_sek) = count(*) THEN sum(used_sek) END AS used_sek,
  CASE WHEN count(unused_sek) = count(*) THEN sum(unused_sek) END AS unused_sek,
  CASE WHEN count(disallowed_sek) = count(*) THEN sum(disallowed_sek) END AS disallowed_sek,
  CASE WHEN count(accepted_use_sek) = count(*) THEN sum(accepted_use_sek) END AS accepted_use_sek,
  CASE WHEN count(repayable_sek) = count(*) THEN sum(repayable_sek) END AS repayable_sek,
  CASE WHEN count(claimed_sek) = count(*) THEN sum(claimed_sek) END AS claimed_sek,
  CASE WHEN count(received_sek) = count(*) THEN sum(received_sek) END AS received_sek,
  CASE WHEN count(waived_sek) = count(*) THEN sum(waived_sek) END AS waived_sek,
  CASE WHEN count(written_off_sek) = count(*) THEN sum(written_off_sek) END AS written_off_sek,
  CASE WHEN count(outstanding_sek) = count(*) THEN sum(outstanding_sek) - sum(coalesce(overpaid_sek, 0)) END AS outstanding_sek,
  CASE WHEN count(unpaid_sek) = count(*) THEN sum(unpaid_sek) END AS unpaid_sek,
  max(paid_is_derived) AS paid_is_derived,
  CASE WHEN count(*) = 1 THEN min(status) END AS status,
  CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance
FROM core_account GROUP BY programme, year, recipient_code;

CREATE VIEW former_core_reconciliation AS SELECT programme, year, recipient_code,
  CASE WHEN count(granted_sek) = count(*) THEN sum(granted_sek) END AS granted_sek,
  CASE WHEN count(used_sek) = count(*) THEN sum(used_sek) END AS used_sek,
  CASE WHEN count(unused_sek) = count(*) THEN sum(unused_sek) END AS unused_sek,
  CASE WHEN count(difference_sek) = count(*) THEN sum(difference_sek) END AS difference_sek,
  sum(repaid_after_recovery_sek) AS repaid_after_recovery_sek,
  CASE WHEN count(*) = 1 THEN min(outcome) END AS outcome,
  CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance
FROM core_reconciliation GROUP BY programme, year, recipient_code;

CREATE VIEW former_out_receivable AS SELECT programme, year, recipient_code, year_end_date,
  CASE WHEN count(repayable_kr) = count(*) THEN sum(repayable_kr) END AS repayable_sek,
  CASE WHEN count(received_kr) = count(*) THEN sum(received_kr) END AS received_sek,
  CASE WHEN count(waived_kr) = count(*) THEN sum(waived_kr) END AS waived_sek,
  CASE WHEN count(written_off_kr) = count(*) THEN sum(written_off_kr) END AS written_off_sek,
  CASE WHEN count(outstanding_kr) = count(*) THEN sum(outstanding_kr) END AS outstanding_sek,
  CASE WHEN count(claim_left_kr) = count(*) THEN sum(claim_left_kr) END AS claimed_by_decision_sek,
  CASE WHEN count(undecided_kr) = count(*) THEN sum(undecided_kr) + sum(notified_kr) END AS undecided_sek,
  CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance
FROM out_receivable GROUP BY programme, year, recipient_code, year_end_date;

CREATE VIEW former_core_case_event AS SELECT programme, year, source_file, source_row, recipient_code, event, case_number,
  event_date, recorded_date, due_date, amount_kr AS amount_sek, asked_count AS claim_count, notice_count,
  reply_due_date, provenance
FROM core_case_event;
