"""The graph: what is computed from what. An asset's body is a few lines; `assets.domain` says how."""
