"""The desk: pages and an HTTP API over one casebook, served on this machine (see docs/desk.md)."""
