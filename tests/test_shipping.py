"""The rules that ship with donflow, and the office's own in their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from donflow.shipping import (
    RulesMissing,
    RulesUnreadable,
    has_own_rules,
    header_list,
    occasion_list,
    rule_texts,
    rules_digest,
    shipped,
)

NAMES = ["house.yaml", "law.yaml", "words.yaml"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(shipped("rules"), tmp_path / "rules")
    return tmp_path


def test_without_a_home_or_a_folder_in_it_the_shipped_rules_are_read(tmp_path: Path) -> None:
    assert list(rule_texts()) == NAMES
    assert rule_texts(tmp_path) == rule_texts()
    assert not has_own_rules(tmp_path)


def test_the_office_adds_to_its_rules_and_changes_them(home: Path) -> None:
    (home / "rules" / "house.yaml").write_text("limits: []\n", "utf-8")
    (home / "rules" / "own.yaml").write_text("limits: []\n", "utf-8")
    assert list(rule_texts(home)) == ["house.yaml", "law.yaml", "own.yaml", "words.yaml"]
    assert rule_texts(home)["house.yaml"] == "limits: []\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_rule_file_says_the_same_in_every_encoding(home: Path, encoding: str) -> None:
    whole = rule_texts(home)
    for name in NAMES:
        (home / "rules" / name).write_bytes(whole[name].encode(encoding))
    assert rule_texts(home) == whole


def test_what_is_no_text_is_named(home: Path) -> None:
    (home / "rules" / "law.yaml").write_bytes(b"\xff\xff\x00")
    with pytest.raises(RulesUnreadable, match=r"law\.yaml"):
        rule_texts(home)


def test_every_rule_file_that_is_missing_or_empty_is_named(home: Path) -> None:
    (home / "rules" / "law.yaml").unlink()
    (home / "rules" / "words.yaml").write_text(" \n", "utf-8")
    with pytest.raises(RulesMissing) as refused:
        rule_texts(home)
    assert refused.value.sentence.values["files"] == ("law.yaml", "words.yaml")


def test_the_digest_changes_with_every_byte_and_needs_nothing_whole(home: Path) -> None:
    digests = [rules_digest(home)]
    assert rules_digest(home / "elsewhere") == digests[0]
    law = home / "rules" / "law.yaml"
    law.write_bytes(law.read_bytes() + b"\n")
    digests.append(rules_digest(home))
    law.write_bytes(b"\xff\xff\x00")
    digests.append(rules_digest(home))
    law.rename(home / "rules" / "laws.yaml")
    digests.append(rules_digest(home))
    assert len(set(digests)) == len(digests)


def test_the_list_of_headers_is_no_rule_and_the_offices_own_is_read_instead(tmp_path: Path) -> None:
    digest = rules_digest(tmp_path)
    (tmp_path / "rules").mkdir()
    assert header_list(tmp_path) == header_list() != ""
    (tmp_path / "rules" / "headers.yaml").write_bytes("columns: {}\n".encode("utf-16"))
    assert header_list(tmp_path) == "columns: {}\n"
    assert rules_digest(tmp_path) == digest
    assert not has_own_rules(tmp_path)
    assert list(rule_texts(tmp_path)) == NAMES


def test_the_list_of_occasions_is_no_rule_and_the_offices_own_stands_in_its_place(
    tmp_path: Path,
) -> None:
    digest = rules_digest(tmp_path)
    (tmp_path / "rules").mkdir()
    assert occasion_list(tmp_path) == occasion_list() != ""
    (tmp_path / "rules" / "occasions.yaml").write_text("kinds: {}\n", "utf-8")
    assert occasion_list(tmp_path) == "kinds: {}\n"
    assert not has_own_rules(tmp_path)
    assert rules_digest(tmp_path) == digest
