"""The commands that read, import and print races."""

from race.commands.files import import_files
from race.commands.prints import print_command
from race.commands.read import read
from race.commands.schema import schema

COMMANDS = (import_files, read, print_command, schema)
