"""Event types, their frames and the CAMEO crosswalk: data files and their one loader."""
