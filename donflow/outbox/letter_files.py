"""The files in the home's `letters/`: how they are named, and when they are deleted."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from donflow.platform_files import private_folder, replace_durably, write_private

FOLDER: Final = "letters"
"""In the home."""
KEPT: Final = timedelta(days=90)
"""As long as what a letter said is kept in the database (PIPL art. 19)."""
PAGE, PRINT_RUN = "微信发送页", "贺卡印刷"
"""What holds the letters of several people, by the end of its name."""

LONGEST: Final = 60
_UNFIT: Final = re.compile(r'[\\/:*?"<>|\s_]+')
_DAY: Final = r"(?P<day>\d{4}-\d{2}-\d{2})_"
_ONE: Final = re.compile(_DAY + r".+_(?P<number>\d+)\.(png|txt)")
_KEYED: Final = re.compile(_DAY + r".+_(?P<key>[a-z2-7]{10}\.\d+)\.(pdf|html)")
_SEVERAL: Final = re.compile(_DAY + rf".*({PAGE}|{PRINT_RUN})(_\d+)?\.(html|pdf)")
_CUT_SHORT: Final = re.compile(r"\.[0-9a-f]{16}")


def fit(text: str) -> str:
    """Words as a part of a file's name that every system takes: a name is data, never a path."""
    seen = "".join("_" if unicodedata.category(each)[0] == "C" else each for each in text)
    return _UNFIT.sub("_", seen).strip("._ ")[:LONGEST].strip("._ ")


def name_of_one(on: date, occasion: str, to: str, number: int, ending: str) -> str:
    """The name of a file for one letter; the letter's number tells apart who is called alike."""
    return f"{on.isoformat()}_{fit(occasion)}_{fit(to)}_{number}.{ending}"


def name_of_several(on: date, occasion: str | None, what: str, ending: str) -> str:
    """The name of a file for many letters: `PAGE` or `PRINT_RUN`."""
    parts = (on.isoformat(), *([fit(occasion)] if occasion else []), what)
    return f"{'_'.join(parts)}.{ending}"


def put(home: Path, name: str, data: bytes) -> Path:
    """Write a file into the folder, wholly or not at all, in the place of one of that name."""
    folder = home / FOLDER
    private_folder(folder)
    temporary, target = folder / f".{secrets.token_hex(8)}", folder / name
    try:
        write_private(temporary, data)
        replace_durably(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


def numbers_in(home: Path) -> set[int]:
    """The numbers of the letters for which files of their own lie here."""
    found = (_ONE.fullmatch(path.name) for path in _files(home))
    return {int(match["number"]) for match in found if match and len(match["number"]) < 19}


def keys_in(home: Path) -> set[str]:
    """The beginnings of the keys, with their n, of the letters that were put here as files."""
    found = (_KEYED.fullmatch(path.name) for path in _files(home))
    return {match["key"] for match in found if match}


def delete_old(home: Path, today: date) -> int:
    """Delete what is older than `KEPT` by its name and by the clock of its file; how many.

    What a person put here under another name stays.
    """
    last = today - KEPT
    return _delete(home, lambda path: (day := _day_of(path)) is not None and day < last)


def delete_of(
    home: Path,
    *,
    numbers: Collection[int] = (),
    keys: Collection[str] = (),
    names: Collection[str] = (),
    several: bool = False,
) -> int:
    """Delete the files of these letters, those named after somebody, and those of many letters.

    A page or print run of many may hold anybody: with `several` all of them go, and are made anew.
    """
    fitted = {fit(name) for name in names} - {""}

    def is_theirs(path: Path) -> bool:
        one, keyed = _ONE.fullmatch(path.name), _KEYED.fullmatch(path.name)
        if one is not None or keyed is not None:
            if any(name in path.name for name in fitted):
                return True
            is_one = one is not None and int(one["number"]) in numbers
            return is_one or (keyed is not None and keyed["key"] in keys)
        return several and _SEVERAL.fullmatch(path.name) is not None

    return _delete(home, is_theirs)


def key_in_name(key: str, n: int) -> str:
    """A letter's key as it stands in a file's name."""
    return f"{key[:10]}.{n}"


def _day_of(path: Path) -> date | None:
    """The later of the day in the name and the day of the file; None for what is not ours."""
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    if _CUT_SHORT.fullmatch(path.name):
        return written
    for pattern in (_ONE, _KEYED, _SEVERAL):
        if match := pattern.fullmatch(path.name):
            try:
                return max(date.fromisoformat(match["day"]), written)
            except ValueError:
                return None
    return None


def _files(home: Path) -> Iterator[Path]:
    folder = home / FOLDER
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if path.is_file())


def _delete(home: Path, is_meant: Callable[[Path], bool]) -> int:
    found = [path for path in _files(home) if is_meant(path)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
