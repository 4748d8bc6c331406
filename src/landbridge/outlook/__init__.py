"""Years ahead: what is known by a date, what is not, and the fans that follow."""
