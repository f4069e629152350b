"""The commands of greetings, each imported when it is asked for."""

from __future__ import annotations

from typing import Final

from donflow.cli.commands import LazyGroup
from donflow.errors import N_

PLACES: Final = {
    "plan": ("donflow.cli.greeting_planning:plan", N_("Plan the letters of the days to come")),
    "queue": ("donflow.cli.greeting_queue:queue", N_("Letters that wait or stopped, with reasons")),
    "preview": ("donflow.cli.greeting_preview:preview", N_("Who will be greeted, and who will not and why")),
    "batches": ("donflow.cli.greeting_planning:batches", N_("Batches that wait for a person's word")),
    "approve": ("donflow.cli.greeting_planning:approve", N_("Let the letters of one occasion go")),
    "rhythm": ("donflow.cli.greeting_rhythm:rhythm", N_("Which segment is greeted on which occasion")),
    "wish": ("donflow.cli.greeting_people:wish", N_("How somebody wishes to be greeted")),
    "group": ("donflow.cli.greeting_people:group", N_("WeChat groups that are greeted as one")),
    "mourning": ("donflow.cli.greeting_people:mourning", N_("Days on which nobody is greeted")),
    "condolence": ("donflow.cli.greeting_people:condolence", N_("Condole with somebody; greetings pause")),
    "deliver": ("donflow.cli.greeting_delivery:deliver", N_("Hand over what is due")),
    "settle": ("donflow.cli.greeting_delivery:settle", N_("Say whether a doubtful letter arrived")),
    "release": ("donflow.cli.greeting_delivery:release", N_("Let held letters go, or end them")),
    "wechat": ("donflow.cli.greeting_wechat:wechat", N_("Greetings to send by WeChat, by hand")),
    "print": ("donflow.cli.greeting_paper:print_", N_("The print run of cards on paper")),
    "courier": ("donflow.cli.greeting_paper:courier", N_("The courier's sheet for letters on paper")),
    "sent": ("donflow.cli.greeting_sent:sent", N_("Write down that you handed letters over")),
    "posted": ("donflow.cli.greeting_sent:posted", N_("Write down that letters on paper were posted")),
    "skip": ("donflow.cli.greeting_sent:skip", N_("Leave a letter out, for a reason")),
    "resend": ("donflow.cli.greeting_delivery:resend", N_("Order that a letter goes once more")),
}  # fmt: skip

greeting = LazyGroup(
    "greeting",
    help=N_("Greetings through the years: planned, approved, handed over"),
    places=PLACES,
    no_args_is_help=True,
    example="donflow greeting preview --through 2027-02-28",
)
