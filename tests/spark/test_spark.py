"""The reading on Spark: the same rows as on one machine, committed once."""

import json
import shutil
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from katanya.batch.extract import Form, extract
from katanya.batch.slices import Means
from katanya.batch.tally import Tally
from katanya.core.errors import InputError, KatanyaError
from katanya.ledger.quotations.clusters import quotations as quotations_here
from katanya.ledger.quotations.versions import Version
from katanya.ledger.statistics import wilson

if not shutil.which("java"):
    pytest.skip("Spark needs Java", allow_module_level=True)
pytest.importorskip("pyspark", reason="pyspark is not installed")

from katanya.spark import extract as read
from katanya.spark.commits import extract_to
from katanya.spark.failures import told
from katanya.spark.quotations import quotations
from katanya.spark.reading import check_worker, cut
from katanya.spark.sessions import session
from katanya.spark.statistics import shares
from katanya.spark.summaries import tally

SAID = (
    'Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup. "Kayu penyangga jembatan itu sudah lapuk sejak '
    'musim hujan tahun lalu," kata Rini, Selasa (3/6/2025).',
    'Jembatan di Tirta ditutup. "Kayu penyangga jembatan itu sudah lapuk sejak musim hujan tahun lalu," ujar Camat '
    "Sukamaju Rini Wulandari.",
    "Kepala BPBD Tirta, Bagas Prakoso,\u00a0menyebut\u2003\n 12 rumah terendam banjir pada Rabu pagi.",
)
MEANS = Means(model=None)


@pytest.fixture(scope="module")
def spark():
    """A session on this machine, of two tasks at once."""
    found = session("local[2]")
    found.conf.set("spark.sql.shuffle.partitions", "2")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with 120 articles of two outlets, some of which cannot be read."""
    found = tmp_path_factory.mktemp("spark")
    rows = [
        {"id": f"n{n}", "outlet": f"Kabar {'AB'[n % 2]}", "date": f"2025-06-{n % 27 + 1:02}",
         **({"text": SAID[n % 3]} if n % 20 else {})}
        for n in range(120)
    ]  # fmt: skip
    (found / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return found


@pytest.fixture(scope="module")
def run_here(folder):
    """A run of this program by itself."""
    return extract(folder / "in.jsonl", folder / "here", form=Form.PARQUET, model=None)


@pytest.fixture(scope="module")
def here(folder, run_here):
    """The rows that this program writes by itself."""
    return pq.read_table(folder / "here" / "articles").drop_columns(["shard"])


def rows(path):
    """Return the rows below a folder, in one order, without their shard."""
    return pq.read_table(path).drop_columns(["shard"]).sort_by("source").to_pylist()


def test_a_run_on_spark_writes_the_same_rows(spark, folder, here):
    """Rows of a run on Spark are those of a run on this machine, rejects included."""
    parts = cut([str(folder / "in.jsonl")])
    done = extract_to(spark, parts, str(folder / "there"), MEANS)
    assert (done.slices, done.done, done.resumed) == (1, 1, 0)
    assert rows(folder / "there" / "articles") == here.sort_by("source").to_pylist()


def test_what_is_committed_is_not_read_again(spark, folder):
    """A run begun again leaves committed shards as they are; one that was not noted is written over, not doubled."""
    out = folder / "again"
    parts = cut([str(folder / "in.jsonl")])
    extract_to(spark, parts, str(out), MEANS)
    before = rows(out / "articles")
    assert extract_to(spark, parts, str(out), MEANS).resumed == 1
    for note in (out / "commits").iterdir():
        note.unlink()  # as if the driver had died between Spark's commit and its note
    assert extract_to(spark, parts, str(out), MEANS).resumed == 0
    assert rows(out / "articles") == before


def test_what_a_run_has_come_to_is_counted(spark, folder, run_here):
    """Articles, words, statements by kind and rejects by reason are those that a run on this machine tells."""
    assert tally(spark, str(folder / "there")) == run_here.tally
    assert tally(spark, str(folder / "nothing")) == Tally()


def test_a_note_that_a_kill_left_half_written_tells_nothing(spark, folder):
    """A note takes its name when it is whole: what stands there before that is passed over."""
    parts = cut([str(folder / "in.jsonl")])
    (folder / "half" / "commits").mkdir(parents=True)
    (folder / "half" / "commits" / f"{parts[0].shard}.json.new").write_text('{"version": "0.')
    assert extract_to(spark, parts, str(folder / "half"), MEANS).resumed == 0
    assert extract_to(spark, parts, str(folder / "half"), MEANS).resumed == 1


def test_an_input_that_is_cut_otherwise_now_is_told(spark, folder):
    """A file that has grown into other slices would stand there twice: the run is refused."""
    parts = cut([str(folder / "in.jsonl")])
    extract_to(spark, parts, str(folder / "grown"), MEANS)
    with pytest.raises(InputError, match=r"holds in\.jsonl with another of"):
        extract_to(spark, [replace(parts[0], of=2)], str(folder / "grown"), MEANS)


def test_an_input_of_other_content_now_is_told(spark, tmp_path):
    """A file that was replaced by another of its size is not taken for the one whose rows are there."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": SAID[0]}))
    extract_to(spark, cut([str(tmp_path / "in.jsonl")]), str(tmp_path / "out"), MEANS)
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "b", "text": SAID[0]}))
    with pytest.raises(InputError, match=r"holds in\.jsonl with another digest"):
        extract_to(spark, cut([str(tmp_path / "in.jsonl")]), str(tmp_path / "out"), MEANS)


def test_an_input_that_is_given_twice_is_read_once(spark, folder, here):
    """Tasks of one slice would write the same shard, and its rows twice."""
    done = extract_to(spark, 2 * cut([str(folder / "in.jsonl")]), str(folder / "twice"), MEANS)
    assert (done.slices, done.done) == (1, 1)
    assert rows(folder / "twice" / "articles") == here.sort_by("source").to_pylist()


NAMED = {
    "a b = c%41.jsonl": json.dumps({"id": "a", "text": SAID[0]}),
    "besok/é:ü#?{}.jsonl": "\ufeff" + "\r\n".join(json.dumps({"id": f"b{n}", "text": SAID[n]}) for n in range(3)),
    "besok/é;ü#?{}.jsonl": json.dumps({"id": "c", "text": SAID[2]}),
    f"{'panjang-' * 30}.jsonl": json.dumps({"id": "d", "text": SAID[2]}),
    "other.txt": "The mayor said on Tuesday that the bridge over the river would be closed to cars. " * 6,
    "blank.jsonl": "\n\n",
    "nothing.jsonl": "",
}


def test_inputs_of_any_name_and_with_nothing_in_them(spark, tmp_path):
    """Files of a folder are read as by one machine, whatever they are called; those without rows are done with, too."""
    for name, content in NAMED.items():
        (tmp_path / "masuk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "masuk" / name).write_bytes(content.encode())
    extract(tmp_path / "masuk", tmp_path / "here", form=Form.PARQUET, model=None)
    parts = cut([str(tmp_path / "masuk")])
    extract_to(spark, parts, str(tmp_path / "out"), MEANS)
    assert rows(tmp_path / "out" / "articles") == rows(tmp_path / "here" / "articles")
    assert extract_to(spark, parts, str(tmp_path / "out"), MEANS).resumed == len(NAMED)
    views = (tmp_path / "here" / "views.sql").read_bytes()
    assert (tmp_path / "out" / "views.sql").read_bytes() == views


def test_rows_that_a_kill_has_left_go_where_there_are_none_now(spark, folder, tmp_path):
    """A round that was not noted is not there any more, even where its input has come to hold nothing."""
    (tmp_path / "in.jsonl").write_text("\n")
    parts = cut([str(tmp_path / "in.jsonl")])
    left = tmp_path / "out" / "articles" / f"shard={parts[0].shard}"
    shutil.copytree(folder / "here" / "articles" / "shard=000000", left)
    assert extract_to(spark, parts, str(tmp_path / "out"), MEANS).done == 1
    assert not left.exists()


def test_rows_of_another_run_are_not_added_to(spark, folder, here, tmp_path):
    """A folder that this program has written by itself holds these rows already."""
    shutil.copytree(folder / "here", tmp_path / "out")
    with pytest.raises(InputError, match="holds rows of another run: articles/shard=000000"):
        extract_to(spark, cut([str(folder / "in.jsonl")]), str(tmp_path / "out"), MEANS)


def test_a_note_of_something_else_is_told(spark, folder, tmp_path):
    """A file that is no note is not passed over: it may be one that came to harm."""
    (tmp_path / "commits").mkdir()
    (tmp_path / "commits" / "a.json").write_text('{"version": ')
    with pytest.raises(InputError, match=r"commits/a\.json: is no note of this program"):
        extract_to(spark, cut([str(folder / "in.jsonl")]), str(tmp_path), MEANS)


def test_what_a_task_says_is_what_the_user_reads(spark, tmp_path):
    """Where the tasks of a slice fail, the run ends with their word, and nothing is noted."""
    (tmp_path / "in.jsonl").write_bytes(json.dumps({"id": "a", "text": SAID[0]}).encode("utf-16"))
    with pytest.raises(KatanyaError, match=r"in\.jsonl: is UTF-16, JSON lines are UTF-8 \(iconv"):
        extract_to(spark, cut([str(tmp_path / "in.jsonl")]), str(tmp_path / "out"), MEANS)
    assert not (tmp_path / "out" / "commits").exists()


ERRORS = {
    "of a task": ("It failed:\nTraceback:\n  File x\nkatanya.core.errors.InputError: a: is b\n", "a: is b"),
    "of Spark": ("\n[PATH_NOT_FOUND] no such path\nJVM stacktrace:\n", "Spark: [PATH_NOT_FOUND] no such path"),
    "without a word": ("", "Spark: it has ended"),
}


@pytest.mark.parametrize(("error", "words"), ERRORS.values(), ids=ERRORS)
def test_errors_of_spark_are_told_in_a_line(error, words):
    """Of what Spark raises one line is told: that of this program's own error where there is one."""
    assert told(error) == words


def test_a_worker_with_another_version_or_model_is_told():
    """A run is read by one version and one model, though workers have environments of their own."""
    with pytest.raises(InputError, match="a worker has another version or model than the driver"):
        check_worker("0.0.0", "none", MEANS)


def test_another_run_is_not_gone_on_with(spark, folder):
    """A folder that holds a run with another model is refused."""
    parts = cut([str(folder / "in.jsonl")])
    extract_to(spark, parts, str(folder / "other"), MEANS)
    with pytest.raises(InputError, match="holds a run with another model"):
        extract_to(spark, parts, str(folder / "other"), Means())


def test_a_table_is_read_row_by_row(spark, folder, here):
    """A table of articles gives the records that its rows hold, whatever its columns are called."""
    frame = spark.read.json(str(folder / "in.jsonl")).withColumnRenamed("text", "naskah").repartition(3)
    found = read(frame, columns={"text": "naskah"}, model=None).where("reason IS NULL").orderBy("id").collect()
    wanted = [row for row in here.sort_by("id").to_pylist() if not row["reason"]]
    assert [row.id for row in found] == [row["id"] for row in wanted]
    assert [[said.id for said in row.statements] for row in found] == [
        [said["id"] for said in row["statements"]] for row in wanted
    ]


def test_shares_are_counted_as_in_a_ledger(spark, folder, here):
    """Shares by a field count statements and articles, with the bounds of `katanya stats`."""
    found = shares(spark.read.parquet(str(folder / "here" / "articles")), "speaker").collect()
    said = [one["speaker"] for row in here.to_pylist() for one in row["statements"] or ()]
    assert {row.value: row.statements for row in found} == {name: said.count(name) for name in set(said)}
    for row in found:
        assert (row.low, row.high) == wilson(row.statements, len(said))


def test_quotations_are_those_of_one_machine(spark, folder, here):
    """Quotations found on a cluster have the versions that the ledger finds in the same statements."""
    found = quotations(spark.read.parquet(str(folder / "here" / "articles"))).orderBy("quotation", "number").collect()
    clusters = {}
    for row in found:
        clusters.setdefault(row.quotation, []).append((row.article, row.statement))
    versions = [
        Version(row["source"], one["id"], " ".join(span["text"] for span in one["contents"]),
                one["kind"] != "indirect", one["speaker"], True, None, row["dated"], row["outlet"])
        for row in here.to_pylist() for one in row["statements"] or () if one["within"] is None
    ]  # fmt: skip
    wanted = {tuple(version.key for version in one.versions) for one in quotations_here(versions)}
    assert wanted
    assert {tuple(members) for members in clusters.values()} == wanted
