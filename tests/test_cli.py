import csv
import io
import json
import os
import pty
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import katanya
from katanya.cli.main import app
from samples import TEXT

RUNNER = CliRunner()
PAGE = f"""<!DOCTYPE html><html lang="id"><head><title>Jembatan Gantung Ditutup</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Jembatan Gantung Ditutup",
"datePublished": "2025-06-03T08:00:00+07:00", "publisher": {{"name": "Kabar Tirta"}}}}</script></head>
<body><article><h1>Jembatan Gantung Ditutup</h1>
{"".join(f"<p>{line}</p>" for line in TEXT.splitlines())}
</article></body></html>"""


@pytest.fixture
def news(tmp_path):
    """An article in a file."""
    path = tmp_path / "jembatan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments, **more):
    """Run the command in this process."""
    return RUNNER.invoke(app, [str(argument) for argument in arguments], **more)


def shell(*arguments, **more):
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "katanya", *map(str, arguments)], capture_output=True, **more
    )


def test_read_shows_who_said_what(news):
    """`read` shows each statement with its speaker; piped it is plain text without escapes."""
    shown = run("read", news)
    assert shown.exit_code == 0
    assert "Rini Wulandari" in shown.stdout
    assert "“Kayunya lapuk" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_read_takes_standard_input(news):
    """A dash is standard input, and gives what the file gives."""
    assert run("read", "-", input=TEXT).stdout == run("read", news).stdout


def test_read_takes_a_page(tmp_path):
    """A page is read with its title, outlet and date."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    record = json.loads(run("read", path, "--format", "json").stdout)
    assert (record["title"], record["outlet"]) == ("Jembatan Gantung Ditutup", "Kabar Tirta")
    assert record["published"].startswith("2025-06-03")
    assert record["statements"]


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_read_json_is_the_record(news, format):
    """The JSON formats give the record of the contract."""
    record = json.loads(run("read", news, "--format", format, "--published", "2025-06-03").stdout)
    assert record == katanya.Reader().read(TEXT, published="2025-06-03").to_dict() | {
        "id": "jembatan",
        "language": record["language"],
    }


def test_read_csv_has_a_row_for_each_statement(news):
    """The CSV has a row for each statement."""
    rows = list(csv.DictReader(io.StringIO(run("read", news, "--format", "csv").stdout)))
    assert len(rows) == len(katanya.read(TEXT).statements)


def test_read_html_to_a_file(news, tmp_path):
    """With -o the page goes to a file and nothing is printed."""
    shown = run("read", news, "--format", "html", "-o", tmp_path / "page.html")
    assert (shown.exit_code, shown.output) == (0, "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_read_says_why(news):
    """With --why each statement shows the rules it was read by."""
    assert run("read", news, "--why").stdout.count("because ") == len(katanya.read(TEXT).statements)


BAD = {
    "empty": (b"", 3, "empty"),
    "white space": (b" \n\t\n", 3, "empty"),
    "binary": (b"\x7fELF\x00\x01\x02" * 100, 3, "binary"),
    "NUL bytes": (b"Camat\x00\x00\x00 berkata", 3, "binary"),
    "a page without an article": (b"<!DOCTYPE html><html><body><p>Halo</p></body></html>", 3, "no article"),
    "UTF-16": (TEXT.encode("utf-16"), 0, ""),
    "Latin-1": ("Café Tirta, kata Rini, \xabditutup\xbb.".encode("latin-1"), 0, ""),
    "no statement": (b"Hujan turun sejak pagi.", 0, ""),
}


@pytest.mark.parametrize(("data", "code", "says"), BAD.values(), ids=BAD)
def test_bad_input_has_a_reason_or_a_plain_result(tmp_path, data, code, says):
    """Input that cannot be read gives a reason in one line and exit code 3; all else a plain result."""
    path = tmp_path / "input"
    path.write_bytes(data)
    shown = run("read", path)
    assert shown.exit_code == code
    assert says in shown.stderr
    assert shown.stderr.count("\n") == (1 if code else 0)
    assert "Traceback" not in shown.output


FAULTS = {
    "no such file": (["read", "nowhere.txt"], 1, "nowhere.txt: no such file (give"),
    "a folder": (["read", "."], 1, ".: is a folder"),
    "a file as a folder": (["read", "jembatan.txt/page.html"], 1, "no such file"),
    "a name too long": (["read", "a" * 300], 1, "cannot be read: File name too long"),
    "a device": (["read", "/dev/null"], 1, "is a device"),
    "no such model": (["read", "FILE", "--model", "nowhere"], 1, "no model 'nowhere'"),
    "a folder without a model": (["read", "FILE", "--model", "."], 1, "no model '.'"),
    "an encoder for PFSA-ID": (
        ["train", "--data", ".", "--out", "out", "--profile", "pfsa-id", "--encoder", "taught.pt"], 2,
        "--encoder and --ablations belong to the profile default, not to pfsa-id",
    ),
    "ablations for PFSA-ID": (
        ["train", "--data", ".", "--out", "out", "--profile", "pfsa-id", "--ablations"], 2, "profile default",
    ),
    "no output folder": (["read", "FILE", "-o", "no/where.txt"], 1, "no/where.txt: cannot be written"),
    "unknown format": (["read", "FILE", "--format", "pdf"], 2, "pdf"),
    "unknown command": (["reed"], 2, "reed"),
    "no arguments to read": (["read"], 2, "FILE"),
    "extract without output": (["extract", "FILE"], 2, "--output"),
    "no workers": (["extract", "FILE", "-o", "out.jsonl", "-w", "0"], 2, "workers"),
    "extract from nowhere": (
        ["extract", "nowhere.jsonl", "-o", "out.jsonl"],
        1,
        "nowhere.jsonl: no such file",
    ),
    "gold is no JSON": (["evaluate", "FILE"], 1, "jembatan.txt:1"),
    "no gold": (["evaluate", "nowhere.jsonl"], 1, "nowhere.jsonl: cannot be read"),
}


@pytest.mark.parametrize(("arguments", "code", "says"), FAULTS.values(), ids=FAULTS)
def test_faults_say_what_and_where(news, monkeypatch, arguments, code, says):
    """A command that cannot be done says what is wrong and where, with a documented exit code."""
    monkeypatch.chdir(news.parent)
    shown = run(*(news.name if argument == "FILE" else argument for argument in arguments))
    assert shown.exit_code == code
    assert says in shown.stderr
    assert "Traceback" not in shown.output


@pytest.mark.parametrize("name", ["news.jsonl", "news.JSONL.gz", "news.json", "news"])
def test_read_of_json_lines_points_to_extract(tmp_path, name):
    """A file of JSON lines is refused by `read`, by its name or its content, with the command that reads it."""
    (tmp_path / name).write_text(json.dumps({"id": "a", "text": TEXT}), encoding="utf-8")
    shown = run("read", tmp_path / name)
    assert shown.exit_code == 1
    assert "katanya extract IN.jsonl -o OUT.jsonl" in shown.stderr


def test_rules_alone(news, tmp_path):
    """With `--model none` every command reads as a reader without a model does."""
    alone = katanya.Reader(model=None).read(TEXT).to_dict()["statements"]
    assert json.loads(run("read", news, "--model", "none", "-f", "json").stdout)["statements"] == alone
    gold = {"id": "a", "text": TEXT, "statements": alone}
    (tmp_path / "in.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "--model", "none")
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["statements"] == alone
    figures = json.loads(run("evaluate", tmp_path / "in.jsonl", "--model", "none", "--json").stdout)
    assert figures["attribution"]["f1"] == 1


def test_an_error_of_the_program_is_no_traceback(news, monkeypatch):
    """Even an error of the program itself is told in one line."""
    monkeypatch.setattr("katanya.render.terminal.view", None)
    shown = run("read", news)
    assert shown.exit_code == 1
    assert "please report" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_extract_reports_on_standard_error(tmp_path):
    """`extract` prints nothing but its report, and that beside the output."""
    lines = [json.dumps({"id": "a", "text": TEXT}), json.dumps({"id": "a", "text": TEXT}), "nonsense"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    shown = run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "2 articles read, 1 rejected" in shown.stderr
    assert "out.rejects.jsonl" in shown.stderr
    assert "id of an earlier one (a)" in shown.stderr


def test_extract_of_nothing_but_rejects_has_an_exit_code(tmp_path):
    """Where every article was rejected the exit code is 3."""
    (tmp_path / "in.jsonl").write_text("nonsense\n")
    assert run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl").exit_code == 3


@pytest.mark.parametrize("module", ["pandas", "pyarrow", "pyspark"])
def test_without_its_extra_the_engine_says_what_is_missing(news, tmp_path, module):
    """Where a package of the engine is not installed, one line names it and the extra."""
    hidden = (f"import sys; sys.modules[{module!r}] = None; "
              "sys.argv = ['katanya', *sys.argv[1:]]; from katanya.cli.main import main; main()")
    asked = ["extract", news, "-o", tmp_path / "out", "--engine", "spark"]
    done = subprocess.run([sys.executable, "-c", hidden, *asked], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert re.search(rf"the engine spark needs .*{module}.* \(pip install 'katanya\[spark\]'\)", done.stderr)
    assert done.stderr.count("\n") == 1


def test_version():
    """`version` prints the version of the package."""
    assert run("version").stdout == f"katanya {katanya.__version__}\n"


def test_a_reader_that_goes_away_is_no_error(news):
    """`katanya read … | head -1` ends quietly."""
    command = f"{sys.executable} -m katanya read {news} --format html | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True)
    assert done.stderr == b""


def on_a_terminal(news, **environment):
    """Return what the command prints on a terminal."""
    ours, theirs = pty.openpty()
    known = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLUMNS": "60", **environment}
    process = subprocess.Popen([sys.executable, "-m", "katanya", "read", str(news)], stdout=theirs, env=known)
    os.close(theirs)
    shown = b""
    while True:
        try:
            block = os.read(ours, 4096)
        except OSError:
            break
        shown += block
    process.wait()
    os.close(ours)
    return shown.decode()


def test_colours_on_a_terminal(news):
    """On a terminal there are colours, and lines are wrapped in their column."""
    shown = on_a_terminal(news)
    assert re.search(r"\x1b\[[\d;]*3\d", shown)
    assert all(len(line) <= 60 for line in re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines())


def test_no_color_is_honoured(news):
    """NO_COLOR takes the colours away."""
    assert not re.search(r"\x1b\[[\d;]*3\d", on_a_terminal(news, NO_COLOR="1"))


def documented():
    """Return each command and each of its options."""
    for command, function in commands().items():
        yield command
        for option in function:
            yield f"{command} {option}"


def commands():
    """Return the options of each command, as the command itself names them."""
    found = {}
    for command in ("read", "extract", "values", "evaluate", "version"):
        shown = run(command, "--help").stdout
        found[command] = [option for option in re.findall(r"--[a-z-]+", shown) if option != "--help"]
    return found


@pytest.mark.parametrize("name", sorted(set(documented())))
def test_every_command_and_option_is_documented(name):
    """The page on the command line names every command, and below it every option that it has."""
    page = (Path(__file__).parents[1] / "docs" / "command-line.md").read_text(encoding="utf-8")
    command, _, option = name.partition(" ")
    _, _, section = page.partition(f"## katanya {command}")
    assert section
    assert f"`{option}" in section.partition("\n## ")[0] or not option


def test_start_is_quick(news):
    """A text is read in less than 1.5 s of processor time, start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert shell("read", news).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.5


@pytest.mark.parametrize("module", ["pandas", "trafilatura", "py3langid", "rich.console"])
def test_a_text_needs_no_heavy_module(news, module):
    """What a plain text does not need is not imported for it."""
    code = (
        f"import sys; from katanya.cli.main import app; app(['read', {str(news)!r}], standalone_mode=False); "
    )
    code += f"sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0
