"""LightGBM, loaded only where trees are learned, read or asked: all else of the outlook works without it."""

from __future__ import annotations

import importlib
from types import ModuleType

from communique.errors import MissingLibrary


def lightgbm() -> ModuleType:
    """Give the library; MissingLibrary with the mend where it is not installed, or the system lacks what it stands on."""
    try:
        return importlib.import_module("lightgbm")
    except ImportError as error:
        raise MissingLibrary(
            "ranking who is next needs LightGBM, which is not installed: pip install 'communique[ranking]'"
        ) from error
    except OSError as error:
        # Its library is there, but cannot be loaded: on a bare system it is the runtime of OpenMP that is missing.
        raise MissingLibrary(
            f"LightGBM is installed but cannot be loaded ({error}): it needs the system's OpenMP,"
            " libgomp.so.1 (Debian and Ubuntu: apt install libgomp1; Fedora: dnf install libgomp; macOS: brew install libomp)"
        ) from error
