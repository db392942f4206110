"""Words without case and accents, as they are searched: "joao" finds João."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
LONGEST = 60


def folded(text: str) -> str:
    """The text in lower case, without accents, with single spaces."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return " ".join(plain.casefold().split())


def words_of(name: str) -> list[str]:
    """The words of a name as they are searched, each once: "O'Neill-Souza" has three."""
    return list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(folded(name))))
