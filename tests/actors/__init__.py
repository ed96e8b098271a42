"""The story of who is who: states, bodies, groups and leaders, and whom a name means on a day."""
