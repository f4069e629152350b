"""Names and labels of the parties that change on their way through a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.callings import CALLING, LETTER, WORD, callings_in, plain, role_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Party
from donflow.precheck.facts_signatures import blocks
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.named import Naming
from donflow.precheck.names import is_person
from donflow.precheck.namings import namings
from donflow.precheck.paper import Line, Span


def party_name_inconsistent(draft: Draft) -> Iterator[Finding]:
    """Another name for a party on the cover, in the text or where it signs; other class years."""
    told: set[tuple[int, int]] = set()
    for found in (*_on_covers(draft), *_signing(draft), *_in_text(draft), *_class_years(draft)):
        place = (found.line or 0, hash(found.quote))
        if place not in told:
            told.add(place)
            yield found


def party_label_inconsistent(draft: Draft) -> Iterator[Finding]:
    """Labels that the opening does not give, where they act as a party: once for each."""
    given = _given_callings(draft)
    if not draft.facts.parties or not given:
        return
    told: set[str] = set()
    lends = any(_LENDS.search(line.text) for line in draft.paper.lines)
    yield from _both_by_letter(draft, given)
    for line in draft.paper.lines:
        if line.number in draft.anatomy.opening and _heads_party(line):
            continue
        if not draft.anatomy.in_body(line.number) and line.number not in draft.anatomy.signing:
            continue
        for read in _ACTING.finditer(line.text):
            part = "calling" if read["calling"] else "told"
            calling = plain(read[part])
            if calling in given or calling in told or _is_general(line.text, read.start(part)):
                continue
            if lends and calling[:2] in ("借款", "贷款"):
                continue
            if not _is_alien(calling, draft.facts.parties, given):
                continue
            told.add(calling)
            yield Finding(
                "party_label_inconsistent",
                Severity.WARNING,
                line.number,
                read[part],
                say(N_("The opening calls the parties {labels}."), labels="、".join(sorted(given))),
            )


def _both_by_letter(draft: Draft, given: set[str]) -> Iterator[Finding]:
    """甲乙双方 where the opening gives no letters: once."""
    if any(re.fullmatch(LETTER, calling) for calling in given):
        return
    for line in draft.paper.lines:
        read = _BY_LETTER.search(line.text)
        if read is not None and draft.anatomy.in_body(line.number):
            yield Finding(
                "party_label_inconsistent",
                Severity.WARNING,
                line.number,
                read[0],
                say(N_("The opening calls the parties {labels}."), labels="、".join(sorted(given))),
            )
            return


def party_label_duplicate(draft: Draft) -> Iterator[Finding]:
    """One label for two parties, in the opening or side by side where they sign."""
    seen: dict[str, Naming] = {}
    for naming in _listing(draft):
        before = seen.setdefault(naming.label, naming)
        if before is not naming and before.name != naming.name and not naming.joint:
            yield Finding(
                "party_label_duplicate",
                Severity.ERROR,
                naming.at.line,
                draft.paper.text(naming.at),
                say(N_("Two parties are called {label}."), label=naming.label),
            )
    if _is_given_twice(draft):
        return  # the signature blocks only follow the opening
    beside: dict[tuple[int, str], Span] = {}
    for block in blocks(draft.paper, draft.anatomy, draft.facts.parties):
        label = block.callings[0] if block.callings else ""
        key = (block.at.line, label)
        if label and beside.setdefault(key, block.at) is not block.at:
            yield Finding(
                "party_label_duplicate",
                Severity.ERROR,
                block.at.line,
                draft.paper.text(block.at),
                say(N_("Two parties are called {label}."), label=label),
            )


def _is_given_twice(draft: Draft) -> bool:
    """Whether the opening gives one label to two bodies, each with a name of its own."""
    listed = _listing(draft)
    is_whole = len({naming.name for naming in listed}) == len(listed)
    return is_whole and len({naming.label for naming in listed}) < len(listed)


# Names.


def _on_covers(draft: Draft) -> Iterator[Finding]:
    """A cover page names the parties once more; the last listing counts."""
    listed = {party.label: party for party in draft.facts.parties}
    for naming in namings(draft.paper, draft.anatomy):
        party = listed.get(naming.label)
        if party is None or naming.at.line >= min(each.at.line for each in listed.values()):
            continue
        is_party = any(naming.name == each.name for each in draft.facts.parties)
        if naming.name and party.name and not is_party and not _same(naming.name, party.name):
            yield _differs(draft, naming.name_at, party)


def _signing(draft: Draft) -> Iterator[Finding]:
    """The names where the parties sign."""
    listed = {party.label: party for party in draft.facts.parties}
    short = _short_names(draft)
    for block in blocks(draft.paper, draft.anatomy, draft.facts.parties):
        party = listed.get(block.label)
        if party is None or not party.name:
            continue
        alike = [each.name for each in draft.facts.parties if each.label == block.label]
        if any(_same(block.name, name) for name in alike):
            continue
        if block.name and block.name_at:
            acts_for = is_person(block.name) and party.type != "person"
            if block.name in short or acts_for or party.name in block.name:
                continue
            if party.name_en and _same(block.name, party.name_en):
                continue
            yield _differs(draft, block.name_at, party)
        elif party.type == "person" and block.signer and not block.name:
            near = block.signer != party.name and len(block.signer) == len(party.name)
            if near and block.signer[0] == party.name[0]:
                line = draft.paper.by_number[block.at.line]
                start = line.text.find(block.signer)
                if start >= 0:
                    at = Span(line.number, start, start + len(block.signer))
                    yield _differs(draft, at, party)


def _in_text(draft: Draft) -> Iterator[Finding]:
    """Names in the text that are nearly, but not quite, a party's name."""
    names = {party.name for party in draft.facts.parties}
    short = _short_names(draft)
    for party in draft.facts.parties:
        if party.type not in ("organisation", "foundation") or len(party.name) < 6:
            continue
        ending = re.search(r"(?:有限公司|公司|基金会|集团|商会|协会|校友会|合伙企业)$", party.name)
        if ending is None:
            continue
        for line in draft.paper.lines:
            if line.number in draft.anatomy.signing or line.number == party.at.line:
                continue
            if line.number in draft.anatomy.opening and _heads_party(line):
                continue
            for read in re.finditer(re.escape(ending[0]), line.text):
                window = _nearest(line.text, read.end(), party.name)
                if window is None or _is_account(line.text, window[0]):
                    continue
                words = line.text[window[0] : window[1]]
                if words in names or words in short or _same(words, party.name):
                    continue
                if _is_title(draft, line) or (
                    _is_defined(line.text, window[1]) and not _one_off(words, party.name)
                ):
                    continue
                yield _differs(draft, Span(line.number, *window), party)


def _class_years(draft: Draft) -> Iterator[Finding]:
    """Another year for the class that gives: 2004级 in the text for 2003级 in the opening."""
    for party in draft.facts.parties:
        if party.role != "donor":
            continue
        own = re.search(
            r"(?P<year>\d{4}|\d{2})\s*(?P<kind>[级届])(?P<what>.*)$", halfwidth(party.name)
        )
        if own is None:
            continue
        for line in draft.paper.lines:
            if line.number == party.at.line:
                continue
            for read in re.finditer(
                rf"(?<!\d)(\d{{4}}|\d{{2}})\s*{own['kind']}", halfwidth(line.text)
            ):
                behind = line.text[read.end() : read.end() + 24]
                if len(read[1]) != len(own["year"]) or (
                    read[1] == own["year"] and not _other_class(own["what"], behind)
                ):
                    continue
                common = SequenceMatcher(None, own["what"], behind).find_longest_match()
                told_again = (
                    common.size >= 2 and common.b <= 2 and not (own["what"] and common.a > 2)
                )
                before = line.text[: read.start()]
                inscribed = re.match(
                    r"[^，。；]{0,12}(?:敬[立赠献]|捐[赠建立]|同立|立)[”\"」]", behind
                )
                same_body = before.endswith(party.name[: own.start()][-3:]) and own.start() > 2
                if not told_again and not (inscribed and same_body):
                    continue
                yield _differs(draft, _around(line, read.start(), read.end(), party.name), party)


def _other_class(own: str, behind: str) -> bool:
    """3班 behind the year, where the opening has 2班 and no other class beside it."""
    mine = re.findall(r"\d{1,2}(?=班)", halfwidth(own))
    other = re.match(r"(\d{1,2})班", halfwidth(behind))
    return bool(len(mine) == 1 and own.startswith(mine[0]) and other and other[1] != mine[0])


def _around(line: Line, start: int, end: int, name: str) -> Span:
    """The whole phrase that holds a class: inside quotation marks, else from the name's start."""
    quoted = list(re.finditer(r"[“\"「]([^”\"」]*)[”\"」]", line.text))
    for hit in quoted:
        if hit.start() <= start and end <= hit.end():
            return Span(line.number, hit.start(1), hit.end(1))
    left = start
    head = name[: re.search(r"\d{2,4}[级届]", halfwidth(name)).start()]  # type: ignore[union-attr]
    for size in range(len(head), 1, -1):
        if line.text[:start].endswith(head[-size:]):
            left = start - size
            break
    right = end + len(re.split(r"[，,。；;、”（(\s]", line.text[end:])[0])
    return Span(line.number, left, right)


def _nearest(text: str, end: int, name: str) -> tuple[int, int] | None:
    """The window that ends here and is most like a name, if it is like it enough."""
    best: tuple[float, int] | None = None
    for start in range(max(0, end - len(name) - 4), end - 3):
        words = text[start:end]
        if re.search(r"[，。；：:“”《》\s]", words):
            continue
        ratio = SequenceMatcher(None, words, name).ratio()
        if best is None or ratio > best[0]:
            best = (ratio, start)
    if best is None or best[0] == 1.0:
        return None
    words = text[best[1] : end]
    limit = 0.75 if name.endswith("基金会") else 0.8
    shares_start = words[:2] == name[:2] or words[1:3] == name[1:3] or words[:1] == name[:1]
    return (best[1], end) if best[0] >= limit and shares_start else None


def _differs(draft: Draft, at: Span, party: Party) -> Finding:
    return Finding(
        "party_name_inconsistent",
        Severity.ERROR,
        at.line,
        draft.paper.text(at),
        say(N_("The opening has {name}."), name=party.name),
    )


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return re.sub(r"[\s·,.]", "", halfwidth(name)).lower()


def _short_names(draft: Draft) -> set[str]:
    """Short names that the paper defines: 以下简称“基金会”."""
    found: set[str] = set()
    for line in draft.paper.lines:
        found.update(
            read[1]
            for read in re.finditer(
                r"(?:简称|下称|统称)(?:为|作)?\s*[：:]?\s*[“\"「]?([^”\"」）)，。]{2,16})[”\"」]?",
                line.text,
            )
        )
    return found


def _one_off(words: str, name: str) -> bool:
    """Whether one character differs: another body is never called so nearly the same."""
    return len(words) == len(name) and sum(a != b for a, b in zip(words, name, strict=True)) == 1


def _is_account(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?:户\s*名|账户名称|账户名|收款(?:人|单位|方)|开户(?:名|单位))[^，。；]{0,4}$",
            text[:start],
        )
    )


def _is_defined(text: str, end: int) -> bool:
    return bool(
        re.match(r"\s*[（(](?:以下|下文)?[简下]?称|\s*[（(](?:曾用名|原名|更名)", text[end:])
    )


def _is_title(draft: Draft, line: Line) -> bool:
    title = draft.anatomy.title_line
    return title is not None and line.number <= title


# Labels.


def _listing(draft: Draft) -> Sequence[Naming]:
    first = min((party.at.line for party in draft.facts.parties), default=0)
    return [each for each in namings(draft.paper, draft.anatomy) if each.at.line >= first]


def _given_callings(draft: Draft) -> set[str]:
    """The labels that the opening gives, as heads, in brackets or as short names."""
    given: set[str] = set()
    for naming in namings(draft.paper, draft.anatomy):
        given |= {naming.label, *naming.callings}
    for line in draft.paper.lines:
        for read in re.finditer(r"(?:简称|下称|统称)[^。）)]{0,24}", line.text):
            given |= set(callings_in(read[0]))
    return given


def _heads_party(line: Line) -> bool:
    return (
        bool(re.match(rf"\s*(?:[A-Za-z ]+)?{CALLING}\s*(?:[（(:：]|\s|$)", line.text))
        or len(line.cells) > 1
    )


def _is_alien(calling: str, parties: Sequence[Party], given: set[str]) -> bool:
    """A label is alien where its like is given: 赠与方 beside 捐赠方, 丙方 beside 甲方 and 乙方."""
    if re.fullmatch(_ELSEWHERE, calling):
        return True
    if re.fullmatch(LETTER, calling):
        return any(re.fullmatch(LETTER, each) for each in given) or len(parties) > 1
    return role_of(calling) in {party.role for party in parties}


def _is_general(text: str, start: int) -> bool:
    """Words of a law or of all donors: 《…捐赠人…》, 各捐赠人, 其他捐赠方, 捐赠人意愿."""
    if text[:start].count("《") > text[:start].count("》"):
        return True
    return bool(
        re.search(
            r"(?:各|每位|其他|其它|所有|任何|广大|全体|社会|对|第三|依法|保护|尊重)$", text[:start]
        )
    )


_BY_LETTER: Final = re.compile(r"甲\s*[、和与]?\s*乙(?:\s*[、和与]?\s*丙)?\s*[双两三各]方")
# A revolving fund for students lends: its borrowers are no party by another name.
_LENDS: Final = re.compile(
    r"(?:学生|助学)[^。；]{0,30}(?:借款|贷款)|发放[^。；]{0,10}(?:借款|贷款)"
)
_ACTS: Final = (
    r"如(?!下)|若|已|因|对|应当?|须|必须|有权|无权|不得|自愿|同意|承诺|保证|负责|收到|可以?|不可|将|于|按|在|向|未|违反|逾期|有义务|享有|承担"
    r"|的(?:标识|名称|名义|姓名|账户|账号|款项|义务|责任|权利义务|要求|书面|同意|通知|印章|银行)|提供|开具|颁发|执|各执|与|及|和|[:：]|[（(](?:盖章|公章|签字|签章)|的账户|账户|住所地|所在地|代表"
)
_DOES: Final = (
    r"(?:变更|调整|延期|延迟|拒绝|要求|解除|终止|撤[销回]|收回|指定|委托"
    r"|派[人员]|认为|签[订署]|交付|支付|缴纳|履行|使用|管理|接受|捐赠|参[加与]|提出|另行|每年|随时|仍|不能|没有|无法)"
)
# Labels of other contracts, left over from their models.
_ELSEWHERE: Final = (
    r"(?:受让|转让|出让|买受|出卖|发包|承包|承租|出租|委托|采购|供货|借款|贷款)[方人]|[买卖供需]方"
)
_CALLED: Final = rf"(?P<calling>{LETTER}|{WORD}|(?<![\u4e00-\u9fff]){_ELSEWHERE})"
# Whoever does something stands at the head of a clause or before a verb; whom it is done to behind.
_ACTING: Final = re.compile(
    rf"(?<![“\"]){_CALLED}(?=\s*(?:{_ACTS}|{_DOES}))"
    rf"|(?<=[告通反退返报交][知报馈还回告付]){_CALLED.replace('calling', 'told')}(?=[。；，])"
)
