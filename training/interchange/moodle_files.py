"""Files within a question of a Moodle XML file: the picture and the sound of its text are taken along, others are named."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from core.web.i18n import _
from training.interchange.moodle_parts import MoodleError
from training.interchange.questions import Attached, Question
from training.interchange.xml_tree import Element

PLACE = "@@PLUGINFILE@@/"
_IMAGE = re.compile(r"<img\b[^>]*>|!\[(?P<words>(?:\\.|[^\]\\])*)\]\((?P<place>[^)\s]+)\)", re.IGNORECASE)
_SOUND = re.compile(r"<(?:audio|source|a)\b[^>]*>(?:</audio>)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|href|alt|title)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg")
_SOUNDS = (".mp3", ".ogg", ".oga", ".wav")


def with_files(element: Element, question: Question) -> tuple[Question, list[str]]:
    """The question with the first picture and the first sound of its text, and a sentence on what is left behind. Raises MoodleError."""
    text = element.first("questiontext")
    picture, picture_mark = _first(text, _IMAGE, _PICTURES, "alt")
    sound, sound_mark = _first(text, _SOUND, _SOUNDS, "title")
    taken = {file.name for file in (picture, sound) if file is not None}
    left = sorted(set(_names(element)) - taken)
    notes = []
    if left:
        sentence = _("Files within the question are not taken over: %(names)s. Put them in again by hand.", names=", ".join(left))
        notes.append(sentence)
    words = question.text
    for mark in (picture_mark, sound_mark):  # in Markdown they still stand in the text
        words = words.replace(mark, "").strip() if mark else words
    return replace(question, picture=picture, sound=sound, text=words), notes


def _first(text: Element | None, tag: re.Pattern[str], endings: tuple[str, ...], words: str) -> tuple[Attached | None, str]:
    """The first file of the kind that the text shows, and what shows it."""
    files = {} if text is None else {file.attributes.get("name", ""): file for file in text.all("file")}
    for found in tag.finditer("" if text is None else text.words("text")):
        told = {name.lower(): unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(found.group())}
        if found.groupdict().get("place"):
            told = {"src": found["place"], "alt": re.sub(r"\\(.)", r"\1", found["words"])}
        name = unquote((told.get("src") or told.get("href") or "").removeprefix(PLACE))
        if name in files and name.lower().endswith(endings):
            return Attached(name, _content(files[name], name), told.get(words, "").strip()), found.group()
    return None, ""


def _content(file: Element, name: str) -> bytes:
    try:
        return b64decode("".join(file.text.split()), validate=True)
    except (Base64Error, ValueError) as error:
        raise MoodleError(_("The file “%(name)s” within it is not whole.", name=name)) from error


def _names(element: Element) -> Iterator[str]:
    if element.name == "file":
        yield element.attributes.get("name", "?")
    for child in element.children:
        yield from _names(child)
