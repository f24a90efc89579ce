"""The tab Write-ins of the Data page."""
