"""How long a round takes, held against a plain script. Nothing here is collected by pytest."""
