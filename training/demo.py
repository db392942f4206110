"""Demonstration data of training."""

from core.world import World


def load_demo(world: World) -> None:
    """Courses, rules and certificates of the demonstration."""
