"""Three palettes: night (the default, low glare), day, and high contrast. Only severity and overdue are loud."""

from textual.theme import Theme

NIGHT = Theme(
    name="night",
    primary="#6c93b8",
    secondary="#5a7894",
    accent="#7fb5b5",
    foreground="#c3cad1",
    background="#0f1419",
    surface="#171d24",
    panel="#1b222a",
    warning="#d8a657",
    error="#e5686a",
    success="#8fb573",
    dark=True,
    variables={
        "input-cursor-background": "#d8a657",
        "footer-key-foreground": "#7fb5b5",
        "block-cursor-background": "#2a3642",
        "block-cursor-foreground": "#e6ebf0",
        "block-cursor-text-style": "none",
        "text-muted": "#7d8894",
    },
)

DAY = Theme(
    name="day",
    primary="#2f5d86",
    secondary="#587ba0",
    accent="#1f6f6f",
    foreground="#20262c",
    background="#f6f5f2",
    surface="#ecebe7",
    panel="#e2e1dc",
    warning="#8a5a00",
    error="#a8201f",
    success="#35691f",
    dark=False,
    variables={"text-muted": "#5f666d"},
)

CONTRAST = Theme(
    name="contrast",
    primary="#66b2ff",
    secondary="#66b2ff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    warning="#ffd700",
    error="#ff6060",
    success="#66ff66",
    dark=True,
    variables={"text-muted": "#c8c8c8"},
)

THEMES = (NIGHT, DAY, CONTRAST)
