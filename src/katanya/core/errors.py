"""Errors that say what went wrong, where, and the nearest fix."""


class KatanyaError(Exception):
    """Base of every error that this package raises on purpose.

    ``what`` names the fault, ``where`` the file, line or setting, ``fix`` the nearest thing to try.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(self.__str__())

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        fix = f" ({self.fix})" if self.fix else ""
        return f"{where}{self.what}{fix}"


class PackError(KatanyaError):
    """A language pack is missing, incomplete, or one of its tables breaks its schema."""


class ModelError(KatanyaError):
    """A trained model is missing, or one of its files is not the one that its manifest names."""


class InputError(KatanyaError):
    """An input as a whole cannot be opened or used: no such file, no permission, wrong format."""


class RecordError(KatanyaError):
    """A record does not have the form of the contract."""


class LedgerError(KatanyaError):
    """A ledger cannot be opened, is held by another writer, or does not allow what is asked of it."""


class HeldError(LedgerError):
    """A ledger is being written by somebody else just now."""


class TooLongError(LedgerError):
    """A question of a ledger was given up because its answer would take longer than it may."""


class NotThereError(LedgerError):
    """A ledger has no article, statement, person or correction of that name."""


class MissingExtra(KatanyaError):  # noqa: N818 - it reads as what it is
    """An optional dependency is not installed."""
