"""The catalogues are complete and fresh; the check that says so finds every sort of fault."""

from pathlib import Path

import pytest

from tools import catalogue

SOURCE = """from donflow.errors import N_
A = N_("There is no gift {number}.")
B = N_("A sentence "
       "in two pieces.")
C = "not marked"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of two messages, all translated."""
    (tmp_path / "donflow").mkdir()
    (tmp_path / "donflow" / "a.py").write_text(SOURCE, "utf-8")
    list(catalogue.renew(tmp_path))
    _edit(tmp_path, 'There is no gift {number}."\nmsgstr ""', "没有捐赠{number}。")
    _edit(tmp_path, 'A sentence in two pieces."\nmsgstr ""', "两段的一句。")
    list(catalogue.renew(tmp_path))
    return tmp_path


def test_every_message_of_donflow_is_translated_and_compiled() -> None:
    assert list(catalogue.check(catalogue.ROOT)) == []


def test_renewing_again_changes_nothing(checkout: Path) -> None:
    before = _contents(checkout)

    list(catalogue.renew(checkout))

    assert _contents(checkout) == before
    assert not any(b"POT-Creation-Date" in data for data in before.values())


def test_only_the_messages_of_click_are_still_to_do(checkout: Path) -> None:
    faults = _faults(checkout)

    assert "There is no gift" not in faults
    assert "A sentence" not in faults
    assert "Show this message and exit." in faults


def test_a_message_without_translation_is_named(checkout: Path) -> None:
    source = checkout / "donflow" / "a.py"
    source.write_text(SOURCE + 'D = N_("A new one.")\n', "utf-8")

    assert "'A new one.' is not translated" in _faults(checkout)
    assert "zh_CN/LC_MESSAGES/donflow.po: stale" in _faults(checkout)


def test_a_translation_that_loses_a_value_is_named(checkout: Path) -> None:
    _edit(checkout, "没有捐赠{number}。", "没有捐赠{count}。")

    assert "has other values in its translation: '没有捐赠{count}。'" in _faults(checkout)


def test_a_fuzzy_translation_is_named(checkout: Path) -> None:
    _edit(checkout, '#, python-brace-format\nmsgid "There is', '#, fuzzy\nmsgid "There is')

    assert "'There is no gift {number}.' is fuzzy" in _faults(checkout)


def test_a_compiled_catalogue_that_lags_behind_is_named(checkout: Path) -> None:
    _edit(checkout, "两段的一句。", "另一句。")

    assert "zh_CN/LC_MESSAGES/donflow.mo: stale" in _faults(checkout)


def _faults(checkout: Path) -> str:
    before = _contents(checkout)
    faults = "\n".join(catalogue.check(checkout))
    assert _contents(checkout) == before, "checking changes nothing"
    return faults


def _edit(checkout: Path, old: str, new: str) -> None:
    """Translate the message that `old` ends with an empty translation, or replace `old`."""
    path = checkout / "donflow" / "locale" / "zh_CN" / "LC_MESSAGES" / "donflow.po"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    if old.endswith('msgstr ""'):
        new = f'{old[:-1]}{new}"'
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def _contents(checkout: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
