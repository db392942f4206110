"""Whose name staff are not shown for now: packages say who is called something else meanwhile."""

from collections.abc import Callable, Collection, Mapping

from flask import current_app

Concealing = Callable[[Collection[int]], Mapping[int, str]]  # of people, by inner key: those kept back, and what they are called


def called_meanwhile(people: Collection[int]) -> dict[int, str]:
    """Those of these people, by inner key, whose name is kept back, with what they are called."""
    rules: list[Concealing] = current_app.extensions["concealing"]
    return {key: called for rule in rules if people for key, called in rule(people).items()}
