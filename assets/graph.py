"""The graph handed to Dagster: four steps, every table an asset with its lineage and its own checks.

*receive* is the only step that touches files from outside: it keeps what came, and the round is computed from what was
kept. *compute* makes every table of the round, a fraction of a second, and tells what was asked for. *accept* points
the round to this run's tables. *publish* makes one version of all accepted rounds. They read and write through the
store. Annotations are evaluated by Dagster, so they are not postponed here.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from assets.checks import CONTRACT, counts_of, failed, refusals, result, results_of, spec, specs_of, table_of
from assets.lineage import ACCEPTED, GROUP_OF, MADE_FROM, ORDER, PUBLISHED_VERSION, RECEIVED
from assets.outside import Inbox, Publisher, Reports, Settings, Store, Version
from assets.received import Received, RoundKey
from assets.round import compute
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import SPANNING_TABLES, TABLES, project
from schemas.tables.base import meaning_en, table_name

OWNER = "team:data-engineering"
TAG = "statsbidrag"
"""Before the name of each tag of ours."""

NOT_YET = "not yet"
"""The version of a run that has none."""

SPANNING = tuple(map(table_name, SPANNING_TABLES))
OF_A_ROUND = tuple(name for name in ORDER if name not in SPANNING)
READABLE, COMPLETE, EXAMINED = "readable", "complete", "examined"


# -- rounds -----------------------------------------------------------------------------------------------------------
def partition_of(programme: str, year: int) -> str:
    """What a round is called in Dagster."""
    return f"{programme}-{year}"


DECLARED = {
    partition_of(name, year): RoundKey(name, year)
    for name in catalogue.programme_names()
    for year in catalogue.programme(name).rounds
}
ROUNDS = dg.StaticPartitionsDefinition(list(DECLARED))


def launched(context: dg.AssetExecutionContext) -> RoundKey:
    """The round of a step. Raises: Stop if the run was launched without one, or one that is not declared."""
    if not context.has_partition_key:
        raise Stop("round_not_chosen")
    if context.partition_key not in DECLARED:
        programme, _, year = context.partition_key.rpartition("-")
        raise Stop("round_undeclared", programme=programme, year=year)
    return DECLARED[context.partition_key]


def chosen_date(text: str) -> dt.date | None:
    """The as-of date that a person chose, if any. Raises: Stop if it is no date."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Stop("as_of_unreadable") from None


# -- how a step ends --------------------------------------------------------------------------------------------------
@contextmanager
def in_one_sentence() -> Iterator[None]:
    """A stop ends the step with its sentence; a person launched it, so there is nothing to retry."""
    try:
        yield
    except Stop as stop:
        raise failure(stop) from None


def failure(stop: Stop) -> dg.Failure:
    """A stop as Dagster shows it: the sentence first, and beside it all that is to be told in both languages."""
    said = {"rule": stop.rule.id, "sv": "\n".join(stop.sentences("sv")), "en": "\n".join(stop.sentences("en"))}
    return dg.Failure(description=str(stop), allow_retries=False, metadata=said)


@contextmanager
def reported(reports: Reports, round_key: RoundKey, run_id: str) -> Iterator[None]:
    """A stop by what was received has a report like every other: where to look, and what to do."""
    try:
        yield
    except Stop as stop:
        if stop.rule.source != "operation":
            reports.refuse_unread(round_key, run_id, stop)
        raise


# -- what the steps make ----------------------------------------------------------------------------------------------
def described(table: str, partitions: dg.PartitionsDefinition[str] | None) -> dg.AssetSpec:
    """What Dagster shows of a table: a projection of its declaration."""
    return dg.AssetSpec(
        table,
        deps=MADE_FROM[table],
        description=meaning_en(TABLES[table]),
        group_name=GROUP_OF[table],
        owners=[OWNER],
        kinds={"parquet"},
        metadata={"dagster/column_schema": column_schema(table), "dagster/table_name": table},
        partitions_def=partitions,
        skippable=partitions is not None,
    )


def column_schema(table: str) -> dg.TableSchema:
    """The table's columns as Dagster's own column schema."""
    schema, facts = project.arrow_schema(TABLES[table]), project.facts(TABLES[table])
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=field.name,
                type=str(field.type),
                description=_described_column(facts[field.name]),
                constraints=dg.TableColumnConstraints(nullable=field.nullable),
            )
            for field in schema
        ]
    )


def _described_column(fact: dict[str, Any]) -> str:
    return f"{fact['en']} ({fact['sv']})" + (f"; may be empty: {fact['null']}" if fact["null"] else "")


# -- receive ----------------------------------------------------------------------------------------------------------
@dg.multi_asset(
    name="receive",
    specs=[
        dg.AssetSpec(
            RECEIVED,
            description="The round's files, corrections and register as they came, kept with the run.",
            group_name=RECEIVED,
            owners=[OWNER],
            kinds={"json"},
        )
    ],
    check_specs=[spec(RECEIVED, READABLE, "Every file can be read and says what it is.", ROUNDS, blocking=True)],
    partitions_def=ROUNDS,
)
def receive(
    context: dg.AssetExecutionContext,
    inbox: dg.ResourceParam[Inbox],
    store: dg.ResourceParam[Store],
    settings: dg.ResourceParam[Settings],
    reports: dg.ResourceParam[Reports],
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Read what lies in the raw folder for the round, and keep it as it was."""
    with in_one_sentence():
        round_key = launched(context)
        chosen_date(settings.as_of)
        tell_origin(context, settings)
        try:
            with reported(reports, round_key, context.run.run_id):
                programme = catalogue.programme(round_key.programme)
                ordinance = programme.ordinance.text.file if programme.ordinance.text else None
                received = inbox.received(round_key, settings.today, ordinance, programme.registers)
        except Stop as stop:
            facts = {
                "rule": stop.rule.id,
                "report": dg.MetadataValue.url(reports.link(round_key, context.run.run_id, None)),
            }
            yield result(RECEIVED, READABLE, stop.sentence("en"), passed=False, facts=facts)
            raise
        store.write_received(round_key, context.run.run_id, received)
    files = len(received.files)
    yield dg.MaterializeResult(
        asset_key=RECEIVED,
        metadata={"files": files, "bytes": sum(file.byte_count for file in received.files)},
        check_results=[result(RECEIVED, READABLE, f"{files} files, all read.", passed=True, facts={"files": files})],
    )


# -- compute ----------------------------------------------------------------------------------------------------------
@dg.multi_asset(
    name="compute",
    specs=[described(table, ROUNDS) for table in OF_A_ROUND],
    check_specs=[each for table in OF_A_ROUND for each in specs_of(table, ROUNDS)],
    partitions_def=ROUNDS,
    can_subset=True,
)
def computed(
    context: dg.AssetExecutionContext,
    inbox: dg.ResourceParam[Inbox],
    store: dg.ResourceParam[Store],
    settings: dg.ResourceParam[Settings],
    reports: dg.ResourceParam[Reports],
) -> Iterator[dg.MaterializeResult[None]]:
    """Compute the whole round from what was received, write every table, and tell those that were asked for."""
    with in_one_sentence():
        round_key, run_id = launched(context), context.run.run_id
        as_of = chosen_date(settings.as_of)
        tell_origin(context, settings)
        received = received_for(context, inbox, store, settings, round_key)
        with reported(reports, round_key, run_id):
            tables = compute(received, catalogue.programme(round_key.programme), as_of)
        rows = store.write_round(round_key, run_id, tables)
    [as_of_date] = tables["core_round"]["as_of_date"].to_pylist()
    context.instance.add_run_tags(run_id, {f"{TAG}/as_of": as_of_date.isoformat()})
    counts = counts_of(tables["core_finding"], tables["core_rule_result"])
    asked, checks = {key.path[-1] for key in context.selected_asset_keys}, context.selected_asset_check_keys
    refused = [rule for rule in refusals(counts) if table_of(rule) in asked]
    if refused:
        reports.refuse(round_key, run_id, ran_by=settings.who)
    for table in (name for name in OF_A_ROUND if name in asked):
        results = results_of(table, rows[table], counts, lambda rule: reports.link(round_key, run_id, rule))
        yield dg.MaterializeResult(
            asset_key=table,
            metadata={"dagster/row_count": rows[table], "dagster/uri": store.place(round_key, run_id, table)},
            check_results=[each for name, each in results if dg.AssetCheckKey(dg.AssetKey(table), name) in checks],
        )
    if refused:
        raise failure(Stop("check_failed", **failed(refused[0], counts, reports, round_key)))


def received_for(
    context: dg.AssetExecutionContext, inbox: Inbox, store: Store, settings: Settings, round_key: RoundKey
) -> Received:
    """What the round is computed from: what this run received, or its parent, or its root, or else the accepted run.

    It is kept with this run as well, which may be executed again. It is held against waivers as of today.
    """
    where = run_with(context, round_key, store.has_received) or store.accepted_run(round_key)
    if where is None or not store.has_received(round_key, where):
        raise Stop("round_never_received", **named(round_key), folder=inbox.folder(round_key))
    received = store.read_received(round_key, where)
    if where != context.run.run_id:
        store.write_received(round_key, context.run.run_id, received)
    return dataclasses.replace(received, today=settings.today)


def run_with(
    context: dg.AssetExecutionContext, round_key: RoundKey, has: Callable[[RoundKey, str], bool]
) -> str | None:
    """The run that has what a step needs: this one, its parent or its root; None if none of them has.

    Raises: Stop if the parent had it, and it is gone: to go on from something else is not what was asked for.
    """
    run = context.run
    ids = [each for each in dict.fromkeys((run.run_id, run.parent_run_id, run.root_run_id)) if each]
    for run_id in ids:
        if has(round_key, run_id):
            return run_id
    if any(_is_gone(context.instance, run_id) for run_id in ids[1:]):
        raise Stop("parent_gone", **named(round_key))
    return None


def _is_gone(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Whether nobody knows the run any more, or its tables were cleared away."""
    received = instance.get_run_step_stats(run_id, step_keys=["receive"]) if instance.has_run(run_id) else None
    return received is None or any(step.status and step.status.value == "SUCCESS" for step in received)


def named(round_key: RoundKey) -> dict[str, object]:
    """A round as sentences name it."""
    return {"programme": round_key.programme, "year": round_key.year}


# -- accept -----------------------------------------------------------------------------------------------------------
@dg.multi_asset(
    name="accept",
    specs=[
        dg.AssetSpec(
            ACCEPTED,
            deps=OF_A_ROUND,
            description="Which run's tables count for the round: of the last run in which no blocking check failed.",
            group_name="published",
            owners=[OWNER],
        )
    ],
    check_specs=[spec(ACCEPTED, COMPLETE, "Every table is there, and no rule stops the round.", ROUNDS, blocking=True)],
    partitions_def=ROUNDS,
)
def accept(
    context: dg.AssetExecutionContext,
    inbox: dg.ResourceParam[Inbox],
    store: dg.ResourceParam[Store],
    settings: dg.ResourceParam[Settings],
    reports: dg.ResourceParam[Reports],
) -> Iterator[dg.MaterializeResult[None]]:
    """Point the round to the tables of this run. What was accepted before stays until this one rename.

    A run that computed nothing accepts nothing: what is accepted stays.
    """
    with in_one_sentence():
        round_key = launched(context)
        tell_origin(context, settings)
        run_id = run_with(context, round_key, store.has_round)
        if run_id is None and (run_id := store.accepted_run(round_key)) is None:
            raise Stop("round_never_received", **named(round_key), folder=inbox.folder(round_key))
        counts = counts_of(*(store.table(round_key, run_id, name) for name in ("core_finding", "core_rule_result")))
        for rule in refusals(counts):
            raise Stop("check_failed", **failed(rule, counts, reports, round_key))
        folder = store.accept(round_key, run_id, ran_by=settings.who)
        reports.withdraw(round_key)
    told = result(ACCEPTED, COMPLETE, "Every table is there.", passed=True, facts={"tables": len(OF_A_ROUND)})
    yield dg.MaterializeResult(
        asset_key=ACCEPTED,
        metadata={"snapshot": dg.MetadataValue.path(folder), "run": run_id},
        check_results=[told],
    )


# -- publish ----------------------------------------------------------------------------------------------------------
@dg.multi_asset(
    name="publish",
    specs=[
        *(described(table, None) for table in SPANNING),
        dg.AssetSpec(
            PUBLISHED_VERSION,
            deps=[ACCEPTED, *SPANNING],
            description="All accepted rounds as one version: Parquet, SQLite, reports, manifest. Readers see it whole.",
            group_name="published",
            owners=[OWNER],
            kinds={"sqlite", "parquet"},
        ),
    ],
    check_specs=[
        *(each for table in SPANNING for each in specs_of(table, None)),
        spec(PUBLISHED_VERSION, EXAMINED, "The version was read back over SQL, and nothing contradicts it.", None),
    ],
)
def publish(
    context: dg.AssetExecutionContext, publisher: dg.ResourceParam[Publisher], settings: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[None]]:
    """Compute what spans rounds, write a complete version aside, have it examined, and switch to it."""
    tell_origin(context, settings)
    with in_one_sentence():
        version = publisher.publish(context.run.run_id)
    tell_version(context, version)
    for name in SPANNING:
        rows = version.row_counts[name]
        told = result(name, CONTRACT, f"{rows} rows, as declared.", passed=True, facts={"rows": rows})
        yield dg.MaterializeResult(asset_key=name, metadata={"dagster/row_count": rows}, check_results=[told])
    yield dg.MaterializeResult(
        asset_key=PUBLISHED_VERSION,
        data_version=dg.DataVersion(version.id),
        metadata={
            "version": version.id,
            "folder": dg.MetadataValue.path(version.folder),
            "database": dg.MetadataValue.path(f"{version.folder}/statsbidrag.sqlite"),
            "reports": dg.MetadataValue.path(f"{version.folder}/reports"),
            "tables": len(version.row_counts),
            "new_version": version.is_new,
        },
        check_results=[result(PUBLISHED_VERSION, EXAMINED, "Nothing contradicts it.", passed=True, facts={})],
    )


# -- tags -------------------------------------------------------------------------------------------------------------
def tell_origin(context: dg.AssetExecutionContext, settings: Settings) -> None:
    """Tag the run with who launched it, and where; what a run that is executed again was given before does not hold."""
    before = dict.fromkeys({f"{TAG}/version", f"{TAG}/outcome"} & context.run.tags.keys(), NOT_YET)
    tags = {f"{TAG}/who": settings.who, f"{TAG}/launched_from": settings.where}
    context.instance.add_run_tags(context.run.run_id, {**before, **tags})


def tell_version(context: dg.AssetExecutionContext, version: Version) -> None:
    """Tag this run, and those whose rounds are published now, with the version, and whether it is new."""
    tags = {f"{TAG}/version": version.id, f"{TAG}/outcome": "new" if version.is_new else "unchanged"}
    for run_id in {context.run.run_id, *version.runs}:
        run = context.instance.get_run_by_id(run_id)
        if run and (run_id == context.run.run_id or run.tags.get(f"{TAG}/version", NOT_YET) == NOT_YET):
            context.instance.add_run_tags(run_id, tags)


GRAPH = (receive, computed, accept, publish)
