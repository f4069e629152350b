"""Makes the words of a sentence in the reader's language, from the gettext catalogues in `locale`.

Nothing here loads Babel; the compiled catalogues are written by `tools/catalogue.py`.
"""

from __future__ import annotations

import datetime
import gettext
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from donflow.domain.money import Money, figures
from donflow.errors import N_, CommandLine, DonflowError, Label, Sentence

CHINESE: Final = "zh_CN"
ENGLISH: Final = "en"
CATALOGUES: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "donflow"


class UnknownLanguage(DonflowError):
    """A language was asked for, by option, environment or setting, that donflow does not speak."""

    code = "unknown_language"
    message = N_("There is no language “{given}”.")
    remedy = N_("Write zh_CN or en.")


@dataclass(frozen=True)
class Words:
    """Speaks one language: `words(sentence)` is the sentence, `words.value(x)` one value of it.

    Moments are shown in `zone`, or in their own where none is given.
    """

    language: str
    catalogue: gettext.NullTranslations
    zone: datetime.tzinfo | None = None

    def __call__(self, sentence: Sentence) -> str:
        """The sentence with its values filled in; a sentence without translation stays English."""
        message = self.catalogue.gettext(sentence.message)
        return message.format_map({name: self.value(v) for name, v in sentence.values.items()})

    def value(self, value: object) -> str:
        """One value as a reader writes it: 2026年4月18日, 500,000.00元, a tuple's items joined."""
        match value:
            case None:
                return "—"
            case Sentence():
                return self(value)
            case Label():
                return value.zh if self._chinese else value.en
            case CommandLine():
                return re.sub(_PLACE, lambda found: self(Sentence(found[0])), value)
            case bool():
                return self(Sentence(N_("yes") if value else N_("no")))
            case Enum():
                return str(value.value)
            case Money():
                return self._money(value)
            case datetime.datetime():
                local = value.astimezone(self.zone) if self.zone else value
                return f"{self.value(local.date())} {local:%H:%M}"
            case datetime.date():
                return (
                    f"{value.year}年{value.month}月{value.day}日" if self._chinese else f"{value}"
                )
            case tuple() | list():
                return self._joined([self.value(item) for item in value])
            case _:
                return str(value)

    def _joined(self, items: list[str]) -> str:
        """Whole sentences follow each other; words are listed."""
        if items and all(item.endswith(("。", ".")) for item in items):
            return ("" if self._chinese else " ").join(items)
        return ("、" if self._chinese else ", ").join(items)

    def _money(self, sum_: Money) -> str:
        if not self._chinese:
            return f"{figures(sum_)} {sum_.currency}"
        return f"{figures(sum_)}{_UNITS.get(sum_.currency, sum_.currency)}"

    @property
    def _chinese(self) -> bool:
        return self.language == CHINESE


def translator(language: str, zone: datetime.tzinfo | None = None) -> Words:
    """The words of `zh_CN` or `en`."""
    catalogue = gettext.translation(DOMAIN, CATALOGUES, [language], fallback=language == ENGLISH)
    return Words(language, catalogue, zone)


def choose_language(
    option: str | None, environment: Mapping[str, str], home_setting: str | None
) -> str:
    """`zh_CN` or `en`: by the option, else DONFLOW_LANG, else the home's setting.

    Where none of them says, an English system gets English and any other Chinese. Raises
    UnknownLanguage for anything else that was asked for.
    """
    asked = option or environment.get("DONFLOW_LANG") or home_setting
    if asked:
        return _named(asked)
    system = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return ENGLISH if system.startswith("en") else CHINESE


def bind_click(language: str) -> None:
    """Let click's own sentences (`Usage:`, `Options:`, its errors) come in this language too.

    Click asks the process-wide gettext domain, which reads LANGUAGE; children inherit it.
    """
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def _named(asked: str) -> str:
    language = asked.replace("-", "_").partition(".")[0].lower()
    if language in ("zh", "zh_cn", "zh_hans", "zh_hans_cn"):
        return CHINESE
    if language == "en" or language.startswith("en_"):
        return ENGLISH
    raise UnknownLanguage(given=asked)


_PLACE: Final = r"(?<![^\s=])[A-Z]+(?!\S)"
_UNITS: Final = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑"}
