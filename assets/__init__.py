"""How a round comes about: `round.py` is its story, `domain` its parts, `written` its tables, `graph` its steps."""
