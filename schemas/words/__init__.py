"""Every closed vocabulary, and the kinds of event. Nothing else is declared here, and nothing is computed."""
