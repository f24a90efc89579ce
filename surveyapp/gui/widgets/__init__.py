"""Reusable parts of the window. They take a Theme and emit signals; none of them knows a service."""
