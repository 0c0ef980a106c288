"""Reads a folder that a query has written, with programs that know nothing of Tailrace.

For each format, program and key: how many rows there are and their sum.
"""
import pathlib
import sys
import urllib.parse

import duckdb
import pandas

NONE = "__HIVE_DEFAULT_PARTITION__"


def with_pandas(folder, ending):
    parts = []
    for file in sorted(folder.glob("*/*." + ending)):
        part = pandas.read_csv(file) if ending == "csv" else pandas.read_json(file, lines=True)
        part["k"] = urllib.parse.unquote(file.parent.name.split("=", 1)[1])
        parts.append(part)
    groups = pandas.concat(parts).groupby("k")["v"]
    return [(key, count, total) for (key, count), total in zip(groups.count().items(), groups.sum())]


def with_duckdb(folder, ending):
    reader = "read_csv" if ending == "csv" else "read_json"
    return duckdb.sql(
        f"SELECT coalesce(CAST(k AS VARCHAR), '{NONE}') AS k, count(*), sum(v) FROM "
        f"{reader}('{folder}/*/*.{ending}', hive_partitioning = true, hive_types_autocast = false) GROUP BY ALL"
    ).fetchall()


root = pathlib.Path(sys.argv[1])
for ending in ("csv", "json"):
    for name, read in (("duckdb", with_duckdb), ("pandas", with_pandas)):
        for key, count, total in read(root / ending, ending):
            print(ending, name, key, int(count), int(total), sep="|")
