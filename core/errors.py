"""Refusals: what the product says when it will not do a thing, each with its HTTP status and a sentence for people."""


class Refusal(Exception):
    """Something that was asked for and is not done; `sentence` tells the person why and what to do."""

    status = 400

    def __init__(self, sentence: object = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Invalid(Refusal):
    """The input cannot be accepted as it is. `field` names the form field it belongs to, if any."""

    status = 422

    def __init__(self, sentence: object = "", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(Refusal):
    """The person may see the thing but may not do this to it."""

    status = 403


class NotFound(Refusal):
    """The thing is not there, or is not this person's to see: the two look the same."""

    status = 404


class WrongState(Refusal):
    """The thing is in a state in which this cannot be done."""

    status = 409


class Conflict(Refusal):
    """Somebody else changed the thing, or took the place, in the meantime."""

    status = 409


class Gone(Refusal):
    """The thing was here once: a closed posting, an expired or used private link."""

    status = 410


class TooLarge(Refusal):
    """More was sent than is accepted."""

    status = 413
