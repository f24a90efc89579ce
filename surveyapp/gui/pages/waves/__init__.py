"""The page Waves."""
