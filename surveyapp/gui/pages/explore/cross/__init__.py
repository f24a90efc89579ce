"""Cross-tab: one question by others, table and figure side by side, in words below."""
