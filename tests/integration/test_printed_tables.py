"""Each printed table is a table of its own: the same in Parquet, in the database and in the dictionary."""

from pathlib import Path

import pyarrow.parquet as pq

from schemas.configuration import catalogue
from schemas.configuration.printed import printed_tables
from tests.integration.publishing import PROGRAMME, current, rows

TABLES = printed_tables([catalogue.programme(PROGRAMME)])


def test_every_printed_table_is_there_by_programme_and_report_with_the_same_rows_everywhere(sample_warehouse: Path):
    version = current(sample_warehouse)
    for table in TABLES:
        assert (PROGRAMME.replace("-", "_"), table.report) == tuple(table.name.split("__")[1:3])
        parquet = pq.read_table(version / f"parquet/{table.name}.parquet")
        assert parquet.schema == table.schema
        there = rows(version, f"SELECT * FROM {table.name} ORDER BY row_no")
        assert there == [tuple(row.values()) for row in parquet.to_pylist()]
        assert there


def test_every_column_of_a_printed_table_is_in_the_dictionary_as_it_was_printed(sample_warehouse: Path):
    version = current(sample_warehouse)
    for table in TABLES:
        said = rows(version, f"SELECT column_name, label_sv FROM data_dictionary WHERE table_name = '{table.name}'")
        assert {name for name, _ in said} == set(table.schema.names)
        assert not any("{" in label for _, label in said)


def test_a_mean_is_a_number_with_decimals_and_not_its_hundredths(sample_warehouse: Path):
    """Where a count stands in the place of a mean, since it is of too few, there is no mean: 2 is not 2,00."""
    [mean] = [table for table in TABLES if "mean" in table.table.columns]
    version = current(sample_warehouse)
    mixed = "CASE unit WHEN 'hundredths' THEN value END"
    place = f"report = '{mean.report}' AND table_no = {mean.number} AND column_name = 'mean'"
    hundredths = [row[0] for row in rows(version, f"SELECT {mixed} FROM out_table_cell WHERE {place} ORDER BY row_no")]
    means = [row[0] for row in rows(version, f"SELECT mean FROM {mean.name} ORDER BY row_no")]
    assert [None if each is None else round(each * 100) for each in means] == hundredths
    assert all(1 <= each <= 5 for each in means if each is not None)


def test_the_views_of_the_version_before_mix_reports_as_they_did(sample_warehouse: Path):
    [table] = [each for each in TABLES if each.number == 2]
    own, former = (
        f"SELECT row_label, unused_sek FROM {table.name}",
        "SELECT row_label, unused_sek FROM former_out_table_2",
    )
    assert rows(current(sample_warehouse), own) == rows(current(sample_warehouse), former)
