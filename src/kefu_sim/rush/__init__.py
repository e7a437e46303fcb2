"""Rush hour: many receptions on one clock. Traffic, floor, figures, colleagues; pure like the engine."""
