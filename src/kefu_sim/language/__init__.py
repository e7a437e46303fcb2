"""Understanding one reply of the agent. `recognise` is the one entrance; everything else here serves it."""
