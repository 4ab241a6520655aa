"""Trained weights: a manifest beside one array file a part, each checked by its digest before it is opened."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katanya.core.errors import ModelError

Array = NDArray[np.float32]

FORMAT = 1
MANIFEST = "manifest.json"
FIX = "install the package again, or train anew"


@dataclass(frozen=True)
class Weights:
    """A model read from its folder: its settings, its vocabulary and its arrays by name, in single precision."""

    settings: Mapping[str, Any]
    vocabulary: tuple[str, ...]
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        """Return an array; raises `ModelError` that names it where the model has none."""
        try:
            return self.arrays[name]
        except KeyError:
            raise ModelError(f"no array {name!r}", where=MANIFEST, fix=FIX) from None


def load_weights(folder: Path) -> Weights:
    """Read and check a model's folder; raises `ModelError` for a missing, foreign or changed file."""
    manifest = _manifest(folder)
    parts = {name: _part(folder / name, digest) for name, digest in manifest["parts"].items()}
    arrays: dict[str, Array] = {}
    for name, raw in parts.items():
        if name.endswith(".npz"):
            arrays |= _arrays(raw, folder / name)
    vocabulary = parts.get("vocabulary.txt", b"").decode("utf-8").split("\n")[:-1]
    return Weights(manifest["settings"], tuple(vocabulary), arrays)


def save_weights(
    folder: Path, settings: Mapping[str, Any], vocabulary: tuple[str, ...], parts: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write a model: arrays in half precision, a part a file, and the manifest with their digests."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"vocabulary.txt": "".join(f"{word}\n" for word in vocabulary).encode()}
    for part, arrays in parts.items():
        buffer = io.BytesIO()
        half: dict[str, Any] = {name: np.asarray(array, np.float16) for name, array in sorted(arrays.items())}
        np.savez(buffer, **half)  # its members carry no time: equal arrays make equal files
        files[f"{part}.npz"] = buffer.getvalue()
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in sorted(files.items())}
    manifest = {"format": FORMAT, "settings": dict(settings), "parts": digests}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(f"no readable manifest: {error}", where=str(path), fix=FIX) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError("not a model of this format", where=str(path), fix=FIX)
    parts, settings = manifest.get("parts"), manifest.get("settings")
    if not isinstance(parts, dict) or not isinstance(settings, dict) or any(Path(name).name != name for name in parts):
        raise ModelError("parts or settings are malformed", where=str(path), fix=FIX)
    return manifest


def _part(path: Path, digest: str) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot be read: {error}", where=str(path), fix=FIX) from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise ModelError("the file is not the one that the manifest names", where=str(path), fix=FIX)
    return raw


def _arrays(raw: bytes, path: Path) -> dict[str, Array]:
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as members:
            return {name: members[name].astype(np.float32) for name in members.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"not an array file: {error}", where=str(path), fix=FIX) from error
