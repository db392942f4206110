"""What home adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup

from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from home.views import bp as home

BLUEPRINTS: list[Blueprint] = [home]
NAVIGATION: list[NavigationEntry] = [NavigationEntry(_l("Home"), "home.mine", Right.WORK, "house")]
COMMANDS: list[AppGroup] = []
