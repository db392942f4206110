"""What makes two candidates look alike. Pure."""

from difflib import SequenceMatcher

import phonenumbers

from core.people.folding import folded

PARTICLES = {"da", "das", "de", "do", "dos", "e", "of", "van", "von"}
ALIKE = 0.85


def number_in_e164(phone: str, country: str) -> str:
    """A phone number as the whole world would dial it (ITU-T E.164), or nothing when it cannot be one.

    `country` (ISO 3166-1 alpha-2) is where a number without a country's code is from.
    """
    try:
        found = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(found) else ""


def nearly_the_same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same first and last name, an initial, a word left out, or a slip of the pen."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if _meets(first[0], second[0]) and _meets(first[-1], second[-1]):
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and all(any(_meets(word, each) for each in longer) for word in shorter):
        return True
    return SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio() >= ALIKE


def _words(name: str) -> list[str]:
    return [word for word in (part.strip(".,") for part in folded(name).split()) if word and word not in PARTICLES]


def _meets(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) if len(shorter) == 1 else SequenceMatcher(None, one, other).ratio() >= ALIKE
