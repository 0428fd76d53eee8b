"""Models on disk and on the hub: telling them apart, naming them, and saying plainly what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import DatelineError

CONFIGS = ("config.json", "gliner_config.json", "config.cfg")


def is_local(name: str) -> bool:
    """Is it a folder, or written like one ("./model", "/models/ner", "~/ner")? DatelineError when that is missing.

    "owner/model" that is no folder is a name on the hub.
    """
    path = Path(name)
    if path.is_dir():
        return True
    if path.is_absolute() or name.startswith((".", "~")):
        raise DatelineError(f"model {name}: there is no such folder")
    return False


def plain_name(name: str) -> str:
    """How a model is called in the version that is stored with what it found: a folder by its own name alone."""
    return Path(name).resolve().name if Path(name).is_dir() else name


def fingerprint(folder: Path) -> str:
    """The first letters of the hash of the model's configuration, "" when it has none: " (config 1a2b3c4d)"."""
    found = [folder / name for name in CONFIGS if (folder / name).is_file()]
    if not found:
        return ""
    return f" (config {sha256(b''.join(path.read_bytes() for path in found)).hexdigest()[:8]})"


@contextmanager
def wants(*packages: str, extra: str, model: str) -> Iterator[None]:
    """Around imports of an optional extra: DatelineError says which command installs it."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise DatelineError(f"{model}: {' and '.join(missing)} not installed: pip install 'dateline[{extra}]'")
    try:
        yield
    except ImportError as error:
        raise DatelineError(f"{model}: {error}; mend with: pip install 'dateline[{extra}]'") from error


@contextmanager
def library_errors(kind: str, name: str) -> Iterator[None]:
    """Around the loading of a model: what the library raises, as one line with the way out."""
    try:
        yield
    except DatelineError:
        raise
    except Exception as error:  # the hub's client raises its own kinds, and those of what it uses
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        if Path(name).is_dir():
            raise DatelineError(f"{kind}:{name}: the folder holds no model that can be loaded: {said}") from error
        raise DatelineError(
            f"{kind}:{name}: cannot be had from the hub: {said}; without network, give the folder of a downloaded "
            f"model: {kind}:/path/to/folder"
        ) from error
