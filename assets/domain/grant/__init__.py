"""One grant: what happened with its money, where that stands, what there is to decide, and what to do next."""
