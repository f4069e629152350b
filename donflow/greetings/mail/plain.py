"""The greeting as plain text, for whoever reads mail without pages or pictures."""

from __future__ import annotations

from donflow.greetings.mail.letter import OPT_OUT_WORDS, MailLetter, Sender

RULE = "─" * 16


def plain_text(letter: MailLetter, sender: Sender) -> str:
    """All words of the page in the same order, a paragraph a line."""
    foot = ["".join(OPT_OUT_WORDS)]
    if sender.opt_out_page:
        foot.append(f"也可以在这里退订：{sender.opt_out_page}")
    addressed = [letter.head] if letter.head else []
    verse = [f"　　{letter.verse}", f"　　——{letter.source}"] if letter.verse else []
    parts = (
        (*addressed, f"{letter.salutation}："),
        *([verse] if verse else []),
        [f"　　{line}" for line in letter.lines],
        letter.signature,
        (RULE, *foot),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
