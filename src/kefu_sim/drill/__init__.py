"""The typing drill: committed texts with their times come in, everything else is derived. Pure."""
