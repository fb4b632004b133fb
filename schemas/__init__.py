"""WHAT things are: tables, rules, programmes. No Dagster, no Great Expectations, no I/O but the package's own YAML."""
