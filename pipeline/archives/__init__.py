"""Archives on this machine as input: a reader a format, which gives what lies in a file, with a place to go on from."""

from pipeline.archives.files import Archived, InputFile, Kind, Unit, find_inputs, read_archive
from pipeline.archives.items import AgencyFile, ArchivedPage, Broken, Item, PassedOver

__all__ = [
    "AgencyFile",
    "Archived",
    "ArchivedPage",
    "Broken",
    "InputFile",
    "Item",
    "Kind",
    "PassedOver",
    "Unit",
    "find_inputs",
    "read_archive",
]
