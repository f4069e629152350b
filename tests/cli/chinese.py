"""Finds Latin words in what is said in Chinese: only commands, names, numbers may stand there."""

from __future__ import annotations

import re

ALLOWED = (
    r"\b(?:zh_CN|en|CNY|JSON|Excel|LibreOffice|Word|PDF|TOML|Mermaid)\b",
    r"[\w./\\~-]*\.(?:yaml|toml|docx|pdf|xlsx|csv|vcf|bin|db|zip|keys|jpg|png)\b",  # a file
    r"donflow(?: [a-z][a-z_-]*| G\d{4}-\d{4}| --?[a-z-]+| [A-Z]+)*",  # a command to type
    r"（[a-z_]+）",  # the code of a word that stands before it
    r"--?[a-z][a-z-]*",  # an option
    r"G\d{4}-\d{4}",  # a gift
    r"[A-Z]{2,}(?:[ =][A-Z]{2,})*",  # a place to fill in: FILE, NAME=VALUE
    r"agreement_templates|/[\w./-]+",  # a path
    r"“[^”]*”",  # what was typed
    r"'[^']*'",
    r"DONFLOW_[A-Z]+(?:=1)?",
)


def stray_words(text: str, *typed: str) -> list[str]:
    """The Latin words that nothing excuses; `typed` is what the person wrote and may be quoted."""
    for pattern in ALLOWED:
        text = re.sub(pattern, " ", text, flags=re.ASCII)
    for word in sorted(filter(None, typed), key=len, reverse=True):
        text = text.replace(word, " ")
    return re.findall(r"[A-Za-z]{2,}", text)
