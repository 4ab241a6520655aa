"""Places that speak or act: a capital or a palace that stands for its government."""

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack
from katanya.normalise.places.context import LOCATED
from katanya.normalise.places.mentions import Mention

GOVERNMENT, PLACE = "government", "place"
SEATED = frozenset({"capital", "palace"})
BACK = 3  # words between a dealing and the second of two governments


class RoleReader:
    """Tells a government from the place that it sits in."""

    def __init__(self, pack: Pack) -> None:
        cues = pack.cues.values()
        self._acting = pack.words("places.acting") | {cue.form for cue in cues if cue.voice == "active"}
        self._saying = {cue.form for cue in cues if cue.voice in ("bare", "preposition")}
        self._between = pack.words("places.between")
        self._dealings = pack.words("places.dealings")
        self._relating = pack.words("places.relating")
        self._seats = pack.words("places.seats")

    def read(self, tokens: Tokens, mention: Mention, partner: int) -> str:
        """Return what a place is in its sentence: a place, or the government that sits there.

        ``partner`` is where the last government ended: what is joined to it is another.
        """
        row = mention.row
        if row is None or mention.told or mention.left == LOCATED:
            return PLACE
        if row.kind not in SEATED and mention.form not in self._seats:
            return PLACE
        if self._acts(tokens, mention.last) or self._said(tokens, mention.first):
            return GOVERNMENT
        if row.kind not in SEATED:
            return PLACE
        joined = tokens.lower[partner : mention.first]
        paired = partner > 0 and len(joined) == 1 and joined[0] in self._relating
        return GOVERNMENT if paired or self._deals(tokens, mention.first) else PLACE

    def _acts(self, tokens: Tokens, last: int) -> bool:
        while last < len(tokens) and tokens.lower[last] in self._between:
            last += 1
        return last < len(tokens) and tokens.lower[last] in self._acting

    def _said(self, tokens: Tokens, first: int) -> bool:
        return first > 0 and tokens.lower[first - 1] in self._saying

    def _deals(self, tokens: Tokens, first: int) -> bool:
        at = first - 1
        while at >= max(first - BACK, 0) and tokens.lower[at] in self._relating:
            at -= 1
        return at >= 0 and tokens.lower[at] in self._dealings
