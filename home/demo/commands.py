"""`flask demo load`: the demonstration bank, and as many more rows as a benchmark wants."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import today
from core.db import transaction
from home.demo.bulk import add_applications, add_onboardings, add_people
from home.demo.loading import NotEmpty, load

demo = AppGroup("demo", help="Data to try Trilha with.")


@demo.command("load")
@click.option("--people", default=0, help="Employ people until there are this many.")
@click.option("--applications", default=0, help="Add applications until there are this many.")
@click.option("--onboardings", default=0, help="Begin onboardings until this many people are in one, each with sixty tasks.")
@click.option("--sessions", default=0, help="Schedule shadowing until there are this many sessions; needs onboardings and people.")
@click.option("--seed", default=2026, show_default=True, help="The same seed gives the same data.")
@click.option("--force", is_flag=True, help="Add to a database that holds people.")
@click.option("--if-empty", is_flag=True, help="Do nothing, and say so, when the database holds people.")
def load_command(people: int, applications: int, onboardings: int, sessions: int, seed: int, force: bool, if_empty: bool) -> None:
    """Load one bank with 40 people, 8 postings, 60 applications, onboardings, courses and certificates."""
    if current_app.extensions["settings"].environment == "production":
        click.echo("Demonstration data has known passwords and is never loaded where TRILHA_ENV is production.")
        sys.exit(1)
    try:
        with transaction():
            world = load(day=today("America/Sao_Paulo"), seed=seed, force=force)
    except NotEmpty:
        click.echo("This database holds people already, so nothing was loaded." + ("" if if_empty else " Use --force to add to it all the same."))
        sys.exit(0 if if_empty else 1)
    with transaction():
        add_people(world, until=people)
        add_applications(world, until=applications)
        if onboardings or sessions:
            add_onboardings(world, until=onboardings, sessions=sessions)
    click.echo(f"Loaded Banco Aurora as of {world.today}. Sign in as recruiter@demo.trilha.test with the password trilha-demo.")
