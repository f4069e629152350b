"""Files in `letters/` that speak of an erased person: deleted with the erasure, and looked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.lifecycle.office import Office
from donflow.outbox.keys import key_of
from donflow.outbox.letter_files import delete_of, key_in_name, keys_in, numbers_in
from donflow.outbox.models import Addressee, Letter, Way
from donflow.roster.models import Constituent, Status
from donflow.store.session import once_stored

MOST = 500


def delete_with_erasure(
    session: Session, office: Office, numbers: Collection[int], names: Collection[str]
) -> None:
    """Delete the person's letters' files, once the erasure is stored.

    With them go files that bear one of the names, as that of a couple does, and every page or
    print run of many: they are made anew for those who are left. So do the digests that users got
    as files: they may name anybody.
    """
    letters = _letters_to(session, numbers)
    ids = {letter.id for letter in letters}
    digests = session.scalars(
        select(Letter).where(Letter.addressee_kind == Addressee.USER, Letter.channel == Way.FOLDER)
    )
    keys = {key_in_name(key_of(letter), letter.n) for letter in (*letters, *digests)}

    def delete() -> None:
        delete_of(office.home, numbers=ids, keys=keys, names=names, several=True)

    once_stored(session, lambda _store: delete())


def delete_left(session: Session, office: Office) -> int:
    """Delete the files of letters to erased people that a crash left behind; how many."""
    ids, keys = sorted(numbers_in(office.home)), keys_in(office.home)
    if not ids and not keys:
        return 0
    erased = select(Constituent.id).where(Constituent.status == Status.ERASED)
    theirs = _letters_to(session, list(session.scalars(erased)))
    return delete_of(
        office.home,
        numbers={letter.id for letter in theirs}.intersection(ids),
        keys={key_in_name(key_of(letter), letter.n) for letter in theirs} & keys,
    )


def _letters_to(session: Session, numbers: Collection[int]) -> Sequence[Letter]:
    found: list[Letter] = []
    asked = sorted(numbers)
    for start in range(0, len(asked), MOST):
        query = select(Letter).where(
            Letter.addressee_kind == Addressee.CONSTITUENT,
            Letter.addressee_id.in_(asked[start : start + MOST]),
        )
        found += session.scalars(query)
    return found
