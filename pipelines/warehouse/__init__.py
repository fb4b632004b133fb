"""The store of rounds, the publication of versions, their files and database, and the evidence about them."""
