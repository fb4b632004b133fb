"""The yardstick: the round of 2023 as an analyst would compute it in one script, with pandas and no framework.

It reads the files that `statsbidrag run --year 2023` reads and writes the same tables with the same values, as Parquet
and in a SQLite database. What the project declares in YAML (headers, codes, labels) is written into the script.

Left out: the HTML report; the manifest; keys, checks and views in the database; in `data_dictionary` every column that
only repeats a label or a reason from the project's declarations. A cell that cannot be read, an unknown name or a row
too many ends the script: it has no quarantine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import re
import sqlite3
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from rapidfuzz.distance import OSA

from tests.benchmarks import plain_settings as given
from tests.benchmarks.plain_findings import findings


def columns(table: str) -> list[str]:
    return given.TABLES[table].replace("*", "").split()


def keys(table: str) -> list[str]:
    return [name[:-1] for name in given.TABLES[table].split() if name.endswith("*")]


def arrow_type(column: str) -> pa.DataType:
    if re.search(given.NUMBERS, column):
        return pa.int64()
    if column in given.FLAGS:
        return pa.bool_()
    return pa.date32() if column.endswith("_date") else pa.string()


def read_file(path: Path) -> tuple[pd.DataFrame, dict[str, object]]:
    """The cells as text, without headers, and what is known of the file."""
    content = path.read_bytes()
    card = yaml.safe_load(path.with_name(path.name + ".card.yaml").read_text("utf-8"))
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        sys.exit(f"{path.name} is not the file its card describes")
    sheet = encoding = None
    if path.suffix == ".xlsx":
        ((sheet, cells),) = pd.read_excel(path, sheet_name=None, header=None, dtype=str, engine="calamine").items()
    else:
        try:
            first, encoding = content.decode("utf-8").partition("\n")[0], "utf-8"
        except UnicodeDecodeError:
            first, encoding = content.decode("cp1252").partition("\n")[0], "cp1252"
        mark = ";" if ";" in first else ","
        cells = pd.read_csv(path, sep=mark, header=None, dtype=str, encoding=encoding, skip_blank_lines=False)
    facts = {name: card[name] for name in ("title", "origin", "licence", "sha256")}
    dates = {"source_date": card["date"], "known_date": card.get("known_from", card["date"])}
    facts |= dates | {"provenance": card["reality"], "source_sheet": sheet, "encoding": encoding}
    folder = "reference" if path.parent.name == "reference" else f"{given.PROGRAMME}/{given.YEAR}"
    facts |= {"source_file": f"{folder}/{path.name}", "byte_count": len(content)}
    return cells, facts


def headed(path: Path) -> tuple[pd.DataFrame, dict[str, object]]:
    cells, facts = read_file(path)
    cells.columns = cells.iloc[0]
    return cells[1:], facts


def register(folder: Path) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Every possible recipient of the year, and the files that say so."""
    bodies, files = [], []
    for counties, registers in given.REGISTERS.items():
        county, county_file = headed(folder / f"{counties}.csv")
        files.append(county_file)
        for register_name in registers:
            body, body_file = headed(folder / f"{register_name}.csv")
            body = body.rename(columns=lambda name: name.replace("municipality", "recipient"))
            bodies.append(body.merge(county, on="county_code").assign(provenance=body_file["provenance"]))
            files.append(body_file)
    known = pd.concat(bodies, ignore_index=True).drop_duplicates(["recipient_code", "recipient_name"], keep="last")
    known["kind"] = known["kind"].fillna("municipality")
    first, last = known["valid_from_date"].fillna(""), known["valid_to_date"].replace("", None).fillna("9999")
    known = known[(first < str(given.YEAR + 1)) & (last >= str(given.YEAR))].reset_index(drop=True)
    for limit in ("valid_from_date", "valid_to_date"):
        days = [dt.date.fromisoformat(day) if isinstance(day, str) and day else None for day in known[limit]]
        known[limit] = pd.Series(days, dtype=object)
    return known, files


def simplified(name: str) -> str:
    plain = " ".join(name.strip(" *").casefold().replace("-", " ").split())
    return re.sub(" (kommun|stad)$", "", plain)


def matched(names: pd.Series, bodies: pd.DataFrame) -> pd.DataFrame:
    """Code and official name for every name; `score` where it was guessed."""
    codes = dict(zip(bodies["recipient_name"].map(simplified), bodies["recipient_code"], strict=True))
    official = bodies.set_index("recipient_code")["recipient_name"]
    found = []
    for name in names.dropna().unique():
        plain, score = simplified(name), None
        code = codes.get(plain) or codes.get(plain.removesuffix("s")) or given.ALIASES.get(plain)
        if code is None:
            near = {other: OSA.distance(plain, other) for other in codes}
            best = min(near, key=near.__getitem__)
            letters = max(len(plain), len(best))
            if near[best] * 9 > letters or list(near.values()).count(near[best]) > 1:
                sys.exit(f"unknown name: {name}")
            code, score = codes[best], percent(letters - near[best], letters)
        found.append((name, code, official[code], score))
    return pd.DataFrame(found, columns=["recipient_name", "recipient_code", "official_name", "score"])


def percent(part: int, whole: int) -> int | None:
    """Whole percent, rounded half up."""
    return (200 * part + whole) // (2 * whole) if whole else None


def kronor(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text.str.replace(r"[\s]|kr", "", regex=True)).astype("Int64")


def agreed(provenance: pd.Series) -> str:
    found = set(provenance)
    return found.pop() if len(found) == 1 else "mixed"


def form_rows(folder: Path, form: str, bodies: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, object]]:
    """Every row of one file with its kind, its recipient and its fate."""
    file, declared = given.FORMS[form]
    headers = dict(pair.split("=") for pair in declared.split("|"))
    cells, facts = read_file(folder / file)
    head = next(at for at, row in enumerate(cells.itertuples(index=False)) if set(headers) <= set(row))
    cells.columns = [headers.get(header, header) for header in cells.iloc[head]]
    rows = cells.apply(lambda column: column.str.strip()).replace("", None)
    kinds = pd.Series("data", index=rows.index)
    kinds[rows.isna().all(axis=1)] = "blank"
    kinds[:head], kinds[head] = "title", "header"
    rows = rows.assign(**facts, form=form, source_row=range(1, len(rows) + 1), row_kind=kinds)
    if "recipient_name" in rows:
        rows.loc[rows["recipient_name"] == "Summa", "row_kind"] = "total"
        rows["recipient_name"] = rows["recipient_name"].where(rows["row_kind"] == "data")
        rows = rows.merge(matched(rows["recipient_name"], bodies), on="recipient_name", how="left")
        if facts["provenance"] == "mixed":
            real = rows["recipient_code"].map(bodies.set_index("recipient_code")["provenance"])
            rows["provenance"] = real.fillna("mixed")
        rows = rows.rename(columns={"recipient_name": "name_as_reported"})
        rows["respondent_id"] = rows["recipient_code"]
        rows["source_column"] = chr(ord("A") + list(headers.values()).index("recipient_name"))
    rows = rows.reindex(columns=[*rows.columns, *({"recipient_code", "name_as_reported", "submitted_at"} - {*rows})])
    is_data = rows["row_kind"] == "data"
    for name in ("recipient_code", "respondent_id", "name_as_reported", "submitted_at"):
        rows[name] = rows[name].where(is_data, None)
    # A grant is one decision. No case number is printed: it is the recipient's only one, or the script has ended.
    of_grant = is_data & rows["recipient_code"].notna() & (form in given.OF_GRANTS)
    rows["grant_id"] = rows["recipient_code"].map("{}-1".format, na_action="ignore").where(of_grant, None)
    rows["fate"] = is_data.map({True: "accepted", False: None})
    rows["rule"] = None
    if form in ("decisions", "usage_report_2023", "survey_2023"):
        ordered = rows[is_data].sort_values("submitted_at", kind="stable", na_position="first")
        older = ordered.index[ordered.duplicated("respondent_id", keep="last")]
        rows.loc[older, ["fate", "rule"]] = ["superseded", "superseded_submission"]
    return rows.astype(object), facts


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that count, with amounts and dates as such."""
    kept = rows[rows["fate"] == "accepted"].copy()
    for name in kept:
        if str(name).endswith("_sek"):
            kept[name] = kronor(kept[name])
        elif str(name).endswith("_date") and name not in ("source_date", "known_date"):
            kept[name] = pd.to_datetime(kept[name]).dt.date
    return kept


def answers(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per respondent, question and option."""
    kept = rows[rows["fate"] == "accepted"]
    use = kept["Hur mycket av statsbidraget har använts?"].map(given.USE)
    frames = []
    for question, (base, header, options) in given.QUESTIONS.items():
        listed = [(*option.split("|"), option.split("|")[1])[:4] for option in options.split(";")]
        answered = kept[[header.format(text) for *_, text in listed]].notna().any(axis=1)
        asked = use.isin(given.ASKED_IF[base]) | (use.isna() & answered)
        if base == "everyone":
            asked[:] = True
        status = answered.map({True: "answered", False: "blank"}).where(asked, "not_asked")
        for number, (option, sv, en, text) in enumerate(listed, start=given.FIRST_NO.get(question, 1)):
            cell = kept[header.format(text)]
            chosen = cell == ("1" if "{}" in header else text)
            at = chr(ord("A") + rows.columns.get_loc(cell.name))
            frame = kept.assign(question=question, option=option, option_no=number, base=base, source_column=at)
            selected = chosen.astype(object).where(status == "answered", None)
            frames.append(frame.assign(option_label_sv=sv, option_label_en=en, status=status, selected=selected))
    return pd.concat(frames)


def reconciled(decisions: pd.DataFrame, reports: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """What was granted held against what was reported, one row per recipient."""
    repaid = ledger[ledger["event"] == "repaid_after_recovery"].groupby("recipient_code")["amount_sek"].sum()
    if decisions["recipient_code"].duplicated().any():
        sys.exit("a recipient has several grants")
    reported = reports[["recipient_code", "unused_sek", "provenance"]]
    rows = decisions[["grant_id", "recipient_code", "granted_sek", "provenance"]].merge(
        reported, how="outer", on=["recipient_code", "provenance"]
    )
    if rows.isna().any(axis=None) or not set(repaid.index) <= set(rows["recipient_code"]):
        sys.exit("a decision without a report, or the reverse")
    rows["used_sek"] = rows["granted_sek"] - rows["unused_sek"]
    rows["repaid_after_recovery_sek"] = rows["recipient_code"].map(repaid)
    rows["outcome"] = (rows["unused_sek"] > 0).map({True: "unused_reported", False: "all_used"})
    rows.loc[rows["used_sek"] < 0, "outcome"] = "difference"
    return rows.assign(used_derived=True)


def by_year(grants: pd.DataFrame, ledger: pd.DataFrame, applied: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The round in one row: the grant, the funds, the applications."""
    granted, unused = int(grants["granted_sek"].sum()), int(grants["unused_sek"].sum())
    grant = {
        "recipient_count": len(grants),
        "granted_sek": granted,
        "used_sek": granted - unused,
        "reported_granted_sek": granted,
        "unused_sek": unused,
        "unused_percent": percent(unused, granted),
        "repaid_after_recovery_sek": grants["repaid_after_recovery_sek"].sum(min_count=1),
        "used_all_count": (grants["unused_sek"] == 0).sum(),
        "used_part_count": grants["unused_sek"].between(0, grants["granted_sek"], inclusive="neither").sum(),
        "used_nothing_count": ((grants["used_sek"] <= 0) & (grants["unused_sek"] > 0)).sum(),
        "without_report_count": 0,
    }
    sums = ledger.groupby("event")["amount_sek"].sum()
    available, administration = sums["available_funds"], sums["administration_allowed"]
    funds = {"available_sek": available, "administration_sek": administration, "granted_sek": granted}
    funds["distributable_sek"] = available - administration
    funds["undistributed_sek"] = funds["distributable_sek"] - granted
    counts = applied["outcome"].value_counts()
    others = {f"{name}_count": counts.get(name, 0) for name in ("rejected", "dismissed", "withdrawn")}
    approved = applied["outcome"].str.contains("approved").sum()
    share = percent(approved, len(applied))
    applications = {"application_count": len(applied), "approved_count": approved, "approval_percent": share, **others}
    of_funds = agreed(pd.concat([grants["provenance"], ledger["provenance"]]))
    return {
        "out_grant_by_year": pd.DataFrame([grant]).assign(provenance=agreed(grants["provenance"])),
        "out_funds_by_year": pd.DataFrame([funds]).assign(provenance=of_funds),
        "out_application_by_year": pd.DataFrame([applications]).assign(provenance=agreed(applied["provenance"])),
    }


def indicators(answered: pd.DataFrame) -> pd.DataFrame:
    """Number and share of those that chose an option, of those that answered."""
    flags = answered.assign(
        numerator=answered["selected"].eq(True),  # noqa: FBT003 - null is not True
        denominator=answered["status"] == "answered",
        asked_count=answered["status"] != "not_asked",
        blank_count=answered["status"] == "blank",
        indicator=answered["question"],
    )
    by = ["indicator", "option", "option_no", "option_label_sv", "option_label_en", "base", "provenance"]
    rows = flags.groupby(by)[["numerator", "denominator", "asked_count", "blank_count"]].sum().reset_index()
    rows["percent"] = list(map(percent, rows["numerator"], rows["denominator"]))
    return rows.assign(base_inferred=rows["base"] != "everyone")


def table_cells(shares: pd.DataFrame, grant: pd.DataFrame) -> pd.DataFrame:
    """The printed tables, cell by cell."""
    year = grant.assign(option_label_sv=str(given.YEAR), option_label_en=str(given.YEAR), table_no=2)
    parts = [year] + [shares[shares["indicator"] == name].assign(table_no=no) for no, name in given.PRINTED.items()]
    cells = []
    for part in parts:
        ordered = part.sort_values(["numerator", "option_no"], ascending=[False, True]) if "numerator" in part else part
        wanted = [cell for cell in given.CELLS if given.CELLS[cell][0] in part]
        for row_no, row in enumerate(ordered.to_dict("records"), start=1):
            for column_no, name in enumerate(wanted, start=1):
                value, kind, sv, en = given.CELLS[name]
                labels = [label.format(row.get("denominator")) for label in (sv, en)]
                names = (row["option_label_sv"], row["option_label_en"])
                place = (row["table_no"], row_no, *names, column_no, name)
                cells.append((*place, *labels, row[value], kind, row["provenance"]))
    return pd.DataFrame(cells, columns=columns("out_table_cell")[2:]).assign(report="delredovisning_2024")


def unit(column: str) -> str | None:
    return next((given.UNITS[end] for end in given.UNITS if column.endswith(end)), None)


def dictionary() -> pd.DataFrame:
    """One row per column of every table."""
    rows = [
        (table, number, name, str(arrow_type(name)), unit(name), name in keys(table))
        for table in given.TABLES
        for number, name in enumerate(columns(table), start=1)
    ]
    names = ["table_name", "column_no", "column_name", "type_name", "unit", "is_key"]
    return pd.DataFrame(rows, columns=names).assign(provenance="real")


def tables(raw: Path) -> dict[str, pd.DataFrame]:
    """Every table of the round."""
    bodies, files = register(raw / "reference")
    rows, known = {}, [{**file, "form": "register"} for file in files]
    for form in given.FORMS:
        rows[form], facts = form_rows(raw / given.PROGRAMME / str(given.YEAR), form, bodies)
        known.append({**facts, "form": form})
    every = pd.concat(rows.values(), ignore_index=True)
    applied, reported, decided, *told = (typed(rows[form]) for form in given.FORMS if form != "survey_2023")
    ledger = pd.concat(told, ignore_index=True)
    applied["outcome"], ledger["event"] = applied["outcome"].map(given.OUTCOMES), ledger["event"].map(given.EVENTS)
    answered = answers(rows["survey_2023"])
    grants = reconciled(decided, reported, ledger)
    annex = grants.merge(bodies[["recipient_code", "recipient_name"]], on="recipient_code")
    annex = annex.merge(decided[["recipient_code", "name_as_reported"]], on="recipient_code")
    annex["unused_percent"] = list(map(percent, annex["unused_sek"], annex["granted_sek"]))
    annex["note"] = annex["repaid_after_recovery_sek"].map(repaid_note, na_action="ignore")
    figures, shares = by_year(grants, ledger, applied), indicators(answered)
    return figures | {
        "core_round": the_round(every, known[len(files) :]),
        "core_recipient": bodies,
        "core_source_file": pd.DataFrame(known),
        "core_row": every,
        "core_funnel": funnel(every),
        "core_application": applied,
        "core_decision": decided,
        "core_usage_report": reported,
        "core_event": ledger,
        "core_answer": answered,
        "core_reconciliation": grants,
        "core_finding": findings(every, answered),
        "out_annex": annex,
        "out_indicator": shares,
        "out_table_cell": table_cells(shares, figures["out_grant_by_year"]),
        "data_dictionary": dictionary(),
    }


def repaid_note(amount: float) -> str:
    return given.REPAID.format(f"{int(amount):,}".replace(",", "\u00a0"))


def the_round(every: pd.DataFrame, files: list[dict[str, object]]) -> pd.DataFrame:
    """The round, as of the latest date in its files."""
    data = every[every["row_kind"] == "data"]
    dates = data[["submitted_at", "received_date", "decided_date", "recorded_date"]].melt()["value"].dropna().str[:10]
    latest = max([file["source_date"] for file in files] + [dt.date.fromisoformat(text) for text in dates])
    provenance = agreed(pd.Series([file["provenance"] for file in files]))
    facts = {
        "as_of_date": latest,
        "cost_period_end_date": given.PERIOD_END,
        "late_reports": "accept",
    }
    return pd.DataFrame([{**facts, "provenance": provenance}])


def funnel(every: pd.DataFrame) -> pd.DataFrame:
    """Per file, how many rows were received and what became of them."""
    is_data = every["row_kind"] == "data"
    fates = {f"{fate}_count": every["fate"] == fate for fate in given.FATES}
    counted = every.assign(received_count=is_data, other_count=~is_data, **fates)
    groups = counted.groupby(["source_file", "form"])
    counts = groups[["received_count", "other_count", *fates]].sum()
    return counts.assign(provenance=groups["provenance"].agg(agreed)).reset_index()


def arrow_table(name: str, frame: pd.DataFrame) -> pa.Table:
    """The frame with the table's columns, types and order of rows."""
    wanted = [column for column in columns(name) if column not in given.NOT_WRITTEN.get(name, ())]
    schema = pa.schema([(column, arrow_type(column)) for column in wanted])
    ordered = frame.assign(programme=given.PROGRAMME, year=given.YEAR).reindex(columns=wanted).sort_values(keys(name))
    return pa.Table.from_pandas(ordered.astype(object), schema=schema, preserve_index=False).replace_schema_metadata()


def write(computed: dict[str, pd.DataFrame], folder: Path) -> None:
    (folder / "parquet").mkdir(parents=True)
    with sqlite3.connect(folder / "statsbidrag.sqlite") as database:
        for name, frame in computed.items():
            table = arrow_table(name, frame)
            pq.write_table(table, folder / "parquet" / f"{name}.parquet", compression="zstd")
            table.to_pandas(integer_object_nulls=True).to_sql(name, database, index=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", type=int, choices=[given.YEAR], default=given.YEAR)
    parser.add_argument("--raw", type=Path, default=Path("raw"))
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    write(tables(chosen.raw.resolve()), chosen.out)


if __name__ == "__main__":
    main()
