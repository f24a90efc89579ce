"""Files in: one module per source; read(path) gives a TextTable, a plan proposes what its columns mean. No writes."""
