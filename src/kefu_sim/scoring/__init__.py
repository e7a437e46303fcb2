"""Points for a finished (or running) reception: pure functions of its turns, a rubric and a flow."""
