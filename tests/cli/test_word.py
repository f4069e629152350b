"""`donflow word`: a returned file read aloud, two versions compared, changes settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from donflow.word.plain_paper import paper_of_lines
from donflow.word.redline import compare
from donflow.word.templating.commenting import add_comment
from donflow.word.text import plain_text
from tests.cli.chinese import stray_words
from tests.cli.test_precheck import HOSTILE
from tests.journeys.desk import Desk
from tests.word import markup_builder as markup
from tests.word.papers import p, paper

OLD = (
    "捐赠协议书",
    "第一条 捐赠财产",
    "捐赠金额为人民币伍拾万元整。",
    "第二条 用途",
    "用于奖学金。",
)
NEW = (
    "捐赠协议书",
    "第一条 捐赠财产",
    "捐赠金额为人民币伍佰万元整。",
    "第二条 用途",
    "用于奖学金。",
)
PAGE = "1"
"""The number in the footer, which is read last."""
AT = datetime(2026, 4, 18, 9, 30, tzinfo=UTC)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    """A desk without an office, with two versions and a reviewer's file on it."""
    desk = Desk(tmp_path, day="2026-11-20")
    (tmp_path / "第1稿.docx").write_bytes(paper_of_lines(OLD))
    (tmp_path / "第2稿.docx").write_bytes(paper_of_lines(NEW))
    changed = compare(paper_of_lines(OLD), paper_of_lines(NEW), author="周审核", at=AT).docx
    remarked = add_comment(changed, near="奖学金", text="请写明范围", author="周审核")
    (tmp_path / "退回.docx").write_bytes(remarked)
    yield desk
    desk.close()


def test_a_returned_file_as_json_is_the_fixed_form(bare: Desk) -> None:
    data = bare("word read 退回.docx --json").data

    assert set(data) == {"before", "after", "comments", "changes", "warnings"}
    assert data["before"].splitlines() == [*OLD, PAGE]
    assert data["after"].splitlines() == [*NEW, PAGE]
    (comment,) = data["comments"]
    assert comment == {
        "id": 0,
        "author": "周审核",
        "at": comment["at"],
        "text": "请写明范围",
        "anchor": "用于奖学金。",
        "clause": "第二条",
        "resolved": False,
        "parent": None,
    }
    assert [(one["kind"], one["text"], one["clause"]) for one in data["changes"]] == [
        ("deletion", "拾", "第一条"),
        ("insertion", "佰", "第一条"),
    ]
    assert {one["author"] for one in data["changes"]} == {"周审核"}
    assert {one["at"] for one in data["changes"]} == {"2026-04-18T09:30:00Z"}
    assert not bare.home.exists()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_person_reads_remarks_and_changes_with_their_clause(bare: Desk, lang: str) -> None:
    said = bare("word read 退回.docx", lang=lang).out

    for words in ("第二条", "“用于奖学金。”", "周审核", "请写明范围", "第一条", "“拾”", "“佰”"):
        assert words in said
    if lang == "zh_CN":
        assert stray_words(said, "退回.docx") == []


def test_an_untouched_file_is_said_to_be_one(bare: Desk) -> None:
    data = bare("word read 第1稿.docx --json").data

    assert data == {
        "before": "\n".join([*OLD, PAGE]),
        "after": "\n".join([*OLD, PAGE]),
        "comments": [],
        "changes": [],
        "warnings": [],
    }
    assert bare("word read 第1稿.docx").out.count("\n") <= 2


def test_a_redline_accepted_is_the_new_text_and_rejected_the_old(bare: Desk) -> None:
    bare("word compare 第1稿.docx 第2稿.docx --redline 对比.docx --author 林秘书")
    bare("word accept 对比.docx 新.docx")
    bare("word reject 对比.docx 旧.docx")

    assert plain_text((bare.folder / "新.docx").read_bytes()) == NEW
    assert plain_text((bare.folder / "旧.docx").read_bytes()) == OLD
    changes = bare("word read 对比.docx --json").data["changes"]
    assert {one["author"] for one in changes} == {"林秘书"}


def test_two_that_read_the_same_are_said_to(bare: Desk) -> None:
    said = bare("word compare 第1稿.docx 第1稿.docx --redline 对比.docx").out
    changed = bare("word compare 第1稿.docx 第2稿.docx --redline 对比2.docx").out

    assert "没有修改" in said
    assert "没有修改" not in changed
    assert bare("word read 对比.docx --json").data["changes"] == []


def test_two_of_other_page_layout_are_not_said_to_read_the_same(bare: Desk) -> None:
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    (bare.folder / "甲.docx").write_bytes(paper(p("甲")))
    (bare.folder / "乙.docx").write_bytes(paper(p("甲") + p(properties=section)))
    (bare.folder / "丙.docx").write_bytes(paper(p("甲") + p()))
    same = bare("word compare 丙.docx 丙.docx --redline 出.docx").out
    said = bare("word compare 丙.docx 乙.docx --redline 出2.docx").out

    assert "两份读来一样" in same
    assert "两份读来一样" not in said


LINES = (
    "word read {}",
    "word compare {} 第2稿.docx --redline 出.docx",
    "word compare 第1稿.docx {} --redline 出.docx",
    "word accept {} 出.docx",
    "word reject {} 出.docx",
)


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("line", LINES)
def test_what_is_no_word_file_is_refused_with_a_remedy(bare: Desk, what: str, line: str) -> None:
    name, made = HOSTILE[what]
    (bare.folder / f"x{name}").write_bytes(made())

    answer = bare(line.format(f"x{name}"), code=2)

    assert answer.out == ""
    assert "→" in answer.err
    assert stray_words(answer.err, f"x{name}", "txt", "docx", "word") == []
    assert not (bare.folder / "出.docx").exists()


@pytest.mark.parametrize("line", [line for line in LINES if "出.docx" in line])
def test_a_file_that_is_there_is_not_written_over(bare: Desk, line: str) -> None:
    taken = bare.folder / "出.docx"
    taken.write_bytes(b"mine")

    assert "出.docx" in bare(line.format("第1稿.docx"), code=2).err
    assert taken.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "line", ["word read 没有.docx", "word read .", "word compare 第1稿.docx 第2稿.docx"]
)
def test_what_is_missing_is_named(bare: Desk, line: str) -> None:
    assert bare(line, code=2).err


BLANK = markup.dele("周审核", " ")


def test_what_nobody_would_see_in_quotation_marks_is_named(bare: Desk) -> None:
    body = (
        markup.p("捐赠协议书", markup.run("<w:commentReference w:id='0'/>")),
        markup.p("2026", BLANK, "年", BLANK, "月"),
        markup.p("甲", mark=markup.state("del", "周审核")),
        markup.p("乙"),
    )
    data = markup.docx(*body, comments=markup.comment(0, "周审核", "请再核"))
    (bare.folder / "空.docx").write_bytes(data)

    said = bare("word read 空.docx").out

    assert "“”" not in said
    assert "¶" not in said
    assert "—" not in said
    for words in ("条款之外", "删去：空格×1", "共2处", "删去：段落的结尾"):
        assert words in said


def test_a_remark_on_nothing_is_on_the_whole_text(bare: Desk) -> None:
    data = markup.docx(markup.p("捐赠协议书"), comments=markup.comment(0, "周审核", "请再核"))
    (bare.folder / "空.docx").write_bytes(data)

    assert "1. 全文" in bare("word read 空.docx").out


@pytest.mark.parametrize(
    "line", ["word compare 第1稿.docx 第2稿.docx --redline 出.pdf", "word accept 退回.docx 出.pdf",
             "word reject 退回.docx 出.pdf"]
)  # fmt: skip
def test_what_is_written_is_named_as_a_word_file(bare: Desk, line: str) -> None:
    assert "出.docx" in bare(line, code=2).err
    assert not (bare.folder / "出.pdf").exists()


def test_a_part_is_named_as_people_call_it(bare: Desk) -> None:
    hidden = markup.p(markup.r("另付壹万元", "<w:vanish/>"))
    (bare.folder / "藏.docx").write_bytes(markup.docx(markup.p("甲"), hidden, header=hidden))

    said = bare("word read 藏.docx").out

    assert "正文（word/document.xml）" in said
    assert "页眉（word/header.xml）" in said
