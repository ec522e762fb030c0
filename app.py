"""Waypost, put together floor by floor: `create_app` makes the web application, `main` is the `waypost` command."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask

from base.commands import Commands, backup, doctor_, restore
from base.database import open_engine
from base.migrating import migrate
from base.serving import serve
from base.settings import Settings, flask_config, read_settings
from base.sharing import Wire
from base.web import Outside, provide, set_up
from demo.commands import demo
from demo.rehearsing import rehearse
from facts.store.writer import Writer
from maps.exchange.pictures import for_phones
from maps.live import Shown
from organize.live import FileReadings, Matters, Presence, Rehearsals
from organize.views import BLUEPRINTS as DESK_PAGES
from people.commands import invite_command
from people.live import Passwords
from people.views import BLUEPRINTS as PEOPLE_PAGES
from people.views import csrf
from phone.views import blueprint as phone_pages
from practice.views import BLUEPRINTS as PRACTICE_PAGES
from race.commands import COMMANDS as RACE_COMMANDS
from race.live.phones import Phones
from race.live.races import Live
from race.live.referee import Referee
from race.live.seals import Seals
from race.views import BLUEPRINTS as RACE_PAGES
from race.views import stay_abreast
from results.commands import COMMANDS as RESULT_COMMANDS
from results.live import Boards, Pages, Publications
from results.views import blueprint as result_pages


def create_app(
    settings: Settings | None = None, outside: Callable[[Callable[[], Any]], Any] = lambda work: work()
) -> Flask:
    """Return the web application. `outside` runs slow work where it does not stop the others."""
    settings = settings or read_settings()
    app = Flask(__name__)
    app.config.update(flask_config(settings))
    set_up(app)
    csrf.init_app(app)
    engine = open_engine(settings.database_url)
    migrate(engine)
    wire = Wire(settings.redis_url)
    live, publications, phones = Live(engine, wire.tell), Publications(engine), Phones(engine, wire.tell_of_phones)
    for part in (engine, live, publications, wire, Boards(publications), phones, Matters(phones)):
        provide(app, part)
    for empty in (Presence(wire.far), Rehearsals(), Seals(), FileReadings()):
        provide(app, empty)
    for slow in (Passwords(outside), Outside(outside), Pages(outside), Shown(outside, for_phones)):
        provide(app, slow)
    provide(app, Referee(live, Writer(engine, live.hear, outside)))
    if wire.far:
        stay_abreast(app)
    for blueprint in (*PEOPLE_PAGES, *RACE_PAGES, result_pages, phone_pages, *PRACTICE_PAGES, *DESK_PAGES):
        app.register_blueprint(blueprint)
    return app


@click.group(cls=Commands)
def main() -> None:
    """Run orienteering races with quizzes and team games."""


for command in (demo, rehearse, serve, invite_command, *RACE_COMMANDS, *RESULT_COMMANDS, backup, restore, doctor_):
    main.add_command(command)
