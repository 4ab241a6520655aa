"""``katanya train``: make the models anew from a folder of data."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from katanya.cli.shell import WRONG, fail


class Profile(StrEnum):
    """Which model to make."""

    DEFAULT = "default"
    PFSA_ID = "pfsa-id"


def train(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Holds data/ and gold/, or pfsa-id/.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the weights.")],
    profile: Annotated[Profile, typer.Option("--profile", help="Which model to make.")] = Profile.DEFAULT,
    encoder: Annotated[
        Path | None, typer.Option("--encoder", metavar="FILE", help="Go on from the taught.pt of an earlier run.")
    ] = None,
    ablations: Annotated[
        bool, typer.Option("--ablations", help="Measure for the card what each part is worth (default profile).")
    ] = False,
) -> None:
    """Train a model on this machine; the same data and version give the same weights."""
    if profile is Profile.PFSA_ID:
        if encoder or ablations:
            fail(f"--encoder and --ablations belong to the profile default, not to {profile.value}", WRONG)
        from katanya.training.pfsa import train_pfsa

        train_pfsa(data, out)
    else:
        from katanya.training.default import train_default

        train_default(data, out, encoder=encoder, ablations=ablations)
