"""Finding what must not stand in an observation log: numbers that look like a client's CPF, CNPJ or card. Pure."""

import re

# 11 digits (CPF), 14 (CNPJ) or 16 (a card), however they are grouped
_NUMBERS = re.compile(r"(?<!\d)(?:\d[.\-/ ]?){10}\d(?!\d)|(?<!\d)(?:\d[.\-/ ]?){13}\d(?!\d)|(?<!\d)(?:\d[.\- ]?){15}\d(?!\d)")
_DOCUMENTS = re.compile(r"\d{3}\.\d{3}\.\d{3}-?\d{2}|\d{2}\.\d{3}\.\d{3}/?\d{4}-?\d{2}")


def names_a_client(text: str) -> bool:
    """Whether the text holds a number that looks like a CPF, CNPJ or card number."""
    return bool(_DOCUMENTS.search(text) or _NUMBERS.search(text))
