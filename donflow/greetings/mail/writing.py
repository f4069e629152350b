"""The words of a greeting put into a mail: its subject, who sends it, what its card shows."""

from __future__ import annotations

from datetime import datetime

from donflow.domain.occasions import Kind, Occasion
from donflow.greetings.mail.letter import Card, MailLetter, Sender
from donflow.greetings.wording import Words
from donflow.settings import Settings


def mail_letter(
    occasion: Occasion,
    words: Words,
    settings: Settings,
    *,
    message_id: str,
    written_at: datetime,
    recipient: str,
    card: bytes | None,
) -> MailLetter:
    """One letter, all its parts chosen; `card` is the card as a PNG."""
    day = f"{words.day_text}（农历{words.lunar_text}）" if words.lunar_text else words.day_text
    *above, salutation = words.addressed
    return MailLetter(
        message_id=message_id,
        written_at=written_at,
        recipient=recipient,
        subject=f"{_subject(occasion)}｜{settings.university}{settings.school}",
        head="".join(above),
        salutation=salutation,
        verse=words.verse.text if words.verse else "",
        source=words.verse.source if words.verse else "",
        lines=words.lines,
        signature=(*words.signature, day),
        card=None if card is None else Card(card, _shown(words)),
        happy=words.happy,
    )


def sender_of(settings: Settings) -> Sender:
    """The office as `[mail]` names it, else by its own name."""
    name = settings.mail.from_name or settings.office or f"{settings.school}校友工作办公室"
    return Sender(settings.mail.from_address, name, settings.mail.unsubscribe)


def _subject(occasion: Occasion) -> str:
    match occasion.kind:
        case Kind.THANKS:
            return "感谢您的支持"
        case Kind.BIRTHDAY:
            return "生日祝福"
        case Kind.MILESTONE:
            return f"{occasion.zh}致意"
    return f"{occasion.zh}问候"


def _shown(words: Words) -> str:
    """For whoever cannot see the card; the words stand beside it and are not said twice."""
    verse = f"，题有“{words.verse.text}”" if words.verse else ""
    return f"{words.title}贺卡{verse}" if words.happy else f"{words.title}卡片{verse}"
