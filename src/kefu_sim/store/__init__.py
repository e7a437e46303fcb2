"""What is kept on disk: one append-only log per reception, and the results derived from finished ones."""
