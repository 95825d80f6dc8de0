"""Errors sorted by what the reader can do about them; each carries the exit code of the command line.

A message says what is wrong, where, what to do, and what was left as it was.
"""

from __future__ import annotations


class GciError(Exception):
    """Base of all errors that are meant for a person. The command line prints them without a traceback."""

    exit_code = 1


class Refused(GciError):
    """The data was refused: mend the input and send it again."""


class Blocked(GciError):
    """A gate or the sign-off said no: nothing was published; look at what it names."""


class WrongUsage(GciError):
    """The command or its parameters are wrong: call again, corrected."""

    exit_code = 2


class TryAgain(GciError):
    """A passing trouble (a busy file, a service that is down): the same call may go through later."""
