"""Where people stopped answering, and how long they took."""
