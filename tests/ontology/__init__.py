"""The story of the ontology: what the sixteen types mean, and that their data files keep their word."""
