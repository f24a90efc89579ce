"""The report composer: outline, preview made by the PDF writer, settings of the selected block."""
