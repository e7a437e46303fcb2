"""What finished receptions and drills add up to: figures over rows, and what to practise next. Pure."""
