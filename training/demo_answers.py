"""How people of the demonstration answer a question of an exam: as the key says, or as somebody who does not know."""

from training.exams.paper import QuestionOnPaper
from training.items.models import BlankForm, Item, ItemKind


def answer_to(item: Item, asked: QuestionOnPaper, *, knows: bool) -> list[str]:
    """What is sent for the question as it stands on the paper. Needs `options`."""
    if item.kind is ItemKind.NUMERIC:
        return [item.answer if knows else "0"]
    if item.kind is ItemKind.SHORT_TEXT:
        return [item.options[0].text if knows else "não sei"]
    if item.kind is ItemKind.MATCHING:
        places = {text: place for place, text in enumerate(asked.rights, start=1)}
        pairs = [(str(option.public_id), places[option.partner]) for option in item.options if option.text]
        return [f"{left}:{place}" for left, place in pairs][: None if knows else 1]
    if item.kind is ItemKind.ORDERING:
        steps = [str(option.public_id) for option in item.options]
        return [f"{step}:{place}" for place, step in enumerate(steps if knows else reversed(steps), start=1)]
    if item.kind is ItemKind.FILL_IN:
        filled = [option for option in item.options if option.correct]
        return [f"{o.blank}:{o.public_id if o.form is BlankForm.LISTED else o.text}" for o in filled][: None if knows else 1]
    return [str(option.public_id) for option in item.options if option.correct is knows][: None if knows else 1]
