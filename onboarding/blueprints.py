"""What onboarding adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from onboarding.checklists.views import bp as checklists
from onboarding.shadowing.views import bp as shadowing
from core.web.navigation import NavigationEntry

BLUEPRINTS: list[Blueprint] = [checklists, shadowing]
NAVIGATION: list[NavigationEntry] = []
COMMANDS: list[AppGroup] = []
TASKS: list[str] = []
EVENTS: dict[str, LazyString] = {}
