"""Quick replies (快捷回复): ready lines by topic, found by a few letters, filled in for one buyer, then edited."""
