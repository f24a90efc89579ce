"""The tab Write-ins: texts that were typed, coded, merged, read as numbers or left."""
