"""The house as it stands: modules load by themselves, layers hold, and the engine speaks no language."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

import katanya
from katanya.lang.pack import REQUIRED, load_pack

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "katanya"
MODULES = sorted(module.name for module in pkgutil.walk_packages(katanya.__path__, "katanya."))
ORGANS = ("attribution", "pipeline", "core", "readers", "learned", "pfsa", "training", "normalise", "ledger")
ENGINE = sorted(path for organ in ORGANS for path in (HOUSE / organ).rglob("*.py"))
HEAVY = {"katanya.__main__"}  # it runs when imported
SHORTEST = 3
WORD_FILES = ("grammar", "sources", "pronouns")


@pytest.mark.parametrize("module", [name for name in MODULES if name not in HEAVY])
def test_every_module_loads(module: str) -> None:
    """Each module can be imported, where the extra that it needs is installed."""
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "katanya":
            raise
        pytest.skip(f"{missing.name} is not installed")


def test_the_package_loads_without_its_extras() -> None:
    """Importing the package loads no extra, no model and no organ that is not asked for."""
    code = (
        "import sys, katanya;"
        "print(*sorted(sys.modules.keys() & {'pandas', 'trafilatura', 'pyspark', 'fastapi', 'torch', 'rich', 'typer'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


def test_layers_hold() -> None:
    """The contract of layers in `pyproject.toml` is kept."""
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    if not command.exists():
        pytest.skip("import-linter is not installed")
    result = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Return the string constants of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.lineno, node.value


def words_of_the_languages() -> set[str]:
    """Return the words by which the rules of a language go: cues, grammar, sources, pronouns."""
    found: set[str] = set()
    for code in sorted(path.parent.name for path in (HOUSE / "lang").glob("*/cues.tsv")):
        pack = load_pack(code)
        found |= set(pack.cues)
        found |= {entry for name, entries in pack.lists.items() if name.startswith(WORD_FILES) for entry in entries}
    return {word for word in found if word.isalpha() and len(word) >= SHORTEST}


WORDS = words_of_the_languages()
# Strings that are words of a language and something else here.
ALSO_ENGLISH = {"data", "detail", "digital", "media", "video"}
# Modules that still hold words of a language; one that is mended leaves this list.
SPEAKING: set[str] = set()


def speaking(path: Path) -> pytest.param:
    """Name a module, and mark those that still have to be mended."""
    name = path.relative_to(HOUSE).as_posix()
    mark = pytest.mark.xfail(strict=True, reason="words that belong into the language pack") if name in SPEAKING else ()
    return pytest.param(path, id=name, marks=mark)


@pytest.mark.parametrize("path", [speaking(path) for path in ENGINE])
def test_the_engine_holds_no_word_of_a_language(path: Path) -> None:
    """No string of the engine is a word of a pack: what is asked about words is asked of the pack."""
    assert [(line, text) for line, text in strings(path) if text in WORDS - ALSO_ENGLISH] == []


FILES = {path.stem for path in (HOUSE / "lang").glob("*/*.toml")}
LIST = re.compile(rf"(?:{'|'.join(sorted(FILES))})\.[a-z_]+")

OPTIONAL = {"neighbours.languages"}  # only a language that has such neighbours lists them


def lists_asked_for() -> Iterator[tuple[str, str]]:
    """Return each word list that the engine names, in a call or in a table of lists, and where."""
    for path in ENGINE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        file = next((text for _, text in strings(path) if text in FILES), "")
        for node in ast.walk(tree):
            asked = node.value if isinstance(node, ast.Constant) else None
            if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and ast.unparse(node.values[0]) == "{FILE}":
                asked = f"{file}{getattr(node.values[1], 'value', '')}"
            if isinstance(asked, str) and LIST.fullmatch(asked):
                yield f"{path.relative_to(HOUSE).as_posix()}:{node.lineno}", asked


def test_the_engine_asks_only_for_lists_that_every_language_has() -> None:
    """A list that the engine asks for is one that the schema requires, so that a pack that loads can be used."""
    required = {f"{file}.{name}" for file, names in REQUIRED.items() for name in names}
    assert sorted({asked for _, asked in lists_asked_for()} - required - OPTIONAL) == []
