"""The key ring: what opens the encrypted fields, kept apart from the database they stand in.

A small SQLite file holds a master key, an index key, and one data key for each person, wrapped by
the master key. The database keeps ciphertexts and key ids only. So a database, or an old copy of
it, says nothing without today's key file; and a person whose key is forgotten is unreadable in
every copy (trust.md 7.2, 7.4). Copies of the key file must therefore be kept shortly.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from donflow.errors import N_, DonflowError

FORMAT: Final = b"donflow-keys/1"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
BUSY_SECONDS: Final = 30

# DELETE with EXTRA: a key is on disk before a row that needs it is, on every SQLite.
_PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "secure_delete=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
)
# SQLITE_ERROR: a table is not there, as in a file that is another program's.
_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TABLES = (
    "CREATE TABLE ring (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE person_key (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID",
)


class KeysMissing(DonflowError):
    code = "keys_missing"
    message = N_("There is no key file at {path}; without it encrypted fields cannot be read.")
    remedy = N_("Put the key file back from its own copy, or say where it is by DONFLOW_KEYS.")


class KeysUnreadable(DonflowError):
    code = "keys_unreadable"
    message = N_("The key file {path} is damaged, or it is no key file.")
    remedy = N_("Put the key file back from its own copy; do not make a new one in its place.")


class KeysExist(DonflowError):
    code = "keys_exist"
    message = N_("There is already a file at {path}; keys are never written over.")
    remedy = N_("Use the key file that is there, or choose another place.")
    http_status = 409


class PersonKeyGone(DonflowError):
    code = "person_key_gone"
    message = N_("This field cannot be read: its key is not in the key file.")
    remedy = N_("The person was erased, or the key file belongs to another office's database.")
    http_status = 410


class CiphertextRefused(DonflowError):
    code = "ciphertext_refused"
    message = N_("This field was changed or moved outside donflow and is not shown.")
    remedy = N_("Run donflow verify, and put the database back from a copy.")
    http_status = 409


class SheetMistyped(DonflowError):
    code = "sheet_mistyped"
    message = N_("The master key was not copied right from the sealed sheet.")
    remedy = N_("Compare each group of four characters with the sheet.")


class SheetForeign(DonflowError):
    code = "sheet_foreign"
    message = N_("The sealed sheet belongs to other keys than those in {path}.")
    remedy = N_("Look for the sheet that was printed when this key file was made.")


@dataclass(frozen=True)
class KeyRing:
    """An open key file. A data key is read for each use, so that a forgotten one is gone."""

    path: Path
    master: bytes = field(repr=False)
    index: bytes = field(repr=False)

    def new_person_key(self) -> str:
        """Make a data key and give its id; it is on disk when this returns.

        Call it before the row is committed: a key without a row is harmless, the reverse is not.
        """
        key_id = secrets.token_hex(16)
        wrapped = _seal(self.master, secrets.token_bytes(KEY_BYTES), _bound("person_key", key_id))
        with _writing(self.path) as connection:
            connection.execute("INSERT INTO person_key VALUES (?, ?)", (key_id, wrapped))
        return key_id

    def sealer(self, *, new: int = 0, known: Iterable[str] = ()) -> Sealer:
        """What seals the fields of many persons: `new` keys are made, those of `known` read.

        The new keys are on disk together when this returns, as by `new_person_key`. The sealer
        holds its keys as long as it lives: let it go with the unit of work it was made for.
        """
        drawn = zip(_random(new, 16), _random(new, KEY_BYTES), strict=True)
        made = {key_id.hex(): key for key_id, key in drawn}
        seal = _sealing(self.master)
        with _writing(self.path) if made else _open(self.path) as connection:
            wrapped = [
                (key_id, seal(key, _bound("person_key", key_id), nonce))
                for (key_id, key), nonce in zip(
                    made.items(), _random(new, NONCE_BYTES), strict=True
                )
            ]
            # In the order of the table: each page is written once.
            connection.executemany("INSERT INTO person_key VALUES (?, ?)", sorted(wrapped))
            query = "SELECT wrapped FROM person_key WHERE id = ?"
            found = {key_id: connection.execute(query, (key_id,)).fetchone() for key_id in known}
        held = {key_id: self._unwrapped(key_id, row) for key_id, row in found.items() if row}
        return Sealer(tuple(made), made | held)

    def knows(self, key_id: str) -> bool:
        """Whether there is a data key of this id, so that this may be the database's key file."""
        with _open(self.path) as connection:
            query = "SELECT 1 FROM person_key WHERE id = ?"
            return connection.execute(query, (key_id,)).fetchone() is not None

    def encrypt(self, key_id: str, field_name: str, row: str, text: str) -> bytes:
        """AES-256-GCM under the person's key: nonce, ciphertext, tag (28 bytes more than the text).

        Bound to person, field and `row` (what names the row for good, such as its salt), so that
        it opens nowhere else. Raises PersonKeyGone.
        """
        key = self._person_key(key_id)
        return _seal(key, text.encode(), _bound(key_id, field_name, row))

    def decrypt(self, key_id: str, field_name: str, row: str, ciphertext: bytes) -> str:
        """The text again. Raises PersonKeyGone, or CiphertextRefused if it stood elsewhere."""
        key = self._person_key(key_id)
        plain = _unseal(key, ciphertext, _bound(key_id, field_name, row))
        if plain is None:
            raise CiphertextRefused
        return plain.decode()

    def blind(self, field_name: str, normalised: str) -> str:
        """What finds an exact value without storing it: HMAC-SHA-256 (hex) under the field's key.

        Whoever holds the index key can guess short values: it stays in the key file.
        """
        return self.blinder(field_name)(normalised)

    def blinder(self, field_name: str) -> Callable[[str], str]:
        """`blind` for many values of one field: its key is reckoned once."""
        key = _hmac(self.index, f"donflow-index/1 {field_name}")
        return lambda normalised: _hmac(key, normalised).hex()

    def forget(self, key_id: str) -> None:
        """Destroy a person's data key; what it encrypted is unreadable for good. Repeatable."""
        with _writing(self.path) as connection:
            connection.execute("DELETE FROM person_key WHERE id = ?", (key_id,))

    def person_keys(self) -> frozenset[str]:
        """The ids of all data keys that are held."""
        with _open(self.path) as connection:
            return frozenset(key for (key,) in connection.execute("SELECT id FROM person_key"))

    def sealed_sheet(self) -> str:
        """The master key in fourteen groups of four characters, to be printed once and sealed.

        The end checks the rest. The sheet alone opens nothing; `mend_keys` puts its key into a
        copy of the key file that is without.
        """
        text = base64.b32encode(self.master + _checksum(self.master)).decode()
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    def _person_key(self, key_id: str) -> bytes:
        with _open(self.path) as connection:
            row = connection.execute(
                "SELECT wrapped FROM person_key WHERE id = ?", (key_id,)
            ).fetchone()
        if row is None:
            raise PersonKeyGone
        return self._unwrapped(key_id, row)

    def _unwrapped(self, key_id: str, row: tuple[bytes]) -> bytes:
        key = _unseal(self.master, row[0], _bound("person_key", key_id))
        if key is None:
            raise KeysUnreadable(path=str(self.path))
        return key


@dataclass(frozen=True)
class Sealer:
    """The data keys of many persons, opened at once; as long-lived as one unit of work.

    What it seals opens by the key ring, and the other way round.
    """

    new: tuple[str, ...]
    """The ids of the keys that were made for it."""
    keys: Mapping[str, bytes] = field(repr=False)

    def encrypt(self, key_id: str, field_name: str, row: str, text: str) -> bytes:
        """As `KeyRing.encrypt`. Raises PersonKeyGone."""
        return _seal(self._key(key_id), text.encode(), _bound(key_id, field_name, row))

    def decrypt(self, key_id: str, field_name: str, row: str, ciphertext: bytes) -> str:
        """As `KeyRing.decrypt`. Raises PersonKeyGone or CiphertextRefused."""
        plain = _unseal(self._key(key_id), ciphertext, _bound(key_id, field_name, row))
        if plain is None:
            raise CiphertextRefused
        return plain.decode()

    def _key(self, key_id: str) -> bytes:
        if key_id not in self.keys:
            raise PersonKeyGone
        return self.keys[key_id]


def create_keys(path: Path) -> KeyRing:
    """Make a new key file (mode 0600) with fresh keys. Raises KeysExist."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise KeysExist(path=str(path)) from error
    master, index = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    with _writing(path) as connection:
        for table in _TABLES:
            connection.execute(table)
        connection.executemany(
            "INSERT INTO ring VALUES (?, ?)",
            [
                ("format", FORMAT),
                ("master", master),
                ("index", _seal(master, index, _bound("ring", "index"))),
            ],
        )
    return KeyRing(path, master, index)


def open_keys(path: Path) -> KeyRing:
    """Open the key file. Raises KeysMissing, or KeysUnreadable if a key in it does not fit."""
    if not path.is_file():
        raise KeysMissing(path=str(path))
    with _open(path) as connection:
        ring = dict(connection.execute("SELECT name, value FROM ring"))
    master = ring.get("master", b"")
    if ring.get("format") != FORMAT or len(master) != KEY_BYTES:
        raise KeysUnreadable(path=str(path))
    index = _unseal(master, ring.get("index", b""), _bound("ring", "index"))
    if index is None:
        raise KeysUnreadable(path=str(path))
    return KeyRing(path, master, index)


def read_sheet(text: str) -> bytes:
    """The master key from a sealed sheet as somebody typed it. Raises SheetMistyped."""
    try:
        read = base64.b32decode("".join(text.split()), casefold=True, map01="I")
    except ValueError as error:
        raise SheetMistyped from error
    master, checksum = read[:KEY_BYTES], read[KEY_BYTES:]
    if checksum != _checksum(master):
        raise SheetMistyped
    return master


def mend_keys(path: Path, sheet: str) -> KeyRing:
    """Put the master key of the sealed sheet into a key file that lost it.

    Raises SheetMistyped, or SheetForeign with nothing written.
    """
    master = read_sheet(sheet)
    with _writing(path) as connection:
        ring = dict(connection.execute("SELECT name, value FROM ring"))
        if _unseal(master, ring.get("index", b""), _bound("ring", "index")) is None:
            raise SheetForeign(path=str(path))
        connection.execute("INSERT OR REPLACE INTO ring VALUES ('master', ?)", (master,))
    return open_keys(path)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        uri = f"{path.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
            yield connection
    except sqlite3.Error as error:
        code = error.sqlite_errorcode & 0xFF
        if code == sqlite3.SQLITE_CANTOPEN and not path.exists():
            raise KeysMissing(path=str(path)) from error
        if code in _DAMAGE:
            raise KeysUnreadable(path=str(path)) from error
        raise  # a full disk or a lock is no damage


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    with _open(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    return _sealing(key)(plain, bound, secrets.token_bytes(NONCE_BYTES))


def _sealing(key: bytes) -> Callable[[bytes, bytes, bytes], bytes]:
    """What seals under a key: plain bytes, what they are bound to, a nonce never used before."""
    # Imported here: most commands never touch an encrypted field.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    encrypt = AESGCM(key).encrypt
    return lambda plain, bound, nonce: nonce + encrypt(nonce, plain, bound)


def _random(count: int, size: int) -> list[bytes]:
    """So many random strings of so many bytes, drawn at once."""
    drawn = secrets.token_bytes(count * size)
    return [drawn[start : start + size] for start in range(0, count * size, size)]


def _unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        return None


def _bound(*parts: str) -> bytes:
    """The parts in one unambiguous string: each is preceded by its length."""
    said = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in said)


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


def _checksum(master: bytes) -> bytes:
    return hashlib.sha256(b"donflow-sheet/1" + master).digest()[:3]
