"""Early hours that are told behind a night: they are those of the next day."""

from datetime import date

from katanya.normalise.times import calendar
from katanya.normalise.times.readings import Origin, Scene
from katanya.normalise.times.shapes import Match

DAWN = 6 * 60  # minutes; what is told of later hours may be of the same day
BACK = 8  # tokens back to a word that goes back behind what was told


def morning_after(match: Match, scene: Scene, first: int, origin: Origin | None) -> date | None:
    """Return the day of a time of day that is counted from another time; ``first`` is its first minute.

    Hours before dawn follow the night that was told, unless words go back or they would lie behind the publication.
    """
    if origin is None or not origin.late or first >= DAWN:
        return origin.day if origin else None
    if not scene.ends(match) and _goes_back(match):
        return origin.day
    return after_night(scene, origin.day, scene.ends(match))


def after_night(scene: Scene, night: date, sure: bool = False) -> date:
    """Return the day after a night, the same day where that would be ahead of a publication that the night is not."""
    after = calendar.moved(night, calendar.DAY, 1) or night
    return night if not sure and scene.day is not None and night <= scene.day < after else after


def _goes_back(match: Match) -> bool:
    back = match.lexicon.members["back"]
    return any(match.code[index] in back for index in range(max(match.begin - BACK, 0), match.begin))
