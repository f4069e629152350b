"""Where the files are that donflow ships: lifecycles, templates and rules."""

from __future__ import annotations

import hashlib
from pathlib import Path

from donflow.domain.plain_text import decoded
from donflow.errors import N_, DonflowError

INSTALLED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent
HEADERS = "headers.yaml"
"""The list of what the headers of a roster mean, in the folder of the rules."""
EXPORTS = "exports.yaml"
"""The columns of lists of people that leave the office, beside it."""
OCCASIONS = "occasions.yaml"
"""What people are greeted for, beside them."""
BESIDE = frozenset({HEADERS, EXPORTS, OCCASIONS})
"""Files that stand with the rules and are none: no gift is checked anew for what they say."""


class RulesMissing(DonflowError):
    """A folder of rules without these would switch the pre-check off, and nobody would know."""

    code = "rules_missing"
    message = N_("In {folder} these rules are missing or empty: {files}.")
    remedy = N_("Copy them back from {shipped}, or delete the folder to go by those.")


class RulesUnreadable(DonflowError):
    code = "rules_unreadable"
    message = N_("{file} is saved in a way that cannot be read.")
    remedy = N_("Open it in any editor and save it as UTF-8.")


def shipped(name: str) -> Path:
    """A shipped file or folder: inside an installed package, else beside it in a checkout."""
    return (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / name


def rule_texts(home: Path | None = None) -> dict[str, str]:
    """The texts of the rule files by name: the home's own `rules/` folder, else the shipped one.

    The home's may hold more files than the shipped ones and say anything in them. Raises
    RulesMissing where it lacks one, RulesUnreadable for what is no text.
    """
    texts = {path.name: _text(path) for path in _rule_files(home)}
    asked = [path.name for path in _rule_files(None)]
    if lacking := tuple(name for name in asked if not texts.get(name, "").strip()):
        folder, whole = _rules_folder(home), _rules_folder(None)
        raise RulesMissing(folder=str(folder), files=lacking, shipped=str(whole))
    return texts


def rules_digest(home: Path) -> str:
    """The digest of the files that `rule_texts` reads, whether or not they can be read."""
    files = [(path.name, path.read_bytes()) for path in _rule_files(home)]
    return hashlib.sha256(repr(files).encode()).hexdigest()


def header_list(home: Path | None = None) -> str:
    """The text of the list of roster headers: the home's own, else the shipped one.

    It stands beside the rules and is none of them: no gift is checked anew for a header that an
    office adds. Raises RulesUnreadable for what is no text.
    """
    return _beside(home, HEADERS)


def export_list(home: Path | None = None) -> str:
    """The text of the columns of exports, found as `header_list` is. Raises RulesUnreadable."""
    return _beside(home, EXPORTS)


def occasion_list(home: Path | None = None) -> str:
    """The text of the list of occasions, found as `header_list` is. Raises RulesUnreadable."""
    return _beside(home, OCCASIONS)


def _beside(home: Path | None, name: str) -> str:
    own = None if home is None else home / "rules" / name
    return _text(own if own is not None and own.is_file() else shipped("rules") / name)


def has_own_rules(home: Path) -> bool:
    """Whether the office goes by rules of its own; lists of headers alone are none."""
    rules = home / "rules"
    if not rules.is_dir():
        return False
    names = {path.name for path in rules.iterdir()}
    return not names or bool(names - BESIDE)


def _rule_files(home: Path | None) -> list[Path]:
    files = _rules_folder(home).glob("*.yaml")
    return sorted(path for path in files if path.name not in BESIDE)


def _rules_folder(home: Path | None) -> Path:
    return home / "rules" if home is not None and has_own_rules(home) else shipped("rules")


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes())
    except UnicodeDecodeError:
        raise RulesUnreadable(file=str(path)) from None
