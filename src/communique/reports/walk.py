"""Which files a list of paths means: files as they are, folders walked in sorted order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from communique.errors import MissingInput

STANDARD_INPUT = "-"

PathLike = str | os.PathLike[str]


def find_files(paths: PathLike | Iterable[PathLike]) -> Iterator[str]:
    """Give the path of each file that `paths` mean, in order, each as it was given.

    A folder gives the files below it, sorted by name, without hidden files and folders; a hidden file
    that is named itself is given. Linked folders are not entered, so that no walk goes round for ever.
    `-` stands for standard input and is passed on. A folder that cannot be listed, or that holds no
    file, is given itself, so that its reader can say so instead of passing it over in silence.

    Raises MissingInput, before anything is read, where a path is not there.
    """
    wanted = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    given = [os.fspath(path) for path in wanted]
    for path in given:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise MissingInput(
                f"{show_path(path)}: there is no such file or folder; check the spelling and the folder that"
                f" you are in, or give - to read standard input"
            )
    return _walk(given)


def same_file(path: PathLike, other: PathLike) -> bool:
    """Tell whether two paths lead to one file, by whatever name; a path to nothing is no file."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def show_path(path: str) -> str:
    """Give a path as text that can be printed and kept, with bytes that are no characters written out."""
    # A file name on disk may be any bytes; Python hides them in surrogates that no UTF-8 file can hold.
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _walk(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            yield from _walk_folder(path)
        else:
            yield path


def _walk_folder(folder: str) -> Iterator[str]:
    """Give the files below one folder, or the folder itself where it has none to give."""
    found = False
    # A stack, not recursion: a folder may be deeper than Python may call.
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not os.path.isdir(path):
            found = True
            yield path
            continue
        try:
            inside = _list_folder(path)
        except OSError:
            found = True
            yield path
            continue
        waiting.extend(reversed(inside))
    if not found:
        yield folder


def _list_folder(folder: str) -> list[str]:
    """List what is to be read in one folder, sorted by name.

    Pipes and devices are left out, for reading one could wait for ever; a link that leads nowhere
    stays in, for the user should hear of it.
    """
    with os.scandir(folder) as entries:
        return sorted(entry.path for entry in entries if not entry.name.startswith(".") and _is_to_be_read(entry))


def _is_to_be_read(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) or entry.is_file() or not os.path.exists(entry.path)
    except OSError:
        # A link that leads to itself: one bad entry must not hide the folder, and its reader tells of it.
        return True
