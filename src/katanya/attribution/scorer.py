"""Weighs drafts: how likely is it that a draft is a statement as it stands?"""

from katanya.attribution.drafts import Draft


class Scorer:
    """A linear model over the features of a draft."""

    def choose(self, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts that are more likely right than not."""
        return drafts
