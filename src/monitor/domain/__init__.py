"""What a figure is, and when it has changed. Pure: standard library only, no clock, no I/O, no logging."""
