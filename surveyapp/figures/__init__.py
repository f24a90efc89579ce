"""Results -> Figure: a display list of a few primitives in points, y downwards, colours by role. No Qt, no reportlab."""
