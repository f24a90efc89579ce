"""Results -> Figure: a display list in points, y downwards, colours by role. No Qt, no reportlab."""
