"""The standing picture: at any date, which sanctions, agreements, talks, positions, alignments and votes there are."""
