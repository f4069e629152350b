"""How a constituent is addressed (称谓): never by a bare name."""

from __future__ import annotations

from dataclasses import dataclass

from donflow.roster.models import ConstituentKind, Gender

YOUR_COMPANY = "贵公司"


@dataclass(frozen=True)
class Addressee:
    """What the salutation depends on."""

    kind: str
    name: str
    preferred: str | None = None
    gender: str | None = None
    teacher: bool = False
    """Of the office's own teachers, who are addressed as such whatever the gender."""


def salutation_of(addressee: Addressee) -> str:
    """The preferred one; else 贵公司, or the name with 老师, 先生, 女士, else 校友."""
    if addressee.preferred and not is_bare(addressee.preferred, addressee.name):
        return addressee.preferred
    match addressee.kind:
        case ConstituentKind.COMPANY:
            return YOUR_COMPANY
        case ConstituentKind.CLASS | ConstituentKind.CHAPTER:
            return f"{addressee.name}全体校友"
        case _ if addressee.teacher:
            return f"{addressee.name}老师"
        case _:
            return f"{addressee.name}{_TITLES.get(addressee.gender, '校友')}"


def is_bare(salutation: str, name: str) -> bool:
    """Whether the salutation is only the name, or nothing."""
    return "".join(salutation.split()) in ("", "".join(name.split()))


_TITLES: dict[str | None, str] = {Gender.MALE: "先生", Gender.FEMALE: "女士"}
