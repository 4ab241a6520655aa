"""The reading under ``spark-submit``: the recipe of docs/scale.md, with an environment that is sent to the workers."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from katanya.batch.extract import Form, extract
from katanya.cli.main import app

DOC = Path(__file__).parents[2] / "docs" / "scale.md"
RECIPE = re.compile(r"^echo .+?^\$SPARK_HOME/bin/spark-submit .+?--engine spark$", re.MULTILINE | re.DOTALL)
TEXT = 'Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup. "Kayunya sudah lapuk," kata Rini, Selasa (3/6/2025).'
SPARK = find_spec("pyspark")
needs_spark = pytest.mark.skipif(SPARK is None or not shutil.which("java"), reason="Spark needs Java and pyspark")


@pytest.fixture
def place(tmp_path):
    """A folder with articles, an environment that is this one, and a cluster of one worker beside the driver."""
    articles = ({"id": f"n{n}", "text": TEXT * (n % 4)} for n in range(12))
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, articles)))
    (tmp_path / "katanya-env" / "bin").mkdir(parents=True)
    python = tmp_path / "katanya-env" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    with tarfile.open(tmp_path / "katanya-env.tar.gz", "w:gz") as archive:
        archive.add(python, "bin/python")
    home = tmp_path / "spark"  # the cluster writes below it
    (home / "conf").mkdir(parents=True)
    for part in Path(SPARK.origin).parent.iterdir():
        (home / part.name).symlink_to(part)
    (home / "conf" / "spark-defaults.conf").write_text("spark.master local-cluster[1,1,1024]\nspark.ui.enabled false\n")
    return tmp_path


def environment(**more):
    """Return the environment of a process that knows no Spark but what is given."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return plain | {name: str(value) for name, value in more.items()}


@needs_spark
def test_the_documented_recipe_reads_in_an_environment_that_is_sent(place):
    """Workers that have nothing but what the recipe sends them write the rows of a run on one machine."""
    (recipe,) = RECIPE.findall(DOC.read_text())
    assert "paths…" in recipe
    assert "s3a://bucket/statements" in recipe
    recipe = recipe.replace("paths…", "news.jsonl").replace("s3a://bucket/statements", "statements")
    more = environment(SPARK_HOME=place / "spark")
    done = subprocess.run(
        ["bash", "-ec", recipe], cwd=place, env=more, capture_output=True, text=True, errors="replace", timeout=900
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert ", 1 slices, 0 of them before" in done.stdout  # Spark has the driver say everything there
    assert list((place / "spark" / "work").glob("app-*/0/environment/bin/python"))
    extract(place / "news.jsonl", place / "here", form=Form.PARQUET)
    there, here = (pq.read_table(place / out / "articles").drop_columns(["shard"]) for out in ("statements", "here"))
    assert there.sort_by("source").to_pylist() == here.sort_by("source").to_pylist()


@pytest.mark.skipif(SPARK is None, reason="pyspark is not installed")
def test_without_java_the_engine_says_so(tmp_path):
    """Where Spark does not start, one line says what it needs."""
    (tmp_path / "news.jsonl").write_text(json.dumps({"text": TEXT}))
    asked = ["extract", "news.jsonl", "-o", "out", "--engine", "spark", "--master", "local[1]"]
    done = subprocess.run(
        [sys.executable, "-m", "katanya", *asked], cwd=tmp_path, env=environment(JAVA_HOME=tmp_path),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.search(r"^katanya: local\[1\]: Spark: .+ \(it needs Java 17 or later", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["s3a://bucket/statements", "hdfs://names:8020/statements", "hdfs:///statements"])
def test_an_address_to_write_to_stays_as_it_was_given(address):
    """The output of a cluster may be an address, with as many slashes as it has."""
    command = get_command(app).commands["extract"]
    asked = command.make_context("extract", ["news.jsonl", "-o", address, "--engine", "spark"])
    assert asked.params["output"] == address


@pytest.mark.parametrize("option", [["--workers", "2"], ["--restart"], ["--format", "jsonl"]], ids=lambda said: said[0])
def test_options_that_mean_nothing_on_a_cluster_are_refused(tmp_path, option):
    """What the engine would pass over in silence is told."""
    asked = ["extract", str(tmp_path), "-o", str(tmp_path / "out"), "--engine", "spark", *option]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"katanya: {option[0]}: is not for the engine spark")
