"""Choice among ways: what each takes, and who goes by which."""
