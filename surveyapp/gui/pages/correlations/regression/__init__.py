"""The tab Regression: an outcome by several predictors at once."""
