"""What home adds to the application: its blueprints, navigation and commands."""

from flask import Blueprint
from flask.cli import AppGroup
from flask_babel import LazyString

from core.people.rights import Right
from core.web.i18n import _l
from core.web.navigation import NavigationEntry
from home.demo.commands import demo
from home.desk.views import bp as home
from home.groups.views import bp as groups
from home.people.coming_views import bp as coming_changes
from home.people.employment_views import bp as employment
from home.people.leave_views import bp as leaves
from home.people.views import bp as people
from home.setup.views import bp as setup

BLUEPRINTS: list[Blueprint] = [home, people, employment, coming_changes, leaves, groups, setup]
NAVIGATION: list[NavigationEntry] = [
    NavigationEntry(_l("Home"), "home.mine", Right.WORK, "house"),
    NavigationEntry(_l("People"), "people.directory", Right.SEE_PEOPLE, "people"),
    NavigationEntry(_l("Company"), "setup.company", Right.WRITE_POSTINGS, "building", _l("Administration")),
    NavigationEntry(_l("Departments"), "groups.departments", Right.CHANGE_EMPLOYMENT, "diagram-3", _l("Administration")),
    NavigationEntry(_l("Accounts"), "setup.people", Right.ADMINISTER, "person-gear", _l("Administration")),
]
COMMANDS: list[AppGroup] = [demo]
TASKS: list[str] = ["home.people.tasks"]
EVENTS: dict[str, LazyString] = {}
