"""The window: Qt widgets on services. Nothing here computes a statistic or touches the store."""
