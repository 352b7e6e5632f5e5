"""Draws the README's picture with the app itself: `python -m tests.picture`."""

import asyncio
import re
import tempfile
from pathlib import Path

from incident_console.app import IncidentApp
from tests.builders import make_desk
from tests.story import tell

PICTURE = Path(__file__).parent.parent / "docs" / "live.svg"


async def draw() -> str:
    """The live screen of an ordinary night, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incident = tell(desk)
        app = IncidentApp(desk, incident.id)
        async with app.run_test(size=(110, 30)) as pilot:
            await pilot.pause()
            await pilot.press(*"/dec", "tab", *"hotfix")
            await pilot.pause()
            picture = app.export_screenshot(title="Incident Console")
            return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)  # it must not fetch fonts


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()))
