"""Take the scripts that the reading room ships out of their npm packages, ``src/katanya/web/static/vendor/``.

    npm pack htmx.org@2.0.11 vega@6.4.0 vega-lite@6.4.3 vega-embed@7.3.0 vega-interpreter@2.3.2
    python tables/vendored.py .

Needs the packages in the folder that is named. What is shipped, and from where, is noted in ``manifest.json`` beside
the scripts, with SHA-256 of each file as packed and as shipped. All are as packed but the interpreter, which is packed
for bundlers alone: its import and export become those of a plain script.
"""

import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parent.parent / "src" / "katanya" / "web" / "static" / "vendor"


class Script(NamedTuple):
    """A file of a package: what it is called there, and the text that is put in place of another."""

    package: str
    version: str
    member: str
    instead: tuple[tuple[str, str], ...] = ()


SCRIPTS = (
    Script("htmx.org", "2.0.11", "dist/htmx.min.js"),
    Script("vega", "6.4.0", "build/vega.min.js"),
    Script("vega-lite", "6.4.3", "build/vega-lite.min.js"),
    Script("vega-embed", "7.3.0", "build/vega-embed.min.js"),
    Script("vega-interpreter", "2.3.2", "build/vega-interpreter.js", (
        ("import { ascending, isString, DisallowedObjectProperties } from 'vega-util';",
         "(function () {\nconst { ascending, isString, DisallowedObjectProperties } = globalThis.vega;"),
        ("export { expression as expressionInterpreter };",
         "globalThis.vega.expressionInterpreter = expression;\n}());"),
    )),
)  # fmt: skip
SOURCE_MAP = "//# sourceMappingURL="


def main(folder: Path) -> None:
    """Write the scripts, their licences and the manifest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    entries = [_ship(folder, script) for script in SCRIPTS]
    manifest = json.dumps({"scripts": entries}, indent=2) + "\n"
    (TARGET / "manifest.json").write_text(manifest, encoding="utf-8")


def _ship(folder: Path, script: Script) -> dict[str, str]:
    with tarfile.open(folder / f"{script.package}-{script.version}.tgz") as packed:
        original = _member(packed, script.member)
        licence = _member(packed, "LICENSE")
        about = json.loads(_member(packed, "package.json"))
    text = original.decode("utf-8")
    for words, others in script.instead:
        if text.count(words) != 1:
            raise SystemExit(f"{script.package}: not once in it: {words}")
        text = text.replace(words, others)
    # The maps are not shipped, and a browser would ask for them.
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(SOURCE_MAP)]
    shipped = "".join(lines).encode("utf-8")
    name = Path(script.member).name
    (TARGET / name).write_bytes(shipped)
    notice = f"{name.removesuffix('.js').removesuffix('.min')}.LICENSE.txt"
    (TARGET / notice).write_bytes(licence)
    return {
        "file": name,
        "package": script.package,
        "version": script.version,
        "member": script.member,
        "licence": about["license"],
        "licence_file": notice,
        "packed_sha256": hashlib.sha256(original).hexdigest(),
        "sha256": hashlib.sha256(shipped).hexdigest(),
    }


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    file = packed.extractfile(f"package/{name}")
    if file is None:
        raise SystemExit(f"{packed.name}: no file {name}")
    return file.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
