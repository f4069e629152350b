"""Files are written whole or not at all, and never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from donflow.cli.files import (
    FileThere,
    FileUnwritable,
    NotNamedAsWord,
    refuse_other_than_word,
    write_new,
)


def test_a_new_file_holds_what_was_given_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write_new(tmp_path / "对照.docx", b"new")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("对照.docx", b"new")]


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "对照.docx"
    taken.write_bytes(b"mine")

    with pytest.raises(FileThere):
        write_new(taken, b"new")
    assert taken.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [taken]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    link, elsewhere = tmp_path / "对照.docx", tmp_path / "elsewhere"
    link.symlink_to(elsewhere)

    with pytest.raises(FileThere):
        write_new(link, b"new")
    assert not elsewhere.exists()


def test_where_no_links_are_known_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError("links are not supported")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    test_a_new_file_holds_what_was_given_and_leaves_nothing_beside(tmp_path)
    with pytest.raises(FileThere):
        write_new(tmp_path / "对照.docx", b"other")
    assert (tmp_path / "对照.docx").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_new(tmp_path / "没有" / "对照.docx", b"new")


@pytest.mark.parametrize("name", ["修订.pdf", "修订.doc", "修订", "修订.docx.txt"])
def test_a_word_file_is_named_as_one(name: str) -> None:
    with pytest.raises(NotNamedAsWord):
        refuse_other_than_word(Path(name))


@pytest.mark.parametrize("name", ["修订.docx", "修订.DOCX"])
def test_a_name_of_a_word_file_is_taken(name: str) -> None:
    refuse_other_than_word(Path(name))
