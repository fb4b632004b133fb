"""No row disappears: received = accepted + superseded + excluded + quarantined, file by file."""

from tests.spec.language import REPORTS, judged


def test_every_received_row_is_in_the_funnel_once():
    tables = judged(
        "Exempelkommun 01 | 2024-01-28 10:00 | Test     | 0",
        "Exempelkommun 01 | 2024-01-29 10:00 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
        "Exempelkommun 48 | 2024-01-30 10:00 | Inlämnad | 25 000",
        "Exempelkommun 03 | 2024-01-30 10:00 | Inlämnad | 0",
        due="2024-02-01",
        as_of="2024-06-30",
        late="accept",
    )
    [file] = [row for row in tables["core_funnel"] if row["form"] == REPORTS.form]
    assert file["received_count"] == 5
    assert file["accepted_count"] == 2
    assert file["superseded_count"] == 1
    assert file["excluded_count"] == 1
    assert file["quarantined_count"] == 1
    assert file["received_count"] == 2 + 1 + 1 + 1
    assert file["other_count"] == 1
