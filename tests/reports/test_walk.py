"""Which files a list of paths means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.errors import MissingInput
from communique.reports import find_files


def grow(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    grow(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "a.txt", ".hidden", ".git/config", "c/.cache/x.txt", "c/d")

    found = [os.path.relpath(path, tmp_path) for path in find_files(tmp_path)]

    assert found == ["a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "c/d"]


def test_the_walk_gives_the_same_order_however_the_files_were_made(tmp_path: Path) -> None:
    names = [f"{number:02d}.txt" for number in range(30)]
    grow(tmp_path / "up", *names)
    grow(tmp_path / "down", *reversed(names))

    def order(folder: str) -> list[str]:
        return [os.path.basename(path) for path in find_files(tmp_path / folder)]

    assert order("up") == order("down") == names


def test_paths_keep_their_order_and_their_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "news/b.txt", "news/a.txt", "z.txt", ".named")
    monkeypatch.chdir(tmp_path)

    assert list(find_files(["./z.txt", "-", "news", ".named", "z.txt"])) == [
        "./z.txt",
        "-",
        "news/a.txt",
        "news/b.txt",
        ".named",
        "z.txt",
    ]


@pytest.mark.parametrize("single", ["z.txt", Path("z.txt")])
def test_one_path_alone_is_not_taken_for_a_list_of_letters(
    single: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(tmp_path, "z.txt")
    monkeypatch.chdir(tmp_path)

    assert list(find_files(single)) == ["z.txt"]


def test_a_missing_path_is_told_at_once_and_by_name(tmp_path: Path) -> None:
    grow(tmp_path, "there.txt")

    with pytest.raises(MissingInput, match=r"gone\.txt: there is no such file or folder; check the spelling"):
        find_files([tmp_path / "there.txt", tmp_path / "gone.txt"])


def test_a_link_that_goes_round_ends_the_walk(tmp_path: Path) -> None:
    grow(tmp_path, "a/x.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "copy.txt").symlink_to(tmp_path / "a" / "x.txt")

    found = [os.path.relpath(path, tmp_path) for path in find_files(tmp_path)]

    assert found == ["a/copy.txt", "a/x.txt"]


def test_a_pipe_in_a_folder_is_not_waited_for_and_a_dead_link_is_not_hidden(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")

    assert list(find_files(tmp_path)) == [str(tmp_path / "dead.txt")]


def test_a_link_to_itself_does_not_hide_the_folder_it_is_in(tmp_path: Path) -> None:
    grow(tmp_path, "a.txt", "z.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")

    assert [os.path.basename(path) for path in find_files(tmp_path)] == ["a.txt", "loop.txt", "z.txt"]


def test_a_folder_without_files_is_given_itself(tmp_path: Path) -> None:
    grow(tmp_path, "empty/.hidden")

    assert list(find_files(tmp_path / "empty")) == [str(tmp_path / "empty")]
