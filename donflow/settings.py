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

from donflow.errors import N_, DonflowError, SeveralWrong, say

FILE_NAME = "donflow.toml"
TLS_PORTS: Mapping[str, int] = {"starttls": 587, "smtps": 465, "none": 25}
"""The ways to encrypt mail, each with its usual port."""


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
class Mail:
    """The server that takes the office's mail; nothing is mailed where no host is named.

    The password is no setting: DONFLOW_MAIL_PASSWORD, or the file mail.password beside the keys.
    """

    host: str = ""
    port: int = 0
    """0: the usual one of `tls`."""
    tls: str = "starttls"
    """starttls, smtps, or none."""
    user: str = ""
    from_address: str = ""
    from_name: str = ""
    archive: str = ""
    """A mailbox that gets a copy of each letter: evidence of what was handed over."""
    domain: str = ""
    """The right half of each Message-ID; that of from_address where none is named."""
    unsubscribe: str = ""
    """A public page on which alumni can opt out, where there is one."""


@dataclass(frozen=True)
class Webhook:
    """A program that takes letters by a signed call, such as a gateway for text messages.

    `{secret}` in the address stands for the secret: DONFLOW_WEBHOOK_SECRET, or the file
    webhook.secret beside the keys.
    """

    url: str = ""


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
    founded: str = ""
    """When the school was founded: its day (1952-10-18), or the year where the day is unknown."""
    school_anniversary: str = ""
    """The month and day on which its anniversary is kept (10-18); unsaid: the day of founding."""
    exercise: bool = False
    merge_sure: bool = False
    """Whether sure doubles of the roster are merged by rule, without a person's word."""
    foundation: Foundation = field(default_factory=Foundation)
    mail: Mail = field(default_factory=Mail)
    webhook: Webhook = field(default_factory=Webhook)
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


class WrongMail(SeveralWrong):
    code = "wrong_settings"
    message = N_("{file}: {count} settings of mail are wrong:")


class WrongWebhook(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: a webhook cannot be called at this address.")
    remedy = N_("Write it with https://; http:// is for a program on this computer alone.")


class WrongSchoolDay(DonflowError):
    code = "wrong_settings"
    message = N_("{file}:{line}: {given} does not say when the school was founded or celebrates.")
    remedy = N_('Write founded = "1952-10-18", or founded = "1952", school_anniversary = "10-18".')


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


def founding_day(settings: Settings) -> date | None:
    """The day from which the school's anniversaries count: the year in which it was founded with
    the month and day that it keeps. None where the settings do not say both."""
    day = settings.school_anniversary or settings.founded[5:]
    return date.fromisoformat(f"{settings.founded[:4]}-{day}") if settings.founded and day else None


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
    if settings.mail != Mail():
        _check_mail(settings.mail, text)
    if settings.webhook.url:
        _check_webhook(settings.webhook, text)
    if settings.founded or settings.school_anniversary:
        _check_school_days(settings, text)
    return settings


def _check_school_days(settings: Settings, text: str) -> None:
    """Each in its form, and the anniversary a day of the year of founding too."""
    founded, kept = settings.founded, settings.school_anniversary
    day_of = {
        "founded": founded if founded[4:] else f"{founded}-01-01",
        "school_anniversary": f"{founded[:4] or '2000'}-{kept}",
    }
    for key, day in day_of.items():
        given = getattr(settings, key)
        if given and not (re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) and _is_day(day)):
            raise WrongSchoolDay(file=FILE_NAME, line=_line_of(key, text), given=given)


def _check_mail(mail: Mail, text: str) -> None:
    """Whatever would be found out only when the first letter is due."""
    from donflow.domain import net_addresses as net  # only where mail is set

    here = mail.host in net.LOOPBACK
    expected = {
        "host": (net.is_host_name(mail.host) or here, N_("a server such as smtp.example.edu")),
        "port": (0 <= mail.port < 65536, N_("a number below 65536, such as 587")),
        "tls": (mail.tls in TLS_PORTS, N_("starttls, smtps or none")),
        "user": (
            not mail.user or mail.tls != "none" or here,
            N_("empty with tls = none: a password is never sent unencrypted"),
        ),
        "from_address": (net.is_mail_address(mail.from_address), N_("a mail address")),
        "from_name": (mail.from_name.isprintable(), N_("a name on one line")),
        "archive": (not mail.archive or net.is_mail_address(mail.archive), N_("a mail address")),
        "domain": (
            not mail.domain or net.is_host_name(mail.domain),
            N_("a domain such as example.edu"),
        ),
        "unsubscribe": (
            not mail.unsubscribe or net.is_page(mail.unsubscribe),
            N_("an address that begins with https://"),
        ),
    }
    wrong = [
        say(
            N_("line {line}: {key} is {given}, expected is {expected}."),
            line=_line_of(key, text, "mail"),
            key=key,
            given=getattr(mail, key),
            expected=say(what),
        )
        for key, (good, what) in expected.items()
        if not good
    ]
    if wrong:
        raise WrongMail(wrong, file=FILE_NAME)


def _check_webhook(webhook: Webhook, text: str) -> None:
    from donflow.domain.net_addresses import may_be_called  # only where a webhook is set

    if not may_be_called(webhook.url.replace("{secret}", "")):
        raise WrongWebhook(file=FILE_NAME, line=_line_of("url", text, "webhook"))


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


def _build(kind: type[Any], content: Mapping[str, Any], text: str, section: str = "") -> Any:
    hints = get_type_hints(kind)
    known = {item.name for item in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in known:
            raise _wrong(kind, key, text, section)
        expected = hints[key]
        if is_dataclass(expected) and isinstance(value, dict):
            values[key] = _build(expected, value, text, key)  # type: ignore[arg-type]
        elif key == "vacations" and isinstance(value, list):
            values[key] = tuple(_vacation(item, number, text) for number, item in enumerate(value))
        elif key == "workdays" and isinstance(value, dict):
            values[key] = dict(value)
        elif isinstance(expected, type) and type(value) is expected:
            values[key] = value
        else:
            raise _wrong(kind, key, text, section)
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


def _wrong(kind: type[Any], key: str, text: str, section: str = "") -> WrongSettings:
    known = tuple(item.name for item in fields(kind))
    line = _line_of(key, text, section)
    return WrongSettings(file=FILE_NAME, line=line, key=key, known=known)


def _line_of(key: str, text: str, section: str = "") -> int:
    """The line that states the key, in its section where there are several of its name."""
    lines = list(enumerate(text.splitlines(), start=1))
    heading = re.compile(rf"^\s*\[{re.escape(section)}\]")
    begun = next((no for no, line in lines if section and heading.match(line)), 0)
    pattern = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b")
    stated = (no for no, line in lines[begun:] if pattern.match(line))
    return next(stated, begun or 1)
