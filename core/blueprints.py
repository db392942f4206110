"""What the kernel adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup

from core.accounts.views import bp as accounts
from core.audit.commands import audit
from core.web.navigation import NavigationEntry

BLUEPRINTS: list[Blueprint] = [accounts]
NAVIGATION: list[NavigationEntry] = []
COMMANDS: list[AppGroup] = [audit]
