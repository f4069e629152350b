"""The same request sent again by its key: what it is known by, and what is kept of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from donflow.cli.evidence import Evidence
from donflow.cli.looking import read_upload
from donflow.errors import Sentence
from donflow.store.requests import blinded, first_outcome, keep_outcome
from donflow.vault.files import fingerprint_of

if TYPE_CHECKING:
    from donflow.cli.acting import Act, Done


@dataclass(frozen=True)
class Request:
    """A request with the caller's key: the command, and a blind digest of all that it says."""

    key: str
    path: str
    arguments: str

    @classmethod
    def of(
        cls, act: Act, path: str, evidence: Evidence, arguments: Mapping[str, Any]
    ) -> Request | None:
        """None where the caller gave no key: then nothing of the request is kept."""
        if evidence.request_key is None:
            return None
        said = {name: plain(_contents(name, value)) for name, value in arguments.items()}
        for name, value in evidence.plain().items():
            said[f"act_{name}"] = plain(_contents(name, value))
        said["user"] = act.shell.username
        return cls(evidence.request_key, path, blinded(act.office.keys, said))

    def earlier(self, act: Act, arguments: Mapping[str, Any]) -> dict[str, Any] | None:
        """What was answered the first time, with the place of the paper's copy."""
        outcome = first_outcome(act.session, self.key, self.path, self.arguments)
        if outcome is not None and outcome["document"]:
            gift = act.other_gift(outcome["gift"])
            paper = str(act.paper(gift, outcome["document"], arguments.get("out")).path)
            outcome["paper"] = paper
            outcome["values"] |= {"file": paper}
        return outcome

    def keep(self, act: Act, done: Done, outcome: Mapping[str, Any]) -> None:
        """Store the outcome without the words that are only shown."""
        values = {
            name: act.shell.words.value(_without_words(name, value))
            for name, value in done.sentence.values.items()
        }
        kept = {**outcome, "values": values, "paper": None}
        keep_outcome(act.session, self.key, self.path, self.arguments, kept, now=act.now)


def _without_words(name: str, value: object) -> object:
    """A value of a sentence as a request may keep it: text, unless it is known to be a code."""
    match value:
        case Sentence():
            values = {name: _without_words(name, inner) for name, inner in value.values.items()}
            return Sentence(value.message, values)
        case tuple() | list():
            return tuple(_without_words(name, item) for item in value)
        case str() if name not in CODES:
            return "—"
        case _:
            return value


CODES = frozenset(
    {"amount", "fact", "fingerprint", "gift", "ground", "holder", "kind", "no", "number"}
    | {"names", "other", "stage"}
)
"""The values of answers that are numbers, ids or words for codes; all other text may be a name."""

WRITTEN = frozenset({"out"})
"""The arguments that name a file to write; of all others the content counts, not the name."""


def _contents(name: str, value: object) -> object:
    if isinstance(value, Path) and name not in WRITTEN:
        return fingerprint_of(read_upload(value).data)
    if isinstance(value, list | tuple):
        return [_contents(name, item) for item in value]
    return value


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case None | bool() | int() | str():
            return value
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return str(value)
