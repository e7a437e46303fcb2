"""The class demo: scripts in, a film out that can be played, stepped through and asked about; no screen, no clock."""
