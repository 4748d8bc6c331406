"""Documents become facts tied to exact quotes, and facts that disagree are shown."""
