"""Sentences and acts: the room that parses; the only one that imports spaCy."""
