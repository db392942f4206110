"""Pictures and sounds of questions: taken in, kept, replaced and taken away, with the words that stand for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from werkzeug.datastructures import FileStorage

from core.files.rules import IMAGE, SOUND, FileRule
from core.files.store import store_upload
from core.people.models import Person
from training.items.content import ItemDraft
from training.items.models import Item


class Media(StrEnum):
    """What a question may have beside its text."""

    PICTURE = "picture"
    SOUND = "sound"


RULES: Mapping[Media, FileRule] = {Media.PICTURE: IMAGE, Media.SOUND: SOUND}


@dataclass(frozen=True)
class Sent:
    """What was sent for a picture or sound: a file or none, and whether the one that is there goes."""

    upload: FileStorage | None = None
    drops: bool = False


def with_media(draft: ItemDraft, item: Item | None, sent: Mapping[Media, Sent], *, by: Person) -> ItemDraft:
    """The draft with its picture and sound: those just sent, else those the question has. Without one its words go too. Raises Invalid."""
    told: dict[str, int | str | None] = {}
    for media in Media:
        one, kept = sent.get(media, Sent()), None if item is None else getattr(item, f"{media}_id")
        if one.upload is not None and one.upload.filename:
            kept = store_upload(one.upload, accept=RULES[media], by=by, person=None, field=media.value).id
        elif one.drops:
            kept = None
        told[f"{media}_id"] = kept
        if kept is None:
            told[f"{media}_words"] = ""
    return replace(draft, **told)  # type: ignore[arg-type]
