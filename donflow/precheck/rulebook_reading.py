"""Reads the rule files strictly: unknown keys, wrong days and overlapping texts are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from donflow.engine import fields
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, read
from donflow.errors import N_, Sentence, say
from donflow.precheck.findings import Ground, Severity
from donflow.precheck.rulebook_data import Format, Repealed, RuleBook, Word, WrongRules

_GROUND = ("key", "zh", "en", "from", "source")
_RANGES = ("width", "height", "top", "bottom", "left", "right", "title_size", "body_size", "pitch")
_SEVERITIES = tuple(Severity)


def read_book(texts: Mapping[str, str], on: date) -> RuleBook:
    """The book of that day, or WrongRules with every mistake."""
    gathered = _Gathered(on)
    told: list[Sentence] = []
    for name in sorted(texts):
        mistakes = Mistakes()
        _read_file(texts[name], gathered, mistakes)
        told += [
            say(N_("{file}:{line}: {fault}"), file=name, line=fault.line, fault=fault.sentence)
            for fault in mistakes.sorted()
        ]
    if told:
        raise WrongRules(tuple(told))
    return gathered.book()


@dataclass
class _Gathered:
    """What the files say so far; `spans` are the days of each key's texts."""

    on: date
    grounds: dict[str, Ground] = field(default_factory=dict)
    by_code: dict[str, Ground] = field(default_factory=dict)
    limits: dict[str, Decimal] = field(default_factory=dict)
    clauses: dict[str, dict[str, Severity]] = field(default_factory=dict)
    format: Format = field(default_factory=Format)
    repealed: list[Repealed] = field(default_factory=list)
    misnamed: dict[str, str] = field(default_factory=dict)
    years: dict[str, frozenset[str]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    spans: dict[str, list[tuple[date, date]]] = field(default_factory=dict)

    def book(self) -> RuleBook:
        return RuleBook(
            grounds=self.grounds,
            by_code=self.by_code,
            limits=self.limits,
            clauses=self.clauses,
            format=self.format,
            repealed=tuple(self.repealed),
            misnamed=self.misnamed,
            years=self.years,
            words=tuple(self.words),
        )


def _read_file(text: str, gathered: _Gathered, mistakes: Mistakes) -> None:
    root = read(text.encode("utf-8"), mistakes)
    if root is None:
        return
    sections = fields.record(Entry("rules", 1, root), mistakes, required=(), optional=_SECTIONS)
    for key, entry in sections.items():
        _SECTIONS[key](entry, gathered, mistakes)


def _grounds(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for row in fields.items(entry, mistakes):
        given = fields.record(row, mistakes, required=_GROUND, optional=("article", "until", "for"))
        text = _texts(given, mistakes, "key", "zh", "en", "article", "source")
        codes = _list(given, "for", mistakes)
        if not _stands(text["key"], given, gathered, mistakes):
            continue
        since = _day(given, "from", mistakes)
        ground = Ground(text["key"], text["zh"], text["article"], since)
        gathered.grounds[ground.key] = ground
        for code in codes:
            gathered.by_code[code] = ground


def _limits(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for row in fields.items(entry, mistakes):
        given = fields.record(row, mistakes, required=("key", "value", "from"), optional=("until",))
        text = _texts(given, mistakes, "key", "value")
        if "value" not in given:
            continue
        value = _decimal(given["value"], text["value"], mistakes)
        if value is not None and _stands(f"limit {text['key']}", given, gathered, mistakes):
            gathered.limits[text["key"]] = value


def _clauses(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for kind in fields.named(entry, mistakes):
        asked = gathered.clauses.setdefault(kind.key, {})
        for clause in fields.named(kind, mistakes):
            weight = fields.known(clause, _SEVERITIES, N_("The weight {name} is unknown"), mistakes)
            if weight is not None:
                asked[clause.key] = Severity(weight)


def _format(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    given = fields.record(entry, mistakes, required=(), optional=(*_RANGES, "fonts"))
    ranges = {}
    for key in _RANGES:
        if key not in given:
            continue
        ends = [
            _decimal(end, fields.text(end, mistakes) or "", mistakes)
            for end in fields.items(given[key], mistakes)
        ]
        numbers = [float(end) for end in ends if end is not None]
        if len(numbers) == 2 and numbers[0] <= numbers[1]:
            ranges[key] = (numbers[0], numbers[1])
        else:
            mistakes.tell(given[key].line, N_("{key} must be two numbers, smaller first."), key=key)
    gathered.format = Format(ranges, frozenset(_list(given, "fonts", mistakes)))


def _repealed(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for row in fields.items(entry, mistakes):
        given = fields.record(row, mistakes, required=("names", "since", "by", "source"))
        since, by = _day(given, "since", mistakes), _texts(given, mistakes, "by")["by"]
        names = _list(given, "names", mistakes)
        if since is not None and since <= gathered.on:
            gathered.repealed += [Repealed(name, since, by) for name in names]


def _misnamed(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for row in fields.items(entry, mistakes):
        given = fields.record(row, mistakes, required=("wrong", "right"))
        text = _texts(given, mistakes, "wrong", "right")
        gathered.misnamed[text["wrong"]] = text["right"]


def _years(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
    for row in fields.items(entry, mistakes):
        given = fields.record(row, mistakes, required=("name", "years"))
        name = _texts(given, mistakes, "name")["name"]
        gathered.years[name] = frozenset(_list(given, "years", mistakes))


def _words(code: str) -> Callable[[Entry, _Gathered, Mistakes], None]:
    def take(entry: Entry, gathered: _Gathered, mistakes: Mistakes) -> None:
        for row in fields.items(entry, mistakes):
            given = fields.record(
                row,
                mistakes,
                required=("wrong", "right"),
                optional=("unless", "before", "mend", "weigh"),
            )
            text = _texts(given, mistakes, "wrong", "right")
            weight = None
            if "weigh" in given:
                weight = fields.known(
                    given["weigh"], _SEVERITIES, N_("The weight {name} is unknown"), mistakes
                )
            gathered.words.append(
                Word(
                    text["wrong"],
                    text["right"],
                    code,
                    Severity(weight or Severity.WARNING),
                    _list(given, "unless", mistakes),
                    _list(given, "before", mistakes),
                    "mend" not in given or fields.switch(given["mend"], mistakes),
                )
            )

    return take


def _stands(key: str, given: Mapping[str, Entry], gathered: _Gathered, mistakes: Mistakes) -> bool:
    """Whether this text is in force on the day; two texts of one key may not share a day."""
    first = _day(given, "from", mistakes)
    last = _day(given, "until", mistakes) if "until" in given else date.max
    if first is None or last is None:
        return False
    if last < first:
        mistakes.tell(given["until"].line, N_("{key} ends before it begins."), key=key)
        return False
    if any(first <= other[1] and other[0] <= last for other in gathered.spans.get(key, ())):
        mistakes.tell(given["from"].line, N_("{key} has two texts on one day."), key=key)
        return False
    gathered.spans.setdefault(key, []).append((first, last))
    return first <= gathered.on <= last


def _day(given: Mapping[str, Entry], key: str, mistakes: Mistakes) -> date | None:
    if key not in given:
        return None
    words = fields.text(given[key], mistakes)
    if words is None:
        return None
    try:
        if len(words) == len("2026-05-09"):
            return date.fromisoformat(words)
    except ValueError:
        pass
    mistakes.tell(
        given[key].line, N_("{key} must be a day such as 2026-05-09, not “{given}”."),
        key=key, given=words,
    )  # fmt: skip
    return None


def _decimal(entry: Entry, words: str, mistakes: Mistakes) -> Decimal | None:
    try:
        value = Decimal(words)
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and value >= 0:
        return value
    mistakes.tell(entry.line, N_("“{given}” is not a number."), given=words)
    return None


def _texts(given: Mapping[str, Entry], mistakes: Mistakes, *keys: str) -> dict[str, str]:
    return {key: (fields.text(given[key], mistakes) or "") if key in given else "" for key in keys}


def _list(given: Mapping[str, Entry], key: str, mistakes: Mistakes) -> tuple[str, ...]:
    if key not in given:
        return ()
    return tuple(_words_of(given[key], mistakes))


def _words_of(entry: Entry, mistakes: Mistakes) -> Iterator[str]:
    for item in fields.items(entry, mistakes):
        words = fields.text(item, mistakes)
        if words is not None:
            yield words


_SECTIONS: Mapping[str, Callable[[Entry, _Gathered, Mistakes], None]] = {
    "grounds": _grounds,
    "limits": _limits,
    "clauses": _clauses,
    "format": _format,
    "repealed": _repealed,
    "misnamed": _misnamed,
    "years": _years,
    "characters": _words("wrong_character"),
    "terms": _words("wrong_term"),
}
