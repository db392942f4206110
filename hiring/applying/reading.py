"""What a résumé's own words say about its writer: likely name, e-mail, phone and links, to suggest and never to judge.

Wrong guesses are expected: the candidate reads each one before it is used. Says nothing rather than something unlikely.
"""

import re
from dataclasses import dataclass

from core.people.contact import ADDRESS, PHONE

READ_AT_MOST = 20_000  # characters: who somebody is stands at the beginning, or at the very end of a short text
LINKS_AT_MOST = 10
NAME_LINES = 8
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
_NUMBER = re.compile(r"(?<![\w.@/\-])\+?\(?\d[\d ().\-]{5,22}\d(?![\w@/])")
_NO_PHONE = re.compile(
    r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}(?:-\d)?|\d{5}-\d{3}|"  # tax, identity and postal numbers
    r"(?:19|20)\d\d *-+ *(?:19|20)\d\d|(?:19|20)\d\d[.\-]\d\d[.\-]\d\d|\d\d[.\-]\d\d[.\-](?:19|20)\d\d"  # years and days
)
_PHONE_WORD = re.compile(r"\b(?:tel(?:efone|ephone)?|fone|phone|cel(?:ular|l)?|mobile|m[oó]vel|whats ?app|contato)\b[^\d]{0,12}$", re.IGNORECASE)
_OTHER_WORD = re.compile(r"\b(?:cpf|cnpj|rg|cep|pis|ctps|nit|passport|passaporte|zip|ssn|crc|cnh|isbn|id)\b[^\d]{0,8}$", re.IGNORECASE)
_LINK = re.compile(
    r"(?<![\w@.])(?:https?://|www\.|(?:[a-z]{2,3}\.)?linkedin\.com/in/|github\.com/|gitlab\.com/|behance\.net/|lattes\.cnpq\.br/)[^\s<>\"'|,;]{2,200}",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:nome(?: completo)?|name|full name)\s*[:\-–]\s*", re.IGNORECASE)
_CUT = re.compile(r"\s[|•·–—\-]\s|[|•·,;(\t]|\s{3,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-.][^\W\d_]+)*\.?")
_PARTICLES = {"da", "de", "do", "das", "dos", "e", "di", "del", "della", "van", "von", "der", "den", "la", "le", "el", "bin", "al", "y"}
_NOT_NAMES = frozenset(
    """curriculum vitae currículo curriculo résumé resume cv dados pessoais personal details contact contato about sobre mim me perfil profile
    summary resumo objetivo objective professional profissional experience experiência experiencia education formação formacao skills habilidades
    competências gerente analista assistente auxiliar coordenador coordenadora diretor diretora engenheiro engenheira desenvolvedor desenvolvedora
    consultor consultora supervisor supervisora técnico técnica estagiário estagiária especialista vendedor vendedora professor professora advogado
    advogada contador contadora manager analyst assistant coordinator director engineer developer consultant specialist intern senior júnior pleno
    sênior designer officer rua avenida av são street road avenue brasil brazil janeiro horizonte portugal lisboa curitiba brasileiro brasileira
    solteiro solteira casado casada anos years page página phone telefone email e-mail linkedin github address endereço bank banco vendas sales
    the and of para com""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Found:
    """What was found; an empty text where nothing was."""

    name: str = ""
    email: str = ""
    phone: str = ""
    links: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """What there is, by the name it is suggested under."""
        each = {"name": self.name, "email": self.email, "phone": self.phone, "links": "\n".join(self.links)}
        return {name: value for name, value in each.items() if value}


def read_resume(text: str) -> Found:
    """Who a résumé in Portuguese or English seems to be from."""
    text = text[:READ_AT_MOST].replace("\x00", " ").replace("\u2010", "-").replace("\u2011", "-").replace("\u2013", "-").replace("\xa0", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Found(name=_name(lines), email=_email(text), phone=_phone(lines), links=_links(text))


def _email(text: str) -> str:
    found = (match.group().strip(".-") for match in _EMAIL.finditer(text))
    return next((address for address in found if len(address) <= 254 and re.match(ADDRESS, address)), "")


def _phone(lines: list[str]) -> str:
    """The first number said to be a phone, else the first that looks like one."""
    likely = ""
    for line in lines:
        for match in _NUMBER.finditer(line):
            number, before = match.group().strip(" .-"), line[: match.start()]
            digits = sum(character.isdigit() for character in number)
            if _NO_PHONE.fullmatch(number) or _OTHER_WORD.search(before) or not re.match(PHONE, number) or not 8 <= digits <= 15:
                continue
            if number.count("(") != number.count(")"):
                continue
            if _PHONE_WORD.search(before):
                return number
            if not likely and (number[0] in "+(" or (10 <= digits <= 13 and re.search(r"[ .\-]", number))):
                likely = number
    return likely


def _links(text: str) -> tuple[str, ...]:
    found = (match.group().rstrip(".)]}:!?") for match in _LINK.finditer(text))
    whole = (link if link.lower().startswith("http") else f"https://{link}" for link in found)
    return tuple(dict.fromkeys(whole))[:LINKS_AT_MOST]


def _name(lines: list[str]) -> str:
    for line in lines[: NAME_LINES * 5]:
        label = _LABEL.match(line)
        if label and (name := _as_name(line[label.end() :])):
            return name
    return next((name for line in lines[:NAME_LINES] if (name := _as_name(line))), "")


def _as_name(line: str) -> str:
    """The line, or its beginning, if it reads like a person's name; capitals throughout are written as usual."""
    words = _CUT.split(line.strip())[0].split()
    if not 2 <= len(words) <= 7 or any(not _WORD.fullmatch(word) for word in words):
        return ""
    if any(word.casefold().strip(".") in _NOT_NAMES for word in words) or words[0].casefold() in _PARTICLES:
        return ""
    if not all(word[0].isupper() or word in _PARTICLES for word in words) or sum(word.casefold() not in _PARTICLES for word in words) < 2:
        return ""
    if all(word.isupper() for word in words):
        words = [word.lower() if word.casefold() in _PARTICLES else _written(word) for word in words]
    return " ".join(words)[:200]


def _written(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
