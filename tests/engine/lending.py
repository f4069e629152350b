"""A lifecycle that has nothing to do with gifts: lending equipment, of two kinds."""

from dataclasses import dataclass

from donflow.engine.loader import load
from donflow.engine.machine import LifecycleMachine, build
from donflow.engine.spec import Guard, Unmet, Workflow
from donflow.errors import N_, say

TEXT = """\
schema: 1
lifecycles:
  loan:
    initial: asked
    kinds:
      tool: {zh: 工具, en: Tool}
      camera: {zh: 相机, en: Camera}
    stages:
      asked: {zh: 已申请, en: Asked for, owner: clerk, within: 2 workdays}
      checked: {zh: 已检查, en: Checked, owner: keeper, was: [tested]}
      lent: {zh: 借出, en: Lent, owner: borrower, within: 30 days, remind: 25 days}
      back: {zh: 已归还, en: Back, end: true}
      refused: {zh: 拒绝, en: Refused, end: true}
    transitions:
      - {do: check, zh: 检查, en: Check, from: asked, to: checked, by: keeper, kinds: [camera]}
      - {do: lend, zh: 出借, en: Lend, from: asked, to: lent, by: clerk,
         needs: [in_stock], kinds: [tool]}
      - do: lend
        zh: 出借
        en: Lend
        from: checked
        to: lent
        by: [clerk, keeper]
        needs: [in_stock, insured]
        kinds: [camera]
        other_than: [check]
        reason: required
      - {do: return, zh: 归还, en: Return, from: lent, to: back, by: [borrower, keeper]}
      - {do: refuse, zh: 拒绝, en: Refuse, from: [asked, checked], to: refused,
         by: clerk, reason: required}
    approval:
      - {when: {amount_from: 0}, rungs: [{role: clerk, as: desk}]}
      - when: {amount_from: 5000}
        rungs: [{role: clerk, as: desk}, {role: keeper, as: store}]
        mode: all
      - when: {amount_from: 20000}
        rungs: [{role: keeper, as: store}, {role: keeper, as: dean}]
        mode: any
"""


@dataclass(frozen=True)
class Loan:
    """The facts of a loan."""

    in_stock: bool = True
    insured: bool = True


def in_stock(loan: Loan) -> Unmet | None:
    if loan.in_stock:
        return None
    return Unmet(say(N_("It is not in stock.")), say(N_("Wait until it is back.")))


def insured(loan: Loan) -> Unmet | None:
    if loan.insured:
        return None
    return Unmet(say(N_("It is not insured.")), say(N_("Insure it.")))


GUARDS: dict[str, Guard] = {"in_stock": in_stock, "insured": insured}
ROLES = frozenset({"clerk", "keeper", "borrower", "time"})


def loaded(text: str = TEXT) -> Workflow:
    return load(text.encode(), guards={"loan": GUARDS}, roles=ROLES)


def lending() -> LifecycleMachine:
    return build(loaded().lifecycles["loan"], GUARDS)
