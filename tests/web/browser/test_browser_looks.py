"""Pictures of every page for people to look at: KATANYA_SHOTS names the folder that keeps them."""

import os
from pathlib import Path

import pytest

from .browsing import DESKTOP, PHONE, SHEET, charts_drawn, reading
from .places import PAGES

LOOKS = {
    "light": {"color_scheme": "light", "viewport": DESKTOP},
    "dark": {"color_scheme": "dark", "viewport": DESKTOP},
    "phone": {"color_scheme": "light", "viewport": PHONE, "device_scale_factor": 2, "is_mobile": True},
    "print": {"color_scheme": "light", "viewport": SHEET},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where pictures are kept."""
    named = os.environ.get("KATANYA_SHOTS")
    path = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_has_its_picture_taken(chromium, site, places, folder, look):
    """Each page is drawn whole in light, in dark, on a phone and on paper, with its charts."""
    with reading(chromium, site, **LOOKS[look]) as page:
        if look == "print":
            page.emulate_media(media="print", color_scheme="light")
        for name in PAGES:
            page.goto(places[name])
            charts_drawn(page)
            picture = folder / f"{name.replace(' ', '-')}-{look}.png"
            page.screenshot(path=picture, full_page=True, animations="disabled")
            assert picture.stat().st_size > 5_000
