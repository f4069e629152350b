"""The key ring: what stands in the database opens only with the key file, and only in its place."""

from __future__ import annotations

import base64
import secrets
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from donflow.store.keys import (
    CiphertextRefused,
    KeyRing,
    KeysExist,
    KeysMissing,
    KeysUnreadable,
    PersonKeyGone,
    SheetForeign,
    SheetMistyped,
    create_keys,
    mend_keys,
    open_keys,
    read_sheet,
)

PHONE = "+8613800000000"


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return create_keys(tmp_path / "donflow.keys")


def test_what_is_encrypted_is_read_by_the_file_opened_again(keys: KeyRing) -> None:
    key_id = keys.new_person_key()
    ciphertext = keys.encrypt(key_id, "phone", "row", PHONE)

    again = open_keys(keys.path)

    assert again.decrypt(key_id, "phone", "row", ciphertext) == PHONE
    assert len(ciphertext) == len(PHONE) + 28
    assert PHONE.encode() not in ciphertext


def test_the_same_text_is_never_the_same_ciphertext(keys: KeyRing) -> None:
    key_id = keys.new_person_key()

    assert len({keys.encrypt(key_id, "phone", "row", PHONE) for _ in range(20)}) == 20


def test_a_ciphertext_opens_for_its_own_person_field_and_row_only(keys: KeyRing) -> None:
    one, other = keys.new_person_key(), keys.new_person_key()
    ciphertext = keys.encrypt(one, "phone", "row", PHONE)

    for place in ((other, "phone", "row"), (one, "mail", "row"), (one, "phone", "row 2")):
        with pytest.raises(CiphertextRefused):
            keys.decrypt(*place, ciphertext)
    # The parts are bound one by one: the same letters cut elsewhere are another place.
    with pytest.raises(CiphertextRefused):
        keys.decrypt(one, "phoner", "ow", ciphertext)


@pytest.mark.parametrize("byte", [0, 12, -1])
def test_a_flipped_bit_is_refused(keys: KeyRing, byte: int) -> None:
    key_id = keys.new_person_key()
    changed = bytearray(keys.encrypt(key_id, "phone", "row", PHONE))
    changed[byte] ^= 1

    with pytest.raises(CiphertextRefused):
        keys.decrypt(key_id, "phone", "row", bytes(changed))


@pytest.mark.parametrize("ciphertext", [b"", b"x", b"x" * 27])
def test_a_cut_ciphertext_is_refused(keys: KeyRing, ciphertext: bytes) -> None:
    with pytest.raises(CiphertextRefused):
        keys.decrypt(keys.new_person_key(), "phone", "row", ciphertext)


def test_a_forgotten_person_is_unreadable_and_leaves_no_key_in_the_file(keys: KeyRing) -> None:
    forgotten, kept = keys.new_person_key(), keys.new_person_key()
    ciphertext = keys.encrypt(forgotten, "phone", "row", PHONE)
    with closing(sqlite3.connect(keys.path)) as connection:
        query = "SELECT wrapped FROM person_key WHERE id = ?"
        wrapped = connection.execute(query, (forgotten,)).fetchone()[0]
    assert wrapped in keys.path.read_bytes()

    keys.forget(forgotten)
    keys.forget(forgotten)

    assert wrapped not in keys.path.read_bytes()
    with pytest.raises(PersonKeyGone):
        keys.decrypt(forgotten, "phone", "row", ciphertext)
    with pytest.raises(PersonKeyGone):
        keys.encrypt(forgotten, "phone", "row", PHONE)
    assert keys.encrypt(kept, "phone", "row", PHONE)


def test_a_key_forgotten_through_one_ring_is_gone_for_another_open_one(keys: KeyRing) -> None:
    key_id = keys.new_person_key()
    other = open_keys(keys.path)
    ciphertext = other.encrypt(key_id, "phone", "row", PHONE)

    keys.forget(key_id)

    with pytest.raises(PersonKeyGone):
        other.decrypt(key_id, "phone", "row", ciphertext)


def test_a_blind_index_is_the_same_for_the_same_value_and_differs_by_field_and_by_ring(
    keys: KeyRing, tmp_path: Path
) -> None:
    index = keys.blind("phone", PHONE)

    assert index == open_keys(keys.path).blind("phone", PHONE)
    assert len(index) == 64
    assert index != keys.blind("mail", PHONE)
    assert index != keys.blind("phone", PHONE[:-1])
    assert index != create_keys(tmp_path / "other.keys").blind("phone", PHONE)


def test_neither_person_keys_nor_the_index_key_stand_open_in_the_file(keys: KeyRing) -> None:
    keys.new_person_key()

    assert keys.index not in keys.path.read_bytes()


def test_the_ring_does_not_show_its_keys(keys: KeyRing) -> None:
    assert repr(keys.master) not in repr(keys)
    assert repr(keys.index) not in repr(keys)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_for_its_owner_only(keys: KeyRing) -> None:
    keys.new_person_key()

    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_keys_are_never_written_over(keys: KeyRing) -> None:
    before = keys.path.read_bytes()

    with pytest.raises(KeysExist) as refused:
        create_keys(keys.path)

    assert refused.value.remedy_sentence
    assert keys.path.read_bytes() == before


def test_a_missing_key_file_says_so_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing) as refused:
        open_keys(tmp_path / "donflow.keys")

    assert refused.value.remedy_sentence
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_taken_away_while_in_use_says_so(keys: KeyRing) -> None:
    keys.path.unlink()

    with pytest.raises(KeysMissing):
        keys.new_person_key()
    assert not keys.path.exists()


@pytest.mark.parametrize(
    "garbage", [b"", b"hello", b"\x00" * 8192, b"SQLite format 3\x00" + b"x" * 999]
)
def test_a_garbled_key_file_is_refused(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "donflow.keys"
    path.write_bytes(garbage)

    with pytest.raises(KeysUnreadable) as refused:
        open_keys(path)

    assert refused.value.remedy_sentence


def test_a_cut_key_file_is_refused(keys: KeyRing) -> None:
    keys.path.write_bytes(keys.path.read_bytes()[:5000])

    with pytest.raises(KeysUnreadable):
        open_keys(keys.path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("master", b"x" * 32), ("master", b"short"), ("index", b"x" * 60), ("format", b"other/1")],
)
def test_a_key_that_does_not_fit_the_others_is_refused(
    keys: KeyRing, name: str, value: bytes
) -> None:
    with closing(sqlite3.connect(keys.path)) as connection, connection:
        connection.execute("UPDATE ring SET value = ? WHERE name = ?", (value, name))

    with pytest.raises(KeysUnreadable):
        open_keys(keys.path)


def test_a_person_key_moved_to_another_id_is_refused(keys: KeyRing) -> None:
    one, other = keys.new_person_key(), keys.new_person_key()
    with closing(sqlite3.connect(keys.path)) as connection, connection:
        connection.execute(
            "UPDATE person_key SET wrapped = (SELECT wrapped FROM person_key WHERE id = ?)"
            " WHERE id = ?",
            (one, other),
        )

    with pytest.raises(KeysUnreadable):
        keys.encrypt(other, "phone", "row", PHONE)


def test_many_at_once_each_get_a_key(keys: KeyRing) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: open_keys(keys.path).new_person_key(), range(40)))

    assert len(set(ids)) == 40
    assert all(keys.encrypt(key_id, "phone", "row", PHONE) for key_id in ids)


def test_the_sealed_sheet_is_read_back_as_typed(keys: KeyRing) -> None:
    sheet = keys.sealed_sheet()

    assert [len(group) for group in sheet.split()] == [4] * 14
    assert read_sheet(sheet) == keys.master
    assert read_sheet(sheet.lower().replace(" ", "\n")) == keys.master


def test_one_wrong_character_on_the_sheet_is_noticed(keys: KeyRing) -> None:
    sheet = keys.sealed_sheet().replace(" ", "")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

    for place, right in enumerate(sheet):
        wrong = secrets.choice(letters.replace(right, ""))
        with pytest.raises(SheetMistyped):
            read_sheet(sheet[:place] + wrong + sheet[place + 1 :])


@pytest.mark.parametrize("left", [b"", b"x" * 32, None])
def test_the_sheet_mends_a_key_file_that_lost_its_master_key(
    keys: KeyRing, tmp_path: Path, left: bytes | None
) -> None:
    key_id = keys.new_person_key()
    ciphertext = keys.encrypt(key_id, "phone", "row", PHONE)
    with closing(sqlite3.connect(keys.path)) as connection, connection:
        connection.execute("DELETE FROM ring WHERE name = 'master'")
        if left is not None:
            connection.execute("INSERT INTO ring VALUES ('master', ?)", (left,))
    with pytest.raises(KeysUnreadable):
        open_keys(keys.path)
    with pytest.raises(SheetForeign):
        mend_keys(keys.path, create_keys(tmp_path / "other.keys").sealed_sheet())
    with pytest.raises(KeysUnreadable):
        open_keys(keys.path)

    mended = mend_keys(keys.path, keys.sealed_sheet())

    assert mended.decrypt(key_id, "phone", "row", ciphertext) == PHONE
    assert open_keys(keys.path) == keys


@pytest.mark.parametrize("text", ["", "AAAA", "!!!!", base64.b32encode(b"x" * 35).decode(), "云麓"])
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises(SheetMistyped):
        read_sheet(text)


def test_many_keys_are_made_in_one_write_and_open_what_the_sealer_sealed(keys: KeyRing) -> None:
    sealer = keys.sealer(new=3)

    sealed = [sealer.encrypt(key_id, "phone", "row", PHONE) for key_id in sealer.new]

    assert len(set(sealer.new)) == 3
    again = open_keys(keys.path)
    assert again.person_keys() == set(sealer.new)
    for key_id, ciphertext in zip(sealer.new, sealed, strict=True):
        assert again.decrypt(key_id, "phone", "row", ciphertext) == PHONE


def test_a_sealer_reads_what_the_ring_sealed_and_knows_no_forgotten_key(keys: KeyRing) -> None:
    held, forgotten = keys.new_person_key(), keys.new_person_key()
    ciphertext = keys.encrypt(held, "phone", "row", PHONE)
    keys.forget(forgotten)

    sealer = keys.sealer(known=[held, forgotten])

    assert sealer.decrypt(held, "phone", "row", ciphertext) == PHONE
    with pytest.raises(CiphertextRefused):
        sealer.decrypt(held, "mail", "row", ciphertext)
    with pytest.raises(PersonKeyGone):
        sealer.encrypt(forgotten, "phone", "row", PHONE)
    assert PHONE not in repr(sealer)
