"""What can be changed: levers, one module a kind, and the effects they turn into."""
