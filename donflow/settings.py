"""Where things are and how this office works: read once from donflow.toml and the environment."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

from donflow.errors import N_, DonflowError

FILE_NAME = "donflow.toml"


@dataclass(frozen=True)
class Foundation:
    """The foundation as agreements and notices name it."""

    name: str = ""
    number: str = ""
    representative: str = ""
    address: str = ""
    account_name: str = ""
    account_bank: str = ""
    account_number: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class VacationDates:
    """A school vacation, first and last day included: clocks pause."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Settings:
    """One office's settings; `desk` is `single` (foundation never logs in) or `shared`."""

    university: str = ""
    school: str = ""
    office: str = ""
    contact: str = ""
    """How alumni reach the office: stands on forms that tell who handles their data."""
    custodian: str = ""
    desk: str = "single"
    user: str = ""
    lang: str = ""
    timezone: str = "Asia/Shanghai"
    database: str = ""
    template_days: int = 30
    thank_within_workdays: int = 3
    exercise: bool = False
    merge_sure: bool = False
    """Whether sure doubles of the roster are merged by rule, without a person's word."""
    foundation: Foundation = field(default_factory=Foundation)
    vacations: tuple[VacationDates, ...] = ()
    workdays: Mapping[str, bool] = field(default_factory=dict)


class WrongSettings(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: the setting {key} is unknown or of the wrong type.")
    remedy = N_("Known settings: {known}.")


class UnreadableSettings(DonflowError):
    code = "wrong_settings"
    message = N_("{file}: this is not valid TOML: {fault}.")


class UnknownTimezone(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: there is no time zone {given}.")
    remedy = N_("Write it such as Asia/Shanghai.")


class WrongWorkday(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: {given} is not a day that is worked or not.")
    remedy = N_('Write it such as "2026-05-09" = true.')


class WrongVacation(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: a vacation needs a name, its first day, and a last day after it.")
    remedy = N_('Write it such as: name = "寒假", first = 2027-01-16, last = 2027-02-21.')


def default_home(environment: Mapping[str, str] = os.environ) -> Path:
    """The office's folder: DONFLOW_HOME, else local application data (never a synced folder)."""
    if environment.get("DONFLOW_HOME"):
        return Path(environment["DONFLOW_HOME"])
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "donflow"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/donflow"
    return Path(environment.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "donflow"


def keys_path(home: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The key file: DONFLOW_KEYS, else beside the home and never in it."""
    named = environment.get("DONFLOW_KEYS")
    return Path(named) if named else home.with_name(f"{home.name}.keys")


def database_url(home: Path, settings: Settings) -> str:
    """The database that the settings name, or the embedded one in the home."""
    return settings.database or f"sqlite:///{home / 'donflow.db'}"


def read_settings(home: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read `donflow.toml`; DONFLOW_LANG, DONFLOW_DATABASE and DONFLOW_USER override their setting.

    Raises WrongSettings with file, line and key for a key that is unknown or of the wrong type.
    """
    path = home / FILE_NAME
    if not path.exists():
        return _stated({}, "", environment)
    return read_text(path.read_text(encoding="utf-8"), environment)


def read_text(text: str, environment: Mapping[str, str]) -> Settings:
    """The settings that this text states, under the same overrides."""
    import tomllib  # not where there is no file, nor zoneinfo where no zone is stated

    try:
        return _stated(tomllib.loads(text), text, environment)
    except tomllib.TOMLDecodeError as fault:
        raise UnreadableSettings(file=FILE_NAME, fault=str(fault)) from fault


def _stated(content: dict[str, Any], text: str, environment: Mapping[str, str]) -> Settings:
    for name in ("lang", "database", "user"):
        if environment.get(f"DONFLOW_{name.upper()}"):
            content[name] = environment[f"DONFLOW_{name.upper()}"]
    settings: Settings = _build(Settings, content, text)
    if settings.desk not in ("single", "shared"):
        raise _wrong(Settings, "desk", text)
    if settings.timezone != Settings.timezone and not _is_zone(settings.timezone):
        raise UnknownTimezone(
            file=FILE_NAME, line=_line_of("timezone", text), given=settings.timezone
        )
    for day, works in settings.workdays.items():
        if not (isinstance(works, bool) and _is_day(day)):
            raise WrongWorkday(file=FILE_NAME, line=_line_of(day, text), given=day)
    return settings


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _build(kind: type[Any], content: Mapping[str, Any], text: str) -> Any:
    hints = get_type_hints(kind)
    known = {item.name for item in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in known:
            raise _wrong(kind, key, text)
        expected = hints[key]
        if is_dataclass(expected) and isinstance(value, dict):
            values[key] = _build(expected, value, text)  # type: ignore[arg-type]
        elif key == "vacations" and isinstance(value, list):
            values[key] = tuple(_vacation(item, number, text) for number, item in enumerate(value))
        elif key == "workdays" and isinstance(value, dict):
            values[key] = dict(value)
        elif isinstance(expected, type) and type(value) is expected:
            values[key] = value
        else:
            raise _wrong(kind, key, text)
    return kind(**values)


def _vacation(content: object, number: int, text: str) -> VacationDates:
    if isinstance(content, dict):
        unsaid = {"name": "", "first": date.max, "last": date.min}
        vacation: VacationDates = _build(VacationDates, unsaid | content, text)
        if vacation.name and vacation.first <= vacation.last:
            return vacation
    lines = text.splitlines()
    headings = [no for no, line in enumerate(lines, 1) if re.match(r"\s*\[\[vacations", line)]
    line = headings[number] if number < len(headings) else _line_of("vacations", text)
    raise WrongVacation(file=FILE_NAME, line=line)


def _wrong(kind: type[Any], key: str, text: str) -> WrongSettings:
    known = tuple(item.name for item in fields(kind))
    return WrongSettings(file=FILE_NAME, line=_line_of(key, text), key=key, known=known)


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b")
    lines = (no for no, line in enumerate(text.splitlines(), start=1) if pattern.match(line))
    return next(lines, 1)
