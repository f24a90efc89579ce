"""From a specification to a result: the one way for pages, reports and the command line."""
