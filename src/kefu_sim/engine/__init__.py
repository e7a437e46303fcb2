"""The reception as a pure state machine: inputs and time in, events out; the state is a fold over the events."""
