"""How it is computed: frozen records and small functions over one grant. No Dagster, no SQL, no files, no clock."""
