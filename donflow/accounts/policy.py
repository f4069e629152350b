"""The permission policy as a table: which role may run which command, over how much.

Deny by default: a role that a row does not name may not. The seed is the matrix of trust.md 4.
What the gift's stage allows (`by`, `other_than` in states.yaml) and the second person of an order
come on top; this table only opens the door to the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from donflow.domain.actor import Role
from donflow.errors import N_, DonflowError, Sentence, say


class Scope(StrEnum):
    """Over how much a command reaches, the narrowest first."""

    COUNTS = "counts"
    """Numbers of gifts only, no row."""
    MASKED = "masked"
    """All rows, names masked as well."""
    OWN = "own"
    """What is assigned to the user or to the user's chapter."""
    FROM_SEAL = "from_seal"
    """What has reached the sealing, or needs no agreement and waits for money."""
    FROM_REVIEW = "from_review"
    """What has been submitted for review at least once."""
    ALL = "all"


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


def _row(**scopes: Scope) -> Mapping[Role, Scope]:
    return MappingProxyType({Role(name): scope for name, scope in scopes.items()})


ALL, OWN, MASKED, COUNTS = Scope.ALL, Scope.OWN, Scope.MASKED, Scope.COUNTS
FROM_REVIEW, FROM_SEAL = Scope.FROM_REVIEW, Scope.FROM_SEAL

_EVERYBODY = MappingProxyType(dict.fromkeys(Role, ALL))
_STAFF: Mapping[Role, Scope] = MappingProxyType(
    {role: ALL for role in Role if role not in (Role.DONOR, Role.TIME)}
)
_SECRETARY = _row(secretary=ALL)
_DONOR = _row(donor=ALL)  # recorded by the secretary with evidence
_DESK = _row(secretary=ALL, liaison=OWN)
_OFFICE = _row(secretary=ALL, liaison=OWN, leader=ALL)
_READ_GIFTS = _row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=FROM_REVIEW,
    finance=FROM_SEAL,
    seal_keeper=FROM_SEAL,
    chapter_officer=OWN,
)
_READ_PAPERS = _row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=FROM_REVIEW,
    finance=FROM_SEAL,
    seal_keeper=FROM_SEAL,
)
_READ_MONEY = _row(secretary=ALL, liaison=OWN, leader=ALL, finance=ALL)
_COUNTED = MappingProxyType({**_READ_GIFTS, Role.ADMIN: COUNTS})
_READ_PEOPLE = _row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=ALL,
    finance=ALL,
    seal_keeper=ALL,
    admin=MASKED,
    chapter_officer=OWN,
)
_READ_CHAPTERS = _row(secretary=ALL, liaison=ALL, leader=ALL, chapter_officer=OWN)
_MOVE_CHAPTERS = _row(secretary=ALL, leader=ALL)
_INSIDE: list[Role] = [role for role in Role if role not in (Role.DONOR, Role.TIME)]
_TASKS: Mapping[Role, Scope] = MappingProxyType(
    {**dict.fromkeys(_INSIDE, OWN), Role.SECRETARY: ALL}
)
_ORDERS = _row(secretary=ALL, leader=ALL, reviewer=ALL, finance=ALL, seal_keeper=ALL, admin=ALL)

POLICY: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {
        "init": _EVERYBODY,
        "demo": _EVERYBODY,
        "money words": _EVERYBODY,
        "money parse": _EVERYBODY,
        "identifier check": _EVERYBODY,
        "precheck": _EVERYBODY,
        "word read": _EVERYBODY,
        "word compare": _EVERYBODY,
        "word accept": _EVERYBODY,
        "word reject": _EVERYBODY,
        "today": _COUNTED,
        "doctor": _row(secretary=ALL, reviewer=ALL, admin=ALL),
        "verify": _row(secretary=ALL, reviewer=ALL, admin=ALL),
        "backup": _row(secretary=ALL, admin=ALL),
        "restore": _EVERYBODY,
        "upgrade": _EVERYBODY,  # who holds the files: before it no user can be asked for
        "instance show": _row(secretary=ALL, leader=ALL, admin=ALL),
        "instance release": _row(secretary=ALL, admin=ALL),
        "scheduler": _row(secretary=ALL, admin=ALL, time=ALL),
        "journal show": _row(
            secretary=ALL,  # every gift of the office is the secretary's own
            liaison=OWN,
            leader=ALL,
            reviewer=ALL,
            finance=ALL,
            seal_keeper=ALL,
            admin=ALL,
        ),
        "gift new": _DESK,
        "gift list": _COUNTED,
        "gift show": _READ_GIFTS,
        "gift options": _READ_PAPERS,
        "gift board": _COUNTED,
        "gift edit": _SECRETARY,
        "gift contact": _DESK,
        "gift handover": _DESK,
        "gift screen": _row(secretary=ALL, leader=ALL),
        "gift advance": _row(
            secretary=ALL,
            liaison=OWN,
            leader=ALL,
            reviewer=FROM_REVIEW,
            finance=FROM_SEAL,
            seal_keeper=FROM_SEAL,
            donor=ALL,
            time=ALL,
        ),
        "gift history": _READ_PAPERS,
        "gift record": _row(secretary=ALL, leader=ALL),  # a leader: the leaders' own consent
        "gift link": _SECRETARY,
        "agreement check": _row(secretary=ALL, liaison=OWN, reviewer=FROM_REVIEW),
        "agreement draft": _SECRETARY,
        "agreement fields": _READ_PAPERS,
        "agreement set": _SECRETARY,
        "agreement take-in": _SECRETARY,
        "agreement number": _SECRETARY,
        "agreement findings": _READ_PAPERS,
        "agreement checklist": _READ_PAPERS,
        "agreement compare": _READ_PAPERS,
        "agreement waive": _row(secretary=ALL, leader=ALL, reviewer=FROM_REVIEW),
        "precedent import": _SECRETARY,
        "precedent list": _row(secretary=ALL, leader=ALL, reviewer=ALL),
        "precedent show": _row(secretary=ALL, leader=ALL, reviewer=ALL),
        "precedent compare": _row(secretary=ALL, reviewer=ALL),
        "precedent remove": _SECRETARY,
        "review remark": _row(secretary=ALL, reviewer=FROM_REVIEW),
        "review answer": _SECRETARY,
        "review level": _SECRETARY,
        "review show": _READ_PAPERS,
        "review read": _row(secretary=ALL, reviewer=FROM_REVIEW),
        "review return": _row(reviewer=FROM_REVIEW),
        "review approve": _row(reviewer=FROM_REVIEW),
        "donor send": _SECRETARY,
        "donor object": _DONOR,
        "donor agree": _DONOR,
        "donor answer": _SECRETARY,
        "donor explain": _SECRETARY,
        "donor rework": _SECRETARY,
        "original print": _SECRETARY,
        "original sign": _row(secretary=ALL, donor=ALL),
        "original countersign": _row(secretary=ALL, reviewer=FROM_REVIEW),
        "original seal": _row(seal_keeper=FROM_SEAL),
        "original refuse": _row(seal_keeper=FROM_SEAL),
        "original cancel": _SECRETARY,
        "original slip": _SECRETARY,
        "original show": _READ_PAPERS,
        "original place": _row(secretary=ALL, seal_keeper=FROM_SEAL),
        "payment notice": _SECRETARY,
        "payment record": _row(secretary=ALL, finance=ALL),
        "payment confirm": _row(finance=ALL),
        "payment strike": _row(secretary=ALL, finance=ALL),
        "payment waive": _row(leader=ALL),
        "payment list": _READ_MONEY,
        "receipt request": _SECRETARY,
        "receipt record": _row(finance=ALL),
        "receipt collect": _SECRETARY,
        "receipt move": _row(secretary=ALL, finance=ALL, donor=ALL),
        "receipt void": _row(finance=ALL),
        "receipt list": _READ_MONEY,
        "certificate collect": _SECRETARY,
        "certificate print": _SECRETARY,
        "certificate seal": _row(seal_keeper=ALL),
        "certificate deliver": _SECRETARY,
        "certificate cancel": _SECRETARY,
        "certificate waive": _SECRETARY,
        "certificate list": _OFFICE,
        "paper file": _SECRETARY,
        "paper list": _READ_PAPERS,
        "paper handover": _SECRETARY,
        "paper acknowledge": _SECRETARY,
        "paper absent": _row(secretary=ALL, finance=ALL, donor=ALL),
        "parcel send": _SECRETARY,
        "parcel deliver": _SECRETARY,
        "parcel lost": _SECRETARY,
        "parcel list": _OFFICE,
        "thanks list": _OFFICE,
        "thanks write": _SECRETARY,
        "thanks done": _DESK,
        "task list": _TASKS,
        "task done": _TASKS,
        "person add": _SECRETARY,
        "person show": _READ_PEOPLE,
        "person list": _READ_PEOPLE,
        "person edit": _SECRETARY,
        "person reveal": _row(secretary=ALL, liaison=OWN, finance=OWN),
        "person consent": _SECRETARY,
        "person erase": _SECRETARY,
        "person reach": _SECRETARY,
        "person identify": _SECRETARY,
        "person set": _SECRETARY,
        "person study": _SECRETARY,
        "person work": _SECRETARY,
        "person segment": _SECRETARY,
        "person relate": _SECRETARY,
        "person deceased": _SECRETARY,
        "person restrict": _SECRETARY,
        "roster import": _SECRETARY,
        "roster headers": _SECRETARY,
        "roster forget-header": _SECRETARY,
        "roster show": _READ_PEOPLE,
        "roster form": _SECRETARY,
        "roster form-back": _SECRETARY,
        "roster search": _READ_PEOPLE,
        "roster merge": _SECRETARY,
        "roster unmerge": _SECRETARY,
        "roster doubles": _SECRETARY,
        "roster proposals": _SECRETARY,
        "roster propose": _row(secretary=ALL, liaison=OWN, chapter_officer=OWN),
        "roster accept": _SECRETARY,
        "roster refuse": _SECRETARY,
        "roster diff": _SECRETARY,
        "roster list": _row(secretary=ALL, leader=ALL, chapter_officer=OWN),
        "roster stats": _row(secretary=ALL, leader=ALL, finance=ALL, admin=COUNTS),
        "roster liaison appoint": _SECRETARY,
        "roster liaison renew": _SECRETARY,
        "roster liaison end": _SECRETARY,
        "roster liaison list": _row(secretary=ALL, leader=ALL),
        "roster liaison letters": _SECRETARY,
        "roster check": _SECRETARY,
        "roster export": _SECRETARY,
        "roster vcard": _SECRETARY,
        "chapter new": _SECRETARY,
        "chapter list": _READ_CHAPTERS,
        "chapter show": _READ_CHAPTERS,
        "chapter officers": _READ_CHAPTERS,
        "chapter terms": _READ_CHAPTERS,
        "chapter edit": _SECRETARY,
        "chapter record": _SECRETARY,
        "chapter charter": _SECRETARY,
        "chapter article": _SECRETARY,
        "chapter propose": _SECRETARY,
        "chapter opinion": _MOVE_CHAPTERS,  # a leader: what the school leaders said
        "chapter found": _SECRETARY,
        "chapter council": _SECRETARY,
        "chapter seat": _SECRETARY,
        "chapter unseat": _SECRETARY,
        "chapter advance": _MOVE_CHAPTERS,
        "chapter page": _SECRETARY,
        "chapter compare": _READ_CHAPTERS,
        "chapter meeting new": _SECRETARY,
        "chapter meeting paper": _SECRETARY,
        "chapter meeting list": _READ_CHAPTERS,
        "chapter meeting show": _READ_CHAPTERS,
        "chapter member join": _SECRETARY,
        "chapter member leave": _SECRETARY,
        "chapter member transfer": _SECRETARY,
        "chapter member list": _row(secretary=ALL, leader=ALL, chapter_officer=OWN),
        "chapter member suggest": _row(secretary=ALL, leader=ALL),
        "chapter suggestion new": _SECRETARY,
        "chapter suggestion answer": _row(secretary=ALL, leader=ALL),
        "chapter suggestion list": _READ_CHAPTERS,
        "election new": _SECRETARY,
        "election notice": _SECRETARY,
        "election candidate": _SECRETARY,
        "election meeting": _SECRETARY,
        "election result": _SECRETARY,
        "election handover": _SECRETARY,
        "election advance": _MOVE_CHAPTERS,
        "user add": _row(secretary=ALL, admin=ALL),
        "user list": _row(secretary=ALL, admin=ALL),
        "user role": _row(secretary=ALL, admin=ALL),
        "user deactivate": _row(secretary=ALL, admin=ALL),
        "order list": _ORDERS,
        "order show": _ORDERS,
        "order confirm": _ORDERS,
        "order refuse": _ORDERS,
        "states check": _EVERYBODY,
        "states draw": _EVERYBODY,
        "states activate": _row(secretary=ALL, reviewer=ALL, admin=ALL),
        "states show": _STAFF,
        "states diff": _STAFF,
        "states versions": _STAFF,
        "states migrate": _row(secretary=ALL, reviewer=ALL, admin=ALL),
        "template list": _row(secretary=ALL, liaison=ALL, leader=ALL, reviewer=ALL),
        "template confirm": _SECRETARY,
        "vault add": _row(secretary=ALL, seal_keeper=FROM_SEAL),
        "vault show": _READ_PAPERS,
        "vault check": _row(secretary=ALL, reviewer=ALL, admin=ALL),
        "vault quarantine": _row(secretary=ALL, admin=ALL),
        "settings show": _row(secretary=ALL, leader=ALL, admin=ALL),
        "settings desk": _row(secretary=ALL, admin=ALL),
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
