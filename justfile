# Each command is also plain shell in docs/development.md.

check: lint types test

lint:
    ruff check src tests bench training
    ruff format --check src tests bench training

types:
    mypy

test:
    python -m pytest

score:
    python bench/score.py
    python bench/sentences.py

speed:
    python bench/speed.py

picture:
    python bench/affairs.py
    python bench/folding.py

casebook:
    python bench/casebook.py
    python bench/exchange.py

gate:
    python bench/frozen.py
    python bench/gate.py
