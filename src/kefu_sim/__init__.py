"""kefu-sim: a terminal chat simulator that trains online-shop customer service."""

__version__ = "0.1.0"
