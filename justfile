# Each command is also plain shell in docs/development.md.

check: lint types test

lint:
    ruff check src tests bench
    ruff format --check src tests bench

types:
    mypy

test:
    python -m pytest

score:
    python bench/score.py
    python bench/sentences.py

speed:
    python bench/speed.py
