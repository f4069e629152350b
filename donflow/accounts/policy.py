"""The permission policy as a table: which role may run which command, over how much.

Deny by default: a role that a row does not name may not. The seed is the matrix of trust.md 4.
What the gift's stage allows (`by`, `other_than` in states.yaml) and the second person of an order
come on top; this table only opens the door to the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from donflow.accounts.scopes import (
    ALL,
    COUNTED,
    COUNTS,
    DESK,
    DONOR,
    EVERYBODY,
    FROM_REVIEW,
    FROM_SEAL,
    MOVE_CHAPTERS,
    OFFICE,
    ORDERS,
    OWN,
    READ_CHAPTERS,
    READ_GIFTS,
    READ_MONEY,
    READ_PAPERS,
    READ_PEOPLE,
    SECRETARY,
    STAFF,
    TASKS,
    Scope,
    row,
)
from donflow.accounts.stewardship_policy import STEWARDSHIP
from donflow.domain.actor import Role
from donflow.errors import N_, DonflowError, Sentence, say


class NotPermitted(DonflowError):
    code = "not_permitted"
    message = N_("“{command}” is done by: {roles}.")
    remedy = N_("Ask one of them, or record what they did with its evidence.")
    http_status = 403


def allowed(command: str, roles: Iterable[Role]) -> Scope:
    """How far the command reaches for somebody in these roles; of several the widest.

    Raises NotPermitted, naming who may; KeyError for a command without a row is our own fault.
    """
    row = POLICY[command]
    scopes = [row[role] for role in roles if role in row]
    if not scopes:
        raise NotPermitted(command=command, roles=names_of(row))
    return max(scopes, key=list(Scope).index)


def open_commands() -> frozenset[str]:
    """The commands that need neither a home nor a user."""
    return OPEN


def may_reveal(kind: str, role: Role) -> bool:
    """Whether somebody acting in this role may see one such field unmasked, with a reason."""
    return role in REVEAL.get(kind, frozenset())


def names_of(roles: Iterable[Role]) -> Sentence:
    """The names of the roles as one sentence, in the order of `Role`."""
    wanted = frozenset(roles)
    names = [say(ROLE_NAMES[role]) for role in Role if role in wanted]
    if not names:
        return say(N_("nobody"))
    listed = names.pop()
    while names:
        listed = say(N_("{one}, {others}"), one=names.pop(), others=listed)
    return listed


POLICY: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {
        "init": EVERYBODY,
        "demo": EVERYBODY,
        "money words": EVERYBODY,
        "money parse": EVERYBODY,
        "identifier check": EVERYBODY,
        "precheck": EVERYBODY,
        "word read": EVERYBODY,
        "word compare": EVERYBODY,
        "word accept": EVERYBODY,
        "word reject": EVERYBODY,
        "today": COUNTED,
        "doctor": row(secretary=ALL, reviewer=ALL, admin=ALL),
        "verify": row(secretary=ALL, reviewer=ALL, admin=ALL),
        "backup": row(secretary=ALL, admin=ALL),
        "restore": EVERYBODY,
        "upgrade": EVERYBODY,  # who holds the files: before it no user can be asked for
        "instance show": row(secretary=ALL, leader=ALL, admin=ALL),
        "instance release": row(secretary=ALL, admin=ALL),
        "scheduler": row(secretary=ALL, admin=ALL, time=ALL),
        "journal show": row(
            secretary=ALL,  # every gift of the office is the secretary's own
            liaison=OWN,
            leader=ALL,
            reviewer=ALL,
            finance=ALL,
            seal_keeper=ALL,
            admin=ALL,
        ),
        "gift new": DESK,
        "gift list": COUNTED,
        "gift show": READ_GIFTS,
        "gift options": READ_PAPERS,
        "gift board": COUNTED,
        "gift edit": SECRETARY,
        "gift contact": DESK,
        "gift handover": DESK,
        "gift screen": row(secretary=ALL, leader=ALL),
        "gift advance": row(
            secretary=ALL,
            liaison=OWN,
            leader=ALL,
            reviewer=FROM_REVIEW,
            finance=FROM_SEAL,
            seal_keeper=FROM_SEAL,
            donor=ALL,
            time=ALL,
        ),
        "gift history": READ_PAPERS,
        "gift record": row(secretary=ALL, leader=ALL),  # a leader: the leaders' own consent
        "gift link": SECRETARY,
        "agreement check": row(secretary=ALL, liaison=OWN, reviewer=FROM_REVIEW),
        "agreement draft": SECRETARY,
        "agreement fields": READ_PAPERS,
        "agreement set": SECRETARY,
        "agreement take-in": SECRETARY,
        "agreement number": SECRETARY,
        "agreement findings": READ_PAPERS,
        "agreement checklist": READ_PAPERS,
        "agreement compare": READ_PAPERS,
        "agreement waive": row(secretary=ALL, leader=ALL, reviewer=FROM_REVIEW),
        "precedent import": SECRETARY,
        "precedent list": row(secretary=ALL, leader=ALL, reviewer=ALL),
        "precedent show": row(secretary=ALL, leader=ALL, reviewer=ALL),
        "precedent compare": row(secretary=ALL, reviewer=ALL),
        "precedent remove": SECRETARY,
        "review remark": row(secretary=ALL, reviewer=FROM_REVIEW),
        "review answer": SECRETARY,
        "review level": SECRETARY,
        "review show": READ_PAPERS,
        "review read": row(secretary=ALL, reviewer=FROM_REVIEW),
        "review return": row(reviewer=FROM_REVIEW),
        "review approve": row(reviewer=FROM_REVIEW),
        "donor send": SECRETARY,
        "donor object": DONOR,
        "donor agree": DONOR,
        "donor answer": SECRETARY,
        "donor explain": SECRETARY,
        "donor rework": SECRETARY,
        "original print": SECRETARY,
        "original sign": row(secretary=ALL, donor=ALL),
        "original countersign": row(secretary=ALL, reviewer=FROM_REVIEW),
        "original seal": row(seal_keeper=FROM_SEAL),
        "original refuse": row(seal_keeper=FROM_SEAL),
        "original cancel": SECRETARY,
        "original slip": SECRETARY,
        "original show": READ_PAPERS,
        "original place": row(secretary=ALL, seal_keeper=FROM_SEAL),
        "payment notice": SECRETARY,
        "payment record": row(secretary=ALL, finance=ALL),
        "payment confirm": row(finance=ALL),
        "payment strike": row(secretary=ALL, finance=ALL),
        "payment waive": row(leader=ALL),
        "payment list": READ_MONEY,
        "receipt request": SECRETARY,
        "receipt record": row(finance=ALL),
        "receipt collect": SECRETARY,
        "receipt move": row(secretary=ALL, finance=ALL, donor=ALL),
        "receipt void": row(finance=ALL),
        "receipt list": READ_MONEY,
        "certificate collect": SECRETARY,
        "certificate print": SECRETARY,
        "certificate seal": row(seal_keeper=ALL),
        "certificate deliver": SECRETARY,
        "certificate cancel": SECRETARY,
        "certificate waive": SECRETARY,
        "certificate list": OFFICE,
        "paper file": SECRETARY,
        "paper list": READ_PAPERS,
        "paper handover": SECRETARY,
        "paper acknowledge": SECRETARY,
        "paper absent": row(secretary=ALL, finance=ALL, donor=ALL),
        "parcel send": SECRETARY,
        "parcel deliver": SECRETARY,
        "parcel lost": SECRETARY,
        "parcel list": OFFICE,
        "thanks list": OFFICE,
        "thanks write": SECRETARY,
        "thanks done": DESK,
        "task list": TASKS,
        "task done": TASKS,
        "person add": SECRETARY,
        "person show": READ_PEOPLE,
        "person list": READ_PEOPLE,
        "person edit": SECRETARY,
        "person reveal": row(secretary=ALL, liaison=OWN, finance=OWN),
        "person consent": SECRETARY,
        "person erase": SECRETARY,
        "person reach": SECRETARY,
        "person identify": SECRETARY,
        "person set": SECRETARY,
        "person study": SECRETARY,
        "person work": SECRETARY,
        "person segment": SECRETARY,
        "person relate": SECRETARY,
        "person deceased": SECRETARY,
        "person restrict": SECRETARY,
        "roster import": SECRETARY,
        "roster headers": SECRETARY,
        "roster forget-header": SECRETARY,
        "roster show": READ_PEOPLE,
        "roster form": SECRETARY,
        "roster form-back": SECRETARY,
        "roster search": READ_PEOPLE,
        "roster merge": SECRETARY,
        "roster unmerge": SECRETARY,
        "roster doubles": SECRETARY,
        "roster proposals": SECRETARY,
        "roster propose": row(secretary=ALL, liaison=OWN, chapter_officer=OWN),
        "roster accept": SECRETARY,
        "roster refuse": SECRETARY,
        "roster diff": SECRETARY,
        "roster list": row(secretary=ALL, leader=ALL, chapter_officer=OWN),
        "roster stats": row(secretary=ALL, leader=ALL, finance=ALL, admin=COUNTS),
        "roster liaison appoint": SECRETARY,
        "roster liaison renew": SECRETARY,
        "roster liaison end": SECRETARY,
        "roster liaison list": row(secretary=ALL, leader=ALL),
        "roster liaison letters": SECRETARY,
        "roster check": SECRETARY,
        "roster export": SECRETARY,
        "roster vcard": SECRETARY,
        "chapter new": SECRETARY,
        "chapter list": READ_CHAPTERS,
        "chapter show": READ_CHAPTERS,
        "chapter officers": READ_CHAPTERS,
        "chapter terms": READ_CHAPTERS,
        "chapter edit": SECRETARY,
        "chapter record": SECRETARY,
        "chapter charter": SECRETARY,
        "chapter article": SECRETARY,
        "chapter propose": SECRETARY,
        "chapter opinion": MOVE_CHAPTERS,  # a leader: what the school leaders said
        "chapter found": SECRETARY,
        "chapter council": SECRETARY,
        "chapter seat": SECRETARY,
        "chapter unseat": SECRETARY,
        "chapter advance": MOVE_CHAPTERS,
        "chapter page": SECRETARY,
        "chapter compare": READ_CHAPTERS,
        "chapter meeting new": SECRETARY,
        "chapter meeting paper": SECRETARY,
        "chapter meeting list": READ_CHAPTERS,
        "chapter meeting show": READ_CHAPTERS,
        "chapter member join": SECRETARY,
        "chapter member leave": SECRETARY,
        "chapter member transfer": SECRETARY,
        "chapter member list": row(secretary=ALL, leader=ALL, chapter_officer=OWN),
        "chapter member suggest": row(secretary=ALL, leader=ALL),
        "chapter suggestion new": SECRETARY,
        "chapter suggestion answer": row(secretary=ALL, leader=ALL),
        "chapter suggestion list": READ_CHAPTERS,
        "election new": SECRETARY,
        "election notice": SECRETARY,
        "election candidate": SECRETARY,
        "election meeting": SECRETARY,
        "election result": SECRETARY,
        "election handover": SECRETARY,
        "election advance": MOVE_CHAPTERS,
        "user add": row(secretary=ALL, admin=ALL),
        "user list": row(secretary=ALL, admin=ALL),
        "user role": row(secretary=ALL, admin=ALL),
        "user deactivate": row(secretary=ALL, admin=ALL),
        "order list": ORDERS,
        "order show": ORDERS,
        "order confirm": ORDERS,
        "order refuse": ORDERS,
        "states check": EVERYBODY,
        "states draw": EVERYBODY,
        "states activate": row(secretary=ALL, reviewer=ALL, admin=ALL),
        "states show": STAFF,
        "states diff": STAFF,
        "states versions": STAFF,
        "states migrate": row(secretary=ALL, reviewer=ALL, admin=ALL),
        "template list": row(secretary=ALL, liaison=ALL, leader=ALL, reviewer=ALL),
        "template confirm": SECRETARY,
        "vault add": row(secretary=ALL, seal_keeper=FROM_SEAL),
        "vault show": READ_PAPERS,
        "vault check": row(secretary=ALL, reviewer=ALL, admin=ALL),
        "vault quarantine": row(secretary=ALL, admin=ALL),
        "settings show": row(secretary=ALL, leader=ALL, admin=ALL),
        "settings desk": row(secretary=ALL, admin=ALL),
        **STEWARDSHIP,
    }
)

OPEN = frozenset(
    {
        "init",
        "demo",
        "restore",
        "upgrade",
        "money words",
        "money parse",
        "identifier check",
        "calendar year",
        "calendar lunar",
        "calendar birthday",
        "card render",
        "card list",
        "card sheet",
        "precheck",
        "word read",
        "word compare",
        "word accept",
        "word reject",
        "states check",
        "states draw",
    }
)

REVEAL: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "phone": frozenset({Role.SECRETARY, Role.LIAISON}),
        "mail": frozenset({Role.SECRETARY, Role.LIAISON}),
        "wechat": frozenset({Role.SECRETARY, Role.LIAISON}),
        "address": frozenset({Role.SECRETARY, Role.LIAISON}),
        "birth": frozenset({Role.SECRETARY, Role.LIAISON}),
        "resident_id": frozenset({Role.SECRETARY}),
        "passport": frozenset({Role.SECRETARY}),
        "bank_account": frozenset({Role.SECRETARY, Role.FINANCE}),
    }
)
"""Which role may see which kind of field unmasked, one at a time (trust.md 4 and 7.1)."""

ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.SECRETARY: N_("secretary"),
        Role.LIAISON: N_("liaison teacher"),
        Role.LEADER: N_("leader"),
        Role.REVIEWER: N_("reviewer"),
        Role.FINANCE: N_("finance officer"),
        Role.SEAL_KEEPER: N_("seal keeper"),
        Role.CHAPTER_OFFICER: N_("chapter officer"),
        Role.ADMIN: N_("administrator"),
        Role.DONOR: N_("donor"),
        Role.TIME: N_("the clock"),
    }
)
