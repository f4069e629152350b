"""The words of a greeting as they stand on a card."""

from __future__ import annotations

from donflow.greetings.cards.lettering import CardWords
from donflow.greetings.wording import Words


def card_words(words: Words) -> CardWords:
    """The same words; of the verse's source only the author stands on a card."""
    verse = words.verse
    return CardWords(
        title=words.title,
        subtitle=words.lunar_text,
        verse=verse.text if verse else "",
        author=verse.source.partition("《")[0] if verse else "",
        salutation="\n".join(words.addressed) + "：",
        lines=words.lines,
        signature="　".join(words.signature),
        day=words.day_text,
    )
