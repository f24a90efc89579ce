"""Pure functions from arrays to typed results that carry their base, n, interval and method. No files, no SQL, no Qt."""
