"""Keeps the catalogues in step with the code: `python -m tools.catalogue`, or `--check`.

Collects each `N_("…")` and `_("…")` of donflow and of click, renews
`donflow/locale/<language>/LC_MESSAGES/donflow.po` and compiles the `.mo` beside it. In `zh_CN`
each message must be translated; in `en` an empty translation means the message itself.
The same code gives the same bytes: no dates, no line numbers.
"""

from __future__ import annotations

import argparse
import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LANGUAGES = {"en": "nplurals=2; plural=(n != 1);", "zh_CN": "nplurals=1; plural=0;"}
KEYWORDS = {"N_": None, **DEFAULT_KEYWORDS}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if something lacks")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to work on")
    asked = parser.parse_args(arguments)
    faults = list(check(asked.root)) if asked.check else list(renew(asked.root))
    print("\n".join(faults) or "The catalogues are complete.")
    return int(bool(faults)) if asked.check else 0


def renew(root: Path) -> Iterator[str]:
    """Write both files of each language; yields what a translator still has to do."""
    for language in LANGUAGES:
        catalogue, old = renewed(root, language)
        po, mo = _files(root, language)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(po_bytes(catalogue))
        mo.write_bytes(mo_bytes(catalogue))
        yield from _faults(catalogue, old, language)


def check(root: Path) -> Iterator[str]:
    """Everything stale, untranslated, fuzzy, or with a value lost on the way; changes nothing."""
    for language in LANGUAGES:
        catalogue, old = renewed(root, language)
        for path, fresh in zip(
            _files(root, language), (po_bytes(catalogue), mo_bytes(catalogue)), strict=True
        ):
            # A checkout on Windows may have other line ends in the text file.
            held = path.read_bytes() if path.is_file() else b""
            if (held.replace(b"\r\n", b"\n") if path.suffix == ".po" else held) != fresh:
                yield f"{path.relative_to(root).as_posix()}: stale, run python -m tools.catalogue"
        yield from _faults(catalogue, old, language)


class PlainCatalog(Catalog):
    """A catalogue whose header holds nothing but what gettext needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        language = str(self.locale_identifier)
        return [
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", language),
            ("Plural-Forms", LANGUAGES[language]),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: list[tuple[str, str]]) -> None:
        raise NotImplementedError("the header is given")


def renewed(root: Path, language: str) -> tuple[Catalog, Catalog]:
    """The catalogue of today's messages with the translations so far, and the one before."""
    po, _ = _files(root, language)
    old = read_po(io.BytesIO(po.read_bytes() if po.is_file() else b""), locale=language)
    catalogue = PlainCatalog(locale=language, header_comment="", fuzzy=False)
    for place, id_ in sorted(_messages(root), key=lambda found: (found[0], str(found[1]))):
        before = old.get(id_[0] if isinstance(id_, tuple) else id_)
        kept = before.string if before is not None and before.id == id_ else None
        catalogue.add(id_, kept if kept and all(kept) else None, locations=[(place, 0)])
    return catalogue, old


def po_bytes(catalogue: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    return written.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Only what is translated: gettext gives the message itself for the rest."""
    translated = PlainCatalog(locale=catalogue.locale_identifier, fuzzy=False)
    for message in catalogue:
        if message.id and all(_strings(message)):
            translated.add(message.id, message.string)
    written = io.BytesIO()
    write_mo(written, translated)
    return written.getvalue()


def _messages(root: Path) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    sources = {"donflow": root / "donflow", "click": Path(click.__file__).parent}
    for name, folder in sources.items():
        for path, _, id_, _, _ in extract_from_dir(
            folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=()
        ):
            yield f"{name}/{Path(path).as_posix()}", id_


def _faults(catalogue: Catalog, old: Catalog, language: str) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        before = old.get(message.id)
        where = f"{language}: {message.id!r}"
        if before is not None and before.fuzzy:
            yield f"{where} is fuzzy"
        if language == "zh_CN" and not all(_strings(message)):
            yield f"{where} is not translated"
        for translation in filter(None, _strings(message)):
            if _values(translation) not in map(_values, _ids(message)):
                yield f"{where} has other values in its translation: {translation!r}"


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or [""])


def _values(text: str) -> set[str]:
    """The names of the values, `{like}` this or `%(like)s` this."""
    braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\((\w+)\)s", text))


def _files(root: Path, language: str) -> tuple[Path, Path]:
    folder = root / "donflow" / "locale" / language / "LC_MESSAGES"
    return folder / "donflow.po", folder / "donflow.mo"


if __name__ == "__main__":
    sys.exit(main())
