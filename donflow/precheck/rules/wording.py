"""Wrong characters, wrong terms, and receipts called by a wrong name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import HAN, clause_of, found, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line
from donflow.precheck.rulebook import Word

_ACCOUNT: Final = re.compile(rf"帐[户号目款单务簿面]|(?![{HAN}]帐[户号目款单务簿面])[{HAN}]?帐")
_HOLDER: Final = re.compile(r"[享]?有$")
_PAPER: Final = re.compile(
    r"(?:开具|开立|开出|出具|提供|给付|交付|寄送|换开|开给|索取)"
    r"(?P<between>[^，。；,;、]{0,16}?)"
    r"(?P<paper>发票|收据|收条|白条|结算票据|往来(?:款项?)?票据|非税收入[^，。；、]{0,6}票据|收费票据)"
)
_VALUE_PAPER: Final = re.compile(
    r"购[货买置]|采购|进货|原始|购销|报销|供应商|厂家|厂商|销售方|卖方|施工|费用|支出|凭证原件|设备"
)
_DONATION_PAPER: Final = re.compile(r"捐[赠款]|财政|公益")
_OTHERS: Final = (
    r"供应商|供货商|厂家|厂商|销售方|卖方|施工单位|服务商|第三方|学生|教师|申请人|承办单位"
)
_MONEY: Final = re.compile(r"款|资金|现金|人民币|￥|到账")


def wrong_words(draft: Draft) -> Iterator[Finding]:
    """Words that the rules name as wrong, where no innocent word holds them."""
    some = re.compile("|".join(re.escape(word.wrong) for word in draft.book.words) or "(?!)")
    for line in draft.paper.lines:
        if not some.search(line.text):
            continue
        taken: set[int] = set()
        for word in draft.book.words:
            for start in _places(line.text, word):
                span = set(range(start, start + len(word.wrong)))
                if span & taken:
                    continue
                taken |= span
                yield _wrong(line, word, start)


def wrong_document(draft: Draft) -> Iterator[Finding]:
    """The state receipt for gifts called an invoice, a receipt slip or a note.

    Innocent: the donor's own invoices, which show what goods are worth, and what others issue.
    """
    donor, others = labels(draft, "donor"), re.compile(_OTHERS)
    subject = re.compile(
        rf"(?:^|[，。；：:、）)\s]|由|经|请|则|后|但|而|和|与|及|凭|以|按|将)"
        rf"(?:(?P<donor>{donor})|(?P<other>{_OTHERS})|"
        rf"(?P<us>{labels(draft, 'recipient', 'beneficiary', 'manager')}))(?!所在)"
    )
    for line in draft.paper.lines:
        for match in _PAPER.finditer(line.text):
            first, _ = sentence_of(line.text, *match.span())
            actors = [hit.lastgroup for hit in subject.finditer(line.text[first : match.start()])]
            if actors and actors[-1] != "us":
                continue
            between = match["between"]
            if _VALUE_PAPER.search(between) or others.search(between):
                continue
            if is_forbidden(draft.paper, line, *match.span()):
                continue
            clause = line.text[slice(*clause_of(line.text, *match.span()))]
            if re.search("报销|价值|作价|估价|依据|审核", clause):
                continue
            if match["paper"] == "收条" and not _MONEY.search(clause):
                continue
            mild = match["paper"] == "收据" and _DONATION_PAPER.search(between)
            yield found(
                "wrong_document",
                Severity.WARNING if mild else Severity.ERROR,
                line,
                match.span(),
                say(N_("A gift gets the donation receipt of the finance department.")),
            )


def _places(text: str, word: Word) -> Iterator[int]:
    start = text.find(word.wrong)
    while start >= 0:
        end = start + len(word.wrong)
        follows = text[end:].lstrip()
        beside = not word.before or follows.startswith(word.before)
        if beside and not any(_holds(text, start, end, other) for other in word.unless):
            yield start
        start = text.find(word.wrong, end)


def _holds(text: str, start: int, end: int, other: str) -> bool:
    """Whether an innocent word lies over these characters."""
    at = text.find(other, max(0, start - len(other)))
    while 0 <= at < end:
        if at + len(other) > start and at <= start and at + len(other) >= end:
            return True
        at = text.find(other, at + 1)
    return False


def _wrong(line: Line, word: Word, start: int) -> Finding:
    end = start + len(word.wrong)
    first, last = start, end
    if word.wrong == "帐":
        around = next(m for m in _ACCOUNT.finditer(line.text) if m.start() <= start < m.end())
        first, last = around.span()
    elif holder := _HOLDER.search(line.text[:start]):
        first = holder.start()
    right = line.text[first:start] + word.right + line.text[end:last]
    message = N_("Write “{right}”.") if word.mend else N_("Write such as “{right}”.")
    mend = [(start, end, word.right)] if word.mend else []
    return found(
        word.code, word.severity, line, (first, last), say(message, right=right), mend=mend
    )
