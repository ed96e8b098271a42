"""The story of one act in many papers: which tellings are folded, which stay apart, and whose word counts."""
