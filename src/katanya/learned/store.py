"""Where the trained models lie."""

from pathlib import Path

from katanya.core.errors import ModelError
from katanya.learned.weights import MANIFEST

HOME = Path(__file__).parent.parent / "models"


def model_folder(name: str | Path) -> Path:
    """Return the folder of a model, by its name in the package or by its own path; raises `ModelError`."""
    folder = HOME / name
    if not folder.is_dir() and Path(name).is_dir():
        folder = Path(name)
    if not (folder / MANIFEST).is_file():
        known = ", ".join(sorted(path.parent.name for path in HOME.glob(f"*/{MANIFEST}"))) or "none"
        raise ModelError(f"no model '{name}'", where=str(folder), fix=f"known: {known}")
    return folder
