"""Where a round stands: is it all right, what is to be done by whom, what is at stake, what is not known."""
