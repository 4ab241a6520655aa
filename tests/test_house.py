"""What import-linter cannot say: languages are data, and the engine names none of them."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "src" / "katanya"
PACKS = [path for path in (HOUSE / "lang").iterdir() if path.is_dir() and path.name != "__pycache__"]
MODULES = sorted(HOUSE.rglob("*.py"))


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.name)
def test_a_language_is_a_folder_of_data(pack):
    """A language pack holds no code: a new language is a new folder, never a branch in the engine."""
    assert list(pack.rglob("*.py")) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_module_names_a_language(module):
    """No module refers to the folder of a language by name; packs are loaded by their code."""
    source = module.read_text(encoding="utf-8")
    assert not [pack.name for pack in PACKS if re.search(rf"\blang[./]{pack.name}\b", source)]
