"""Any input through one door: files, archives, tables and folders as streams of items that know where they stand."""

from katanya.batch.inputs.base import Chunk, Item, Kind, Manner, Place
from katanya.batch.inputs.known import known_by
from katanya.batch.inputs.opened import Given, Input, files
from katanya.readers.columns import Said

__all__ = ["Chunk", "Given", "Input", "Item", "Kind", "Manner", "Place", "Said", "files", "known_by"]
