"""What one run of the outbox did, for people and as JSON."""

from __future__ import annotations

from donflow.cli.naming_letters import BRAKES, HOLDS
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside
from donflow.errors import N_, say
from donflow.lifecycle.delivering import HELD_COPY, HELD_RESTORED, Outbox
from donflow.outbox.holding import OLDER
from donflow.post.reply import Outcome

RELEASED_BY = {
    HELD_RESTORED: N_("If this is the office now: donflow instance release --yes"),
    HELD_COPY: N_("If this is the office now: donflow instance release --yes"),
    OLDER: N_("To let go what surely never left: donflow greeting release"),
}


def counts_of(done: Outbox) -> dict[str, object]:
    """The numbers of the letters by what became of them."""
    delivered, readied = done.delivered, done.readied
    silenced = {reason: list(ids) for reason, ids in readied.silenced.items()}
    late = silenced.pop("late", [])
    waits = (Outcome.NOT_BEGUN, Outcome.LATER, Outcome.BODY_NOT_TAKEN)
    return {
        "held_why": done.why_held,
        "brake": done.brake,
        "planned": done.planned.letters if done.planned else 0,
        "ready": list(readied.ready),
        "sent": delivered.of(Outcome.ACCEPTED),
        "retry_wait": [number for outcome in waits for number in delivered.of(outcome)],
        "refused": delivered.of(Outcome.REFUSED),
        "in_doubt": [*done.recovered.found.get("doubt", ()), *delivered.of(Outcome.IN_DOUBT)],
        "suppressed": silenced,
        "expired": late,
        "held": list(done.held),
        "proven": [*readied.proven, *delivered.of("proven")],
        "failed": [
            *readied.failed,
            *delivered.of("failed"),
            *delivered.of("not_written"),
        ],
        "failed_steps": list(done.failed),
        "without_server": done.without_server,
    }


def tell_outbox(shell: Shell, done: Outbox) -> None:
    """In sentences: what went, what waits for a person, what was silenced."""
    if done.brake is not None:
        message = say(N_("No letter goes: {why}."), why=say(BRAKES[done.brake]))
        tell_beside(
            shell,
            "clock_brake",
            message,
            say(N_("If the time is right now: donflow greeting release --clock")),
        )
        return
    if done.why_held is not None:
        message = say(N_("No letter goes: {why}."), why=say(HOLDS[done.why_held]))
        tell_beside(shell, "letters_held", message, say(RELEASED_BY[done.why_held]))
        return
    counts = counts_of(done)
    tell(
        shell,
        N_("Letters: {planned} planned, {sent} handed over, {later} to be tried again."),
        planned=counts["planned"],
        sent=_count(counts["sent"]) - done.digests_sent,
        later=_count(counts["retry_wait"]),
    )
    tell(
        shell,
        N_("Not sent: {suppressed} silenced, {expired} too late, {refused} refused."),
        suppressed=sum(map(len, done.readied.silenced.values())) - _count(counts["expired"]),
        expired=_count(counts["expired"]),
        refused=_count(counts["refused"]),
    )
    if done.digests_sent:
        tell(shell, N_("Digests of the day to colleagues: {count}."), count=done.digests_sent)
    if doubtful := _count(counts["in_doubt"]):
        tell(
            shell,
            N_("In doubt: {count}. See them: donflow greeting queue --state in_doubt"),
            count=doubtful,
        )
    if held := len(done.held):
        tell(shell, N_("Held: {count}. Let them go: donflow greeting release"), count=held)
    if done.without_server:
        tell_beside(
            shell,
            "no_mail_server",
            say(
                N_("{count} letters by mail cannot go: no mail server is set."),
                count=done.without_server,
            ),
            say(
                N_(
                    "Name host, user and from_address under [mail] in donflow.toml; then:"
                    " donflow doctor --mail"
                )
            ),
        )
    if failed := _count(counts["failed"]) + len(done.failed):
        tell(shell, N_("Failed: {count}; the log has a line for each."), count=failed)


def _count(numbers: object) -> int:
    return len(numbers) if isinstance(numbers, list) else 0
