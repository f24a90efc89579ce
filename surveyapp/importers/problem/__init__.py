"""What looks wrong, with evidence and fixes; marks on responses. Nothing is removed."""
