"""What a file is known by: cheap to tell however large it is."""

from hashlib import sha256
from pathlib import Path

from katanya.core.errors import InputError

BLOCKS, BLOCK = 32, 4096  # how many blocks of how many bytes tell a file from another of its size


def known_by(path: Path) -> tuple[int, str]:
    """Return the size of a file in bytes, and a digest of it: of blocks from its first to its last, small files whole.

    A change inside a large file that leaves its length is seen where a block lies, and in all blocks behind it where
    the file is packed. Raises `InputError` where it cannot be read.
    """
    hashed = sha256()
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            few = size <= BLOCKS * BLOCK
            for start in range(0, size, BLOCK) if few else ((size - BLOCK) * n // (BLOCKS - 1) for n in range(BLOCKS)):
                file.seek(start)
                hashed.update(file.read(BLOCK))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    return size, hashed.hexdigest()[:16]
