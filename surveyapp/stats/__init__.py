"""Pure functions from arrays to typed results with base, n, interval and method. No files, no SQL, no Qt."""
