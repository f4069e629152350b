"""What a paper is called, its number, its languages, and the agreement that it changes."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.dates import dates_of_line
from donflow.precheck.facts import Amends
from donflow.precheck.names import is_blank
from donflow.precheck.paper import Paper


def read_language(paper: Paper) -> str:
    """`zh`, `zh-en` where whole sentences stand in English too, `en` where no Chinese does."""
    english = sum(1 for line in paper.lines if _is_english_sentence(line.text))
    chinese = sum(1 for line in paper.lines if len(re.findall(_HAN, line.text)) >= 8)
    if english >= 3 and chinese < 2:
        return "en"
    return "zh-en" if english >= 3 else "zh"


def read_title(paper: Paper, anatomy: Anatomy) -> str:
    """The title, its lines joined, the spaces between its characters left out.

    A line that is only the name of a body is its letterhead, no part of the title.
    """
    if anatomy.title_line is None:
        return ""
    opening = [paper.by_number[no] for no in anatomy.opening if no <= anatomy.title_line]
    parts = [opening[-1].text]
    for line in reversed(opening[:-1]):
        if not line.text.strip():
            continue
        if not _is_title_part(line.text):
            break
        parts.insert(0, line.text)
    return _joined("".join(parts))


def read_agreement_no(paper: Paper, anatomy: Anatomy) -> str:
    """The agreement's own number; empty where there is none, or a blank."""
    head = [paper.by_number[no] for no in anatomy.opening]
    signed = max(anatomy.signing, default=0)
    after = [line for line in paper.lines if line.number > signed]
    for pattern, lines in ((_NUMBER, (*head, *after)), (_BARE_NUMBER, head[:12])):
        for line in lines:
            for words in (line.text, *line.cells):
                found = pattern.match(halfwidth(words).strip())
                if found is None:
                    continue
                value = words.strip()[found.start("value") : found.end("value")]
                value = value.strip(" \u3000）)】]；;。")
                is_open = is_blank(value) or "__" in value or _TO_FILL.fullmatch(value)
                return "" if is_open else value
    return ""


def read_prevailing_language(paper: Paper, language: str) -> str:
    """`zh` or `en` for the text that decides in a paper of two languages; else empty."""
    if language != "zh-en":
        return ""
    text = "\n".join(line.text for line in paper.lines)
    for code, pattern in _PREVAILING:
        if pattern.search(text):
            return code
    return ""


def read_amends(paper: Paper, anatomy: Anatomy, title: str) -> Amends | None:
    """The agreement that a supplement or a termination names, and the day it was signed."""
    if not _CHANGING.search(title):
        return None
    best: Amends | None = None
    for line in paper.lines:
        if not anatomy.in_body(line.number) or line.number == anatomy.title_line:
            continue
        named = re.search(r"《([^》]*(?:协议|合同|合约|备忘录)[^》]*)》", line.text)
        bare = re.search(
            rf"(?:签订|签署|订立)(?:的|了)?({_HAN}{{0,24}}(?:协议书?|合同))", line.text
        )
        days = [each for each in dates_of_line(line) if each.value]
        said = re.search(r"签订|签署|订立|原协议|原合同", line.text)
        if not said or not (named or bare):
            continue
        on = days[0].value if days else None
        words = named or bare
        assert words is not None
        amends = Amends(_joined(words[1]), on)
        if on is not None:
            return amends
        best = best or amends
    return best


def is_supplement(title: str) -> bool:
    """Whether a title says that the paper changes another agreement."""
    return bool(re.search(r"补充|变更|修订|修改|补遗", title))


def is_termination(title: str) -> bool:
    """Whether a title says that the paper ends another agreement."""
    return bool(re.search(r"终止|解除|撤销|退出", title))


def _is_english_sentence(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) >= 8 and len("".join(words)) > 2 * len(re.findall(_HAN, text))


def _is_title_part(text: str) -> bool:
    words = re.sub(r"\s", "", text)
    return (
        len(words) <= 40
        and not re.search(r"[。；，,;:：]|编号|^附件|范本|模板|草案|机密|^\d|年.*月|^No", words)
        and bool(re.search(_HAN, words))
        and not re.search(r"^[（(].*[）)]$|(?:协议书?|合同)$", words)
        and not _LETTERHEAD.search(words)
    )


def _joined(words: str) -> str:
    text = re.sub(r"\s+", " ", words).strip()
    text = re.sub(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})", "", text)
    return re.sub(r"^[《](.*)[》]$", r"\1", text)


_HAN: Final = r"[\u4e00-\u9fff]"
_WIDE: Final = r"[\u4e00-\u9fff“”《》（）、·—]"
_LETTERHEAD: Final = re.compile(
    r"^(?!关于).*(?:大学|学院|学校|中学|基金会|公司|集团|校友会|联谊会|商会|协会|办公室|中心|研究院|研究所)$"
)
_NUMBER: Final = re.compile(
    r"[(\[【]?\s*(?:"
    r"(?:(?:捐赠|赠与)?(?:协议书?|合同书?|项目|文本|文件|档案|登记|备案|本协议|本合同)\s*)?"
    r"(?:(?:登记|备案|存档|流水|统一)?编\s*号|登记号|备案号|流水号|号\s*码|文\s*号)"
    r"|(?:协议|合同|档案|登记|备案|存档|项目)\s*(?:书)?\s*号"
    r"|(?:Agreement\s+|Contract\s+|Ref(?:erence)?\.?\s*)?N[oO]\s*[.:]|Ref(?:erence)?\s*[.:]|№"
    r")\s*(?:N[oO]\s*\.?)?\s*[:]?\s*(?P<value>(?<=[:.№\s])\S.*?|(?<=[:.№])\s*)(?=\s{2,}|\t|$)",
)
# A number without a word before it: letters, figures and strokes, alone on a line of the head.
_BARE_NUMBER: Final = re.compile(
    r"(?P<value>(?=[^\d]*\d)(?=\D*\D)[(\[〔]?[A-Za-z\u4e00-\u9fff]{0,8}[-/(\[〔]?\d{2,4}"
    r"[)\]〕]?(?:[-/][A-Za-z0-9]{1,8}){1,4}号?|[A-Z]{1,6}(?:[-/][A-Za-z0-9]{1,8}){2,4}"
    r"|[\u4e00-\u9fff]{1,8}[(\[〔]\d{4}[)\]〕](?:第)?\d{1,5}号)$"
)
# What a template still asks for: 〔捐赠年度〕-〔流水号〕.
_TO_FILL: Final = re.compile(r"(?:[〔\[【（(<{][^\d〕\]】）)>}]*[〕\]】）)>}]?[-—/第号]*)+")
_CHANGING: Final = re.compile(r"补充|变更|修订|修改|终止|解除|撤销|退出")
_PREVAILING: Final = (
    (
        "zh",
        re.compile(
            r"以\s*(?:中文|汉语)[^。；]{0,10}为\s*准|Chinese\s+(?:version|text)[^.]{0,20}prevail"
        ),
    ),
    (
        "en",
        re.compile(
            r"以\s*(?:英文|英语)[^。；]{0,10}为\s*准|English\s+(?:version|text)[^.]{0,20}prevail"
        ),
    ),
)
