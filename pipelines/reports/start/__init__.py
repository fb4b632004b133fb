"""The start page of a warehouse: where every round stands, and the way to everything else that a person opens."""
