"""Sentences become Chinese or English words; so do click's own."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from donflow.domain.money import Money
from donflow.errors import Label, NotFound, Sentence, say
from donflow.intake.gate import NotAdmitted, inspect
from donflow.language import UnknownLanguage, choose_language, translator

ROOT = Path(__file__).parent.parent
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
ANY = "{value}"
EMPTY_AND_DAMAGED = ("这是空文件。文件已损坏。", "It is empty. It is damaged.")


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("梁启舟", "梁启舟", "梁启舟"),
        (17, "17", "17"),
        (None, "—", "—"),
        (True, "是", "yes"),
        (Money(50_000_000), "500,000.00元", "500,000.00 CNY"),
        (Money(-1, "USD"), "-0.01美元", "-0.01 USD"),
        (datetime.date(2026, 4, 18), "2026年4月18日", "2026-04-18"),
        (
            datetime.datetime(2026, 4, 17, 16, 5, tzinfo=datetime.UTC),
            "2026年4月18日 00:05",
            "2026-04-18 00:05",
        ),
        (Label(zh="审核中", en="Under review"), "审核中", "Under review"),
        ((Label(zh="起草", en="Draft"), 2, None), "起草、2、—", "Draft, 2, —"),
        ((), "", ""),
        ((say("It is empty."), say("It is damaged.")), *EMPTY_AND_DAMAGED),
        (say("yes"), "是", "yes"),
        (say(ANY, value=(say("no"), Money(100))), "否、1.00元", "no, 1.00 CNY"),
        ("{not a place}", "{not a place}", "{not a place}"),
    ],
)
def test_values_are_written_as_a_reader_writes_them(
    value: object, chinese: str, english: str
) -> None:
    sentence = Sentence(ANY, {"value": value})

    assert translator("zh_CN", SHANGHAI)(sentence) == chinese
    assert translator("en", SHANGHAI)(sentence) == english


def test_a_sentence_is_translated_with_its_values() -> None:
    sentence = NotFound(what=Label(zh="捐赠", en="gift"), given="G2026-0017").sentence

    assert translator("zh_CN")(sentence) == "没有捐赠：G2026-0017。"
    assert translator("en")(sentence) == "There is no gift G2026-0017."


def test_a_file_not_admitted_is_told_with_each_reason_in_chinese() -> None:
    with pytest.raises(NotAdmitted) as refused:
        inspect(b"", name="a\u202eb.docx")

    words = translator("zh_CN")
    said = [words(refusal.reason) for refusal in refused.value.refusals]

    assert "含有看不见的字符" in said[0]
    assert "空文件" in said[1]
    assert "原因有2个" in words(refused.value.sentence)


@pytest.mark.parametrize(
    ("option", "environment", "setting", "language"),
    [
        (None, {}, None, "zh_CN"),
        (None, {"LANG": "C.UTF-8"}, None, "zh_CN"),
        (None, {"LANG": "zh_CN.UTF-8"}, None, "zh_CN"),
        (None, {"LANG": "en_GB.UTF-8"}, None, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, None, "zh_CN"),
        (None, {"LANG": "en_GB.UTF-8"}, "zh_CN", "zh_CN"),
        (None, {"DONFLOW_LANG": "en"}, "zh_CN", "en"),
        ("zh-CN", {"DONFLOW_LANG": "en"}, "en", "zh_CN"),
        ("en_US", {}, None, "en"),
    ],
)
def test_the_nearest_wish_decides_the_language(
    option: str | None, environment: dict[str, str], setting: str | None, language: str
) -> None:
    assert choose_language(option, environment, setting) == language


@pytest.mark.parametrize("asked", ["fr", "english", "zh_TW"])
def test_a_language_that_is_not_spoken_is_refused(asked: str) -> None:
    with pytest.raises(UnknownLanguage, match=asked):
        choose_language(asked, {}, None)


COMMAND = """
import sys
from donflow.language import bind_click
bind_click(sys.argv.pop(1))
assert "babel" not in sys.modules
import click
click.command(params=[click.Option(["--count"], type=int, required=True)])(lambda count: None)()
"""


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("zh_CN", ["--help"], ["用法：", "选项", "显示本帮助并退出。"]),
        ("en", ["--help"], ["Usage:", "Options", "Show this message and exit."]),
        ("zh_CN", [], ["错误：", "缺少选项"]),
        ("zh_CN", ["--count", "x"], ["'x'不是有效的"]),
        ("en", [], ["Error: Missing option '--count'."]),
    ],
)
def test_click_speaks_the_same_language(language: str, words: list[str], said: list[str]) -> None:
    # In a process of its own: gettext's domain is for the whole process.
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, language, *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANGUAGE": "fr"},
    )

    output = told.stdout + told.stderr
    assert [part for part in said if part not in output] == []
    assert "Traceback" not in output
