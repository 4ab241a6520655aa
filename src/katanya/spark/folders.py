"""Small files in whatever file system Spark writes to: those of this machine, HDFS, a cloud's store."""

from typing import TYPE_CHECKING, Any

from katanya.core.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEW = ".new"  # how the name of a file ends that is being written


class Folder:
    """A folder at a path or address that Spark knows."""

    def __init__(self, spark: "SparkSession", path: str) -> None:
        context: Any = spark.sparkContext
        self._java: Any = context._jvm
        self._root = self._java.org.apache.hadoop.fs.Path(path)
        self._files = self._root.getFileSystem(context._jsc.hadoopConfiguration())

    def names(self, inside: str) -> list[str]:
        """Return the names in a folder of the folder, in order; none where there is no such folder."""
        path = self._path(inside)
        if not self._files.exists(path):
            return []
        return sorted(found.getPath().getName() for found in self._files.listStatus(path))

    def read(self, name: str) -> str:
        """Return what stands in a file."""
        stream = self._files.open(self._path(name))
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, name: str, text: str) -> None:
        """Write a file that takes its name when it is whole; raises `InputError` where it does not get it."""
        fresh, target = self._path(name + NEW), self._path(name)
        stream = self._files.create(fresh, True)
        stream.write(bytearray(text.encode()))
        stream.close()
        self._files.delete(target, False)
        if not self._files.rename(fresh, target):
            raise InputError("cannot be written", where=f"{self._root}/{name}", fix="let one run at a time write there")

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        self._files.delete(self._path(name), True)

    def _path(self, name: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(self._root, name)
