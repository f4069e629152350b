"""Laws cited that no longer stand, by a wrong name, or with a wrong year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import found, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_TITLE: Final = re.compile(r"《\s*(?P<state>中华人民共和国)?(?P<name>[^《》]+?)\s*》")
_ENGLISH: Final = re.compile(
    r"(?:Contract Law|General (?:Principles|Provisions) of (?:the )?Civil Law|Guarantee Law"
    r"|Property (?:Rights )?Law|Tort (?:Liability )?Law|Marriage Law)"
    r"(?: of (?:the )?(?:People's|People’s) Republic of China| of (?:the )?PRC)?"
)
_PAST: Final = re.compile(
    r"(?:原|旧|已(?:经)?(?:被)?(?:废止|失效)的?|不再适用的?)\s*[《〈]?(?:中华人民共和国)?$"
)
_ENDED: Final = re.compile(
    r"^[》〉]?(?:[（(][^）)]*(?:废止|失效)|[^，。；]{0,12}(?:废止|失效|已被))"
)
_BASIS: Final = r"(?:根据|依据|依照|按照|遵照|遵守|遵循|参照|适用|违反|符合|以及|及|和|与|、)"
_SHORT: Final = re.compile(r"(?:以下)?简称[为：:]?[“《「]*$")


def repealed_law(draft: Draft) -> Iterator[Finding]:
    """A repealed law cited as in force, in 《》 or after 根据; “the former” is innocent."""
    repealed = {law.name: law for law in draft.book.repealed}
    names = "|".join(map(re.escape, sorted(repealed, key=len, reverse=True)))
    bare = re.compile(
        rf"(?:(?<=中华人民共和国)|{_BASIS}(?:国家|我国)?(?:中华人民共和国)?)"
        rf"(?P<name>{names})(?![律规定])"
    )
    named = re.compile(names or "(?!)")
    for line in draft.paper.lines:
        if not named.search(line.text):
            continue
        places = [
            (match.span(), match["name"])
            for match in _TITLE.finditer(line.text)
            if match["name"] in repealed
        ]
        places += [
            (match.span("name"), match["name"])
            for match in (bare.finditer(line.text) if repealed else ())
            if not _in_title(line.text, match.start("name"))
        ]
        for name in repealed:
            inner = re.search(
                rf"《[^《》]*〈(?:中华人民共和国)?{re.escape(name)}〉[^《》]*》", line.text
            )
            if inner:
                places.append((inner.span(), name))
        for (start, end), name in places:
            if _PAST.search(line.text[:start]) or _ENDED.match(line.text[end:]):
                continue
            law = repealed[name]
            message = N_("{law} no longer stands since {since}: cite {by}.")
            expect = say(message, law=f"《{name}》", since=law.since, by=law.by)
            yield found("repealed_law", Severity.ERROR, line, (start, end), expect)
    yield from _in_english(draft)


def misnamed_law(draft: Draft) -> Iterator[Finding]:
    """A law in 《》 whose name is not quite its own, or with a year in which nothing was made."""
    for line in draft.paper.lines:
        for match in _TITLE.finditer(line.text):
            name = match["name"]
            right = draft.book.misnamed.get(name)
            if right and not _SHORT.search(line.text[: match.start() + 1]) and not _defines(
                draft, name
            ):  # fmt: skip
                start, end = match.span("name")
                yield found(
                    "wrong_term",
                    Severity.WARNING,
                    line,
                    match.span(),
                    say(N_("Write “{right}”."), right=f"《{match['state'] or ''}{right}》"),
                    mend=[(start, end, right)],
                )
            yield from _wrong_year(draft, line, match)


def _wrong_year(draft: Draft, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    years = draft.book.years.get(match["name"])
    beside = re.match(r"\s*[（(](?P<year>[12]\d{3})年?[^）)]{0,8}[）)]", line.text[match.end() :])
    if years and beside and beside["year"] not in years:
        at = (match.start(), match.end() + beside.end())
        message = say(N_("No text of this law is of that year: {years}."), years=sorted(years))
        yield found("wrong_term", Severity.WARNING, line, at, message, sure=False)


def _in_english(draft: Draft) -> Iterator[Finding]:
    """English names, only where no Chinese text says the same."""
    if draft.facts.language != "en":
        return
    for line in draft.paper.lines:
        for match in _ENGLISH.finditer(line.text):
            first, _ = sentence_of(line.text, *match.span())
            if re.search("former|repealed|Labou?r", line.text[first : match.start()]):
                continue
            yield found(
                "repealed_law",
                Severity.ERROR,
                line,
                match.span(),
                say(N_("This law no longer stands: cite {by}."), by="《中华人民共和国民法典》"),
            )


def _in_title(text: str, at: int) -> bool:
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _defines(draft: Draft, name: str) -> bool:
    """Whether the paper itself has shortened a law to this name."""
    pattern = re.compile(rf"简称[为：:]?\s*[“《「]+{re.escape(name)}")
    return any(pattern.search(line.text) for line in draft.paper.lines)
