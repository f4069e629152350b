"""A name as it is typed in Latin letters: surnames right, and as people type them wrong."""

from __future__ import annotations

import pytest

from donflow.roster.search.folding import folded, words_of
from donflow.roster.search.spelling import spellings, typed


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("单雄", ["shanxiong", "danxiong", "sx", "dx"]),
        ("曾国", ["zengguo", "cengguo", "zg"]),
        ("解缙", ["xiejin", "jiejin", "xj"]),
        ("查良", ["zhaliang", "chaliang", "zl", "cl"]),
        ("区小明", ["ouxiaoming", "quxiaoming", "oxm", "xiaoming", "xm"]),
        ("仇英", ["qiuying", "chouying", "qy"]),
        ("朴树", ["piaoshu", "ps"]),
        ("盖中", ["gezhong", "gaizhong"]),
        ("任行", ["renxing", "renhang"]),
        ("华山", ["huashan"]),
        ("尉迟恭", ["yuchigong", "weichigong", "ycg"]),
        ("万俟晚", ["moqiwan", "mqw"]),
        ("长孙晚", ["zhangsunwan", "zsw"]),
        ("令狐晚", ["linghuwan", "lhw"]),
        ("吕晚", ["lvwan", "luwan", "lyuwan", "lw"]),
        ("买买提·阿不都", ["maimaitiabudou", "mmtabd", "abudou"]),
        ("Nguyen Thi Lan", ["nguyenthilan", "ntl", "thilan", "lan"]),
        ("深圳市恒源", ["hengyuan", "hy"]),
    ],
)
def test_a_name_is_spelled_as_people_type_it(name: str, ways: list[str]) -> None:
    assert set(ways) <= set(spellings(name))


def test_a_name_is_not_spelled_from_within_a_syllable() -> None:
    assert not {"hang", "ang", "s"} & set(spellings("张"))


@pytest.mark.parametrize(
    ("word", "looked_for"),
    [("xi'an", "xian"), ("lü", "lv"), ("zs", "zs"), ("张", ""), ("05", ""), ("z3", "")],
)
def test_a_typed_word_is_pinyin_if_it_is_letters(word: str, looked_for: str) -> None:
    assert typed(word) == looked_for


def test_values_and_words_are_compared_in_one_form() -> None:
    assert folded("买买提•阿不都 ＡＢｃ\t１２") == folded("买买提·阿不都abc12")
    assert words_of(" 05级会计　深圳 深圳  王 ") == ("05级会计", "深圳", "王")
    assert words_of("x" * 201) == ()
