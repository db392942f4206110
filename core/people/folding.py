"""Words without case and accents, as they are searched: "joao" finds João."""

import unicodedata


def folded(text: str) -> str:
    """The text in lower case, without accents, with single spaces."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return " ".join(plain.casefold().split())
