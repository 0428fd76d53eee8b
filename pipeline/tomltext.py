"""TOML that a person has written, read so that whatever is wrong with it is one kind of error."""

from __future__ import annotations

import re
import tomllib
from typing import Any

# A name of so many parts is no name; tomllib takes time by their square, 55 s for 60,000.
_LONG_NAME = re.compile(r"^[ \t]*\[{0,2}[ \t]*(?:[\w\"'-]++[ \t]*+\.[ \t]*+){100}", re.MULTILINE)


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a text; TOMLDecodeError for all that is wrong with it.

    tomllib lets other errors through: for a number of more than 4,300 digits, and brackets 500 deep in each other.
    """
    if _LONG_NAME.search(text):
        raise tomllib.TOMLDecodeError("a name of more than a hundred parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("brackets within brackets, too deep to be read") from error
    except (ValueError, OverflowError) as error:
        raise tomllib.TOMLDecodeError(str(error)) from error
