"""Files coming in: read, previewed, stored, added to a wave, derived anew from what was kept."""
