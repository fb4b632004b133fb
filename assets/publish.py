"""Publish: a round is accepted whole, and all accepted rounds become one version of the warehouse."""

from collections.abc import Iterator, Mapping

import dagster as dg
import narwhals as nw
import pyarrow as pa

from assets.domain.across import SAID, across
from assets.domain.frames import Frame
from assets.domain.reports import table_cells
from assets.frames import frame_of
from assets.ports import Publisher, Store
from assets.rounds import OWNER, ROUNDS, column_schema, current_round, in_one_sentence
from schemas.configuration import catalogue
from schemas.tables import PUBLISHED, ROUND_TABLES, TABLES, project
from schemas.tables.base import meaning_en, table_name
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES, Language

GROUP = "publish"
PURPOSES = pa.schema([("programme", pa.string()), ("purpose", pa.string())])


@dg.asset(
    partitions_def=ROUNDS,
    deps=[table_name(table) for table in ROUND_TABLES],
    group_name=GROUP,
    owners=[OWNER],
    description="The round's tables from this run, accepted whole: every blocking check has passed.",
)
def accepted_round(context: dg.AssetExecutionContext, store: dg.ResourceParam[Store]) -> dg.MaterializeResult[None]:
    """Point the round to this run's tables. What was accepted before stays until this one rename."""
    with in_one_sentence():
        folder = store.accept(current_round(), context.run_id)
        return dg.MaterializeResult(metadata={"snapshot": dg.MetadataValue.path(folder)})


SPANNING = ("out_table_cell", "out_across")
"""The tables that span rounds; the dictionary describes them all and is no figure."""


def _spanning(table: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        table,
        deps=["accepted_round"],
        group_name=GROUP,
        owners=[OWNER],
        description=meaning_en(TABLES[table]),
        metadata={"dagster/column_schema": column_schema(table)},
    )


@dg.multi_asset(
    specs=[
        *(_spanning(name) for name in SPANNING),
        dg.AssetSpec(
            "published_version",
            deps=["accepted_round", *SPANNING],
            group_name=GROUP,
            owners=[OWNER],
            kinds={"sqlite", "parquet"},
            description="All accepted rounds as one version: Parquet, SQLite, reports, manifest. Readers see it whole.",
        ),
    ],
)
def published(
    context: dg.AssetExecutionContext, publisher: dg.ResourceParam[Publisher]
) -> Iterator[dg.MaterializeResult[None]]:
    """Compute what spans rounds, write a complete version aside, and switch to it under one lock."""
    with in_one_sentence(), publisher.publication() as publication:
        version = publication.publish(spanning_tables(publication.tables()), context.run_id)
    for name in SPANNING:
        yield dg.MaterializeResult(asset_key=name, metadata={"dagster/row_count": version.row_counts[name]})
    yield dg.MaterializeResult(
        asset_key="published_version",
        data_version=dg.DataVersion(version.id),
        metadata={
            "version": version.id,
            "folder": dg.MetadataValue.path(version.folder),
            "database": dg.MetadataValue.path(f"{version.folder}/statsbidrag.sqlite"),
            "reports": dg.MetadataValue.path(f"{version.folder}/reports"),
            "tables": len(version.row_counts),
            "new_version": version.is_new,
        },
    )


def spanning_tables(rounds: Mapping[str, Frame]) -> dict[str, Frame]:
    """The tables that no single round holds: the printed tables of the reports, and the data dictionary."""
    cells = [
        frame
        for name in catalogue.programme_names()
        for report in catalogue.programme(name).reports.values()
        for frame in table_cells(name, report, rounds)
    ]
    dictionary = project.dictionary_rows(TABLES[name] for name in PUBLISHED)
    return {
        "out_table_cell": nw.concat(cells, how="vertical"),
        "out_across": across(rounds, purposes(), hint_texts()),
        "data_dictionary": frame_of(dictionary, project.arrow_schema(TABLES["data_dictionary"])),
    }


def purposes() -> Frame:
    """The programmes that declare what they are for."""
    declared = ((name, catalogue.programme(name).purpose) for name in catalogue.programme_names())
    return frame_of(({"programme": name, "purpose": purpose} for name, purpose in declared if purpose), PURPOSES)


def hint_texts() -> dict[str, dict[Language, str]]:
    """The words of hints across rounds and programmes, as templates."""
    return {name: {language: text(f"hint_{name}", language) for language in LANGUAGES} for name in SAID}
