"""The story of the way in: files and rows of every kind become reports, or say why they are none."""
