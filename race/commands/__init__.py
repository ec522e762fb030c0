"""The commands that read and import races."""

from race.commands.files import import_files
from race.commands.read import read
from race.commands.schema import schema

COMMANDS = (import_files, read, schema)
