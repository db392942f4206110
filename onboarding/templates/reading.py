"""Reading the YAML of a template: plain values only, every key known, and each mistake named with its place. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from core.errors import Invalid
from core.web.i18n import _

Member = TypeVar("Member", bound=StrEnum)
LARGEST, DEEPEST, MOST_TASKS = 300_000, 8, 300


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping; days and instants stay text."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        found = set()
        for key_node, _value in node.value:
            if key_node.value in found:
                twice = _("“%(key)s” stands here twice", key=key_node.value)
                raise yaml.MarkedYAMLError(problem=twice, problem_mark=key_node.start_mark)
            found.add(key_node.value if isinstance(key_node.value, str) else str(key_node.start_mark))
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(content: bytes) -> Any:
    """The plain values in the text. Raises Invalid with line and column for what is no sound YAML, and for what could grow without end."""
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than %(size)d kB.", size=LARGEST // 1000), field="file")
    try:
        text = content.decode("utf-8-sig")
        _insist_on_plain(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader of ours)
    except UnicodeDecodeError:
        raise Invalid(_("The file is not text in UTF-8."), field="file") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        sentence = _("Line %(line)d, column %(column)d: %(problem)s.", line=line, column=column, problem=error.problem or error.context or "?")
        raise Invalid(sentence, field="file") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Invalid(_("This is no YAML that can be read."), field="file") from None


def _insist_on_plain(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Invalid(_("Line %(line)d: anchors and aliases are not read here.", line=_line(event)), field="file")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Invalid(_("Line %(line)d: this is nested too deeply.", line=_line(event)), field="file")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


@dataclass(frozen=True)
class Part:
    """A mapping of the file and where it stands, such as "Task 3 (hello)"."""

    values: dict[str, Any]
    place: str

    def refuse(self, key: str, sentence: str) -> Invalid:
        """A refusal that names the place."""
        return Invalid(" ".join(filter(None, [_("%(place)s:", place=", ".join(filter(None, [self.place, key]))), sentence])), field="file")

    def text(self, key: str, *, needed: bool = False) -> str:
        """A text; a number is taken as it is written."""
        found = self.values.get(key)
        if found is None:
            if needed:
                raise self.refuse(key, _("this is missing."))
            return ""
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            raise self.refuse(key, _("a text is expected here."))
        return str(found).strip()

    def whole(self, key: str) -> int | None:
        """A whole number."""
        found = self.values.get(key)
        if found is not None and (isinstance(found, bool) or not isinstance(found, int) or abs(found) > 100_000):
            raise self.refuse(key, _("a whole number is expected here."))
        return found

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """True or false."""
        found = self.values.get(key, otherwise)
        if not isinstance(found, bool):
            raise self.refuse(key, _("true or false is expected here."))
        return found

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        found = self.values.get(key) or []
        if not isinstance(found, list) or any(isinstance(one, bool) or not isinstance(one, str | int | float) for one in found):
            raise self.refuse(key, _("a list of texts is expected here."))
        return [str(one).strip() for one in found]

    def member(self, key: str, kind: type[Member], otherwise: Member | None) -> Member:
        """One of a few words."""
        found = self.text(key, needed=otherwise is None)
        if not found and otherwise is not None:
            return otherwise
        if found not in set(kind):
            raise self.refuse(key, _("“%(found)s” is not one of: %(words)s.", found=found[:80], words=", ".join(kind)))
        return kind(found)

    def part(self, key: str, allowed: Collection[str]) -> "Part":
        """A mapping inside; an empty one when it is not there."""
        return part_of(self.values.get(key) or {}, ", ".join(filter(None, [self.place, key])), allowed)

    def parts(self, key: str, allowed: Collection[str], name: Any) -> "list[Part]":
        """A list of mappings inside; `name` gives each its place from its number and values."""
        found = self.values.get(key) or []
        if not isinstance(found, list) or len(found) > MOST_TASKS:
            raise self.refuse(key, _("a list of at most %(most)d entries is expected here.", most=MOST_TASKS))
        return [part_of(one, ", ".join(filter(None, [self.place, name(number, one)])), allowed) for number, one in enumerate(found, start=1)]


def part_of(values: Any, place: str, allowed: Collection[str]) -> Part:
    """The mapping, of which every key is known. Raises Invalid that names the one that is not."""
    part = Part({}, place)
    if not isinstance(values, dict):
        raise part.refuse("", _("a mapping of keys and values is expected here."))
    unknown = [str(key) for key in values if key not in allowed]
    if unknown:
        raise part.refuse("", _("“%(key)s” is not known here. Known are: %(known)s.", key=unknown[0][:80], known=", ".join(allowed)))
    return Part(values, place)
