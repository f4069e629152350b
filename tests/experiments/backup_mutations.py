"""Damaged and hostile backups, made of a good one; each is named by what was done to it."""

from __future__ import annotations

import hashlib
import json
import random
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Parts = dict[str, bytes]
Manifest = dict[str, Any]
Change = Callable[[Parts, Manifest], None]

BLOB = "vault/"
GIFTS = "database/gift.jsonl"
BOMB = b"\0" * (32 * 2**20)


def mutations(good: Path, seed: int) -> Iterator[tuple[str, bytes]]:
    """Every mutation as (what was done, the bytes of the file)."""
    data = good.read_bytes()
    chance = random.Random(seed)
    for share in (0, 0.01, 0.3, 0.7, 0.99):
        yield f"cut at {share}", data[: int(len(data) * share)]
    yield "its last byte cut", data[:-1]
    for name, at in _places(good, chance):
        yield f"a bit of {name} flipped", _flipped(data, at, chance.randrange(8))
    for name in UNSAFE:
        yield f"a part {name!r}", rebuilt(good, lambda p, m, n=name: _add(p, m, n, b"x"))
    for what, change in CHANGES.items():
        yield what, rebuilt(good, change)
    yield "a part twice", rebuilt(good, _nothing, extra=[(_info(GIFTS), b"[]\n")])
    link = _info("home/rules/link", stat.S_IFLNK | 0o777)
    yield (
        "a symbolic link",
        rebuilt(good, _listed("home/rules/link", b"/etc"), extra=[(link, b"/etc")]),
    )
    yield "a part not listed", rebuilt(good, _nothing, extra=[(_info("home/rules/a.yaml"), b"x")])


def rebuilt(
    good: Path, change: Change, extra: list[tuple[zipfile.ZipInfo, bytes]] | None = None
) -> bytes:
    """The backup with its parts and manifest changed; sizes and sums are computed anew."""
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    before = dict(parts)
    change(parts, manifest)
    for name in before.keys() & parts.keys():
        if parts[name] != before[name]:
            item = next(item for item in manifest["members"] if item["name"] == name)
            item.update(size=len(parts[name]), sha256=_sum(parts[name]))
    target = good.with_name("rebuilt.zip")
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of what is doubled here on purpose
        for name, data in parts.items():
            archive.writestr(_info(name), data)
        for info, data in extra or []:
            archive.writestr(info, data)
        archive.writestr(_info("manifest.json"), json.dumps(manifest))
    data = target.read_bytes()
    target.unlink()
    return data


UNSAFE = (
    "../evil",
    "home/../../evil",
    "/etc/evil",
    "home/rules/../../../evil",
    "home/rules/a\\..\\..\\evil",
    "home/C:/evil",
    "home/rules/.hidden",
    "home/donflow.keys",
    "vault/ab/evil",
    "evil.sql",
)


def _add(parts: Parts, manifest: Manifest, name: str, data: bytes) -> None:
    parts[name] = data
    manifest["members"].append({"name": name, "size": len(data), "sha256": _sum(data)})


def _drop(parts: Parts, manifest: Manifest, name: str) -> None:
    parts.pop(name)
    manifest["members"] = [item for item in manifest["members"] if item["name"] != name]


def _blob(parts: Parts) -> str:
    return next(name for name in parts if name.startswith(BLOB))


def _lines(change: Callable[[list[Any]], None], name: str = GIFTS) -> Change:
    def changed(parts: Parts, _manifest: Manifest) -> None:
        lines = [json.loads(line) for line in parts[name].splitlines()]
        change(lines)
        parts[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    return changed


def _set(key: str, value: object) -> Change:
    return lambda _parts, manifest: manifest.update({key: value})


def _nothing(_parts: Parts, _manifest: Manifest) -> None:
    pass


def _listed(name: str, data: bytes) -> Change:
    entry = {"name": name, "size": len(data), "sha256": _sum(data)}
    return lambda _parts, manifest: manifest["members"].append(entry)


def _foreign_table(parts: Parts, manifest: Manifest) -> None:
    _add(parts, manifest, "database/sqlite_master.jsonl", b'["sql"]\n["CREATE TRIGGER t"]\n')
    manifest["rows"]["sqlite_master"] = 1


def _no_table(parts: Parts, manifest: Manifest) -> None:
    _drop(parts, manifest, GIFTS)
    del manifest["rows"]["gift"]


def _swap_blob(parts: Parts, _manifest: Manifest) -> None:
    parts[_blob(parts)] = b"%PDF-1.7 another paper"


def _strange_blob(parts: Parts, manifest: Manifest) -> None:
    sum_ = _sum(b"strange")
    _add(parts, manifest, f"vault/{sum_[:2]}/{sum_}", b"strange")


CHANGES: dict[str, Change] = {
    "no manifest worth the name": lambda _p, m: m.clear(),
    "another format": _set("format", 2),
    "a newer schema": _set("schema", "9999"),
    "another office's identity": _set("instance", "0" * 32),
    "a list that is no list": _set("members", 7),
    "a member with a size below nothing": lambda _p, m: m["members"][0].update(size=-1),
    "a wrong sum": lambda _p, m: m["members"][0].update(sha256="0" * 64),
    "a member listed twice": lambda _p, m: m["members"].append(m["members"][0]),
    "more rows than it holds": lambda _p, m: m["rows"].update(gift=9),
    "a table of another program": _foreign_table,
    "a table missing": _no_table,
    "a column of another program": _lines(lambda lines: [line.append("x") for line in lines]),
    "a row too short": _lines(lambda lines: lines[1].pop()),
    "a row that is none": _lines(lambda lines: lines.append({"id": 2})),
    "a value that is none": _lines(lambda lines: lines[1].__setitem__(0, {"run": "rm"})),
    "a row twice": _lines(lambda lines: lines.append(lines[1])),
    "a reference to nothing": _lines(
        lambda lines: [line.__setitem__(lines[0].index("gift_id"), 99) for line in lines[1:]],
        "database/revision.jsonl",
    ),
    "lines that are no JSON": lambda p, _m: p.update({GIFTS: b"DROP TABLE gift;\n"}),
    "another file in a file's place": _swap_blob,
    "a file missing": lambda p, m: _drop(p, m, _blob(p)),
    "a file that no row names": _strange_blob,
    "a bomb": lambda p, m: _add(p, m, "home/rules/bomb.yaml", BOMB),
}


def _places(good: Path, chance: random.Random) -> Iterator[tuple[str, int]]:
    """A byte within the packed bytes of some parts, and one in the list of parts."""
    with zipfile.ZipFile(good) as archive:
        infos = [info for info in archive.infolist() if info.compress_size > 8]
    for info in chance.sample(infos, 8):
        start = info.header_offset + 30 + len(info.filename.encode()) + 20
        yield info.filename, start + chance.randrange(info.compress_size - 8)


def _flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


def _info(name: str, mode: int = 0o600) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2026, 11, 21, 2, 0, 0))
    info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
    return info


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
