# Each command is also plain shell in docs/development.md.

# what CI runs
check: lint types test

lint:
    ruff check src tests bench
    ruff format --check --diff src tests bench || true

types:
    mypy

test:
    python -m pytest

# score the gold cases, where they are
score:
    python bench/score.py

speed:
    python bench/speed.py
