"""What was computed of a round, written as its tables: each table is made in one place, here."""
