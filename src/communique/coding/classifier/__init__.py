"""The learned classifier: the type of an act from its sentence with source and target marked."""
