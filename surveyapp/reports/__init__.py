"""Results out: sections -> blocks -> PDF, Markdown, CSV and XLSX. Receives data, never fetches."""
