"""What a command has at hand: language, home, user, clock; the office is opened when needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from donflow.cli.asking import Asked
from donflow.errors import DonflowError
from donflow.language import Words, choose_language, translator
from donflow.settings import Settings, default_home, read_settings

if TYPE_CHECKING:
    from donflow.bootstrap import OpenOffice


@dataclass
class Shell:
    """One command line's surroundings; nothing is read or opened before it is asked for."""

    asked: Asked
    environment: Mapping[str, str]
    words: Words
    exit_code: int = 0
    unchanged: bool = False
    """Whether it is certain that nothing has been written yet."""
    exercise: bool = False
    offices: dict[Path, OpenOffice] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        asked: Asked,
        environment: Mapping[str, str],
        offices: dict[Path, OpenOffice] | None = None,
    ) -> Shell:
        home = _home(asked, environment)
        lang = _language_of(home, environment)
        zone = dt.timezone(dt.timedelta(hours=8), "CST")
        words = translator(choose_language(asked.lang, environment, lang), zone)
        return cls(asked, environment, words, offices={} if offices is None else offices)

    @property
    def home(self) -> Path:
        return _home(self.asked, self.environment)

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.home, self.environment)

    @property
    def username(self) -> str:
        """Who acts: --as, else DONFLOW_USER, else the one set by `init`."""
        return self.asked.user or self.environment.get("DONFLOW_USER") or self.settings.user

    @cached_property
    def office(self) -> OpenOffice:
        """The office in the home, opened; raises NoOffice where there is none."""
        from donflow.bootstrap import open_office  # the database is loaded only when needed

        if self.home not in self.offices:
            self.offices[self.home] = open_office(self.home, self.settings, self.environment)
        return self.offices[self.home]

    def now(self) -> dt.datetime:
        """This moment; only an office set up for exercise lets DONFLOW_NOW say another."""
        stated = self.environment.get("DONFLOW_NOW")
        if stated and (self.exercise or self.settings.exercise):
            return dt.datetime.fromisoformat(stated)
        return dt.datetime.now(dt.UTC)

    def today(self) -> dt.date:
        """The office's date."""
        return self.local_now().date()

    def local_now(self) -> dt.datetime:
        """This moment as the office's clock shows it."""
        from zoneinfo import ZoneInfo  # not for help: it is the quickest answer of all

        return self.now().astimezone(ZoneInfo(self.settings.timezone))

    def close(self) -> None:
        """Close what was opened."""
        for opened in self.offices.values():
            opened.close()
        self.offices.clear()


def _home(asked: Asked, environment: Mapping[str, str]) -> Path:
    return Path(asked.home) if asked.home else default_home(environment)


def _language_of(home: Path, environment: Mapping[str, str]) -> str | None:
    """The home's language; where its settings cannot be read, the command itself says why."""
    try:
        return read_settings(home, environment).lang
    except (DonflowError, OSError):
        return None
