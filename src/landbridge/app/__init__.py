"""The page and the API: the whole program in a browser, offline."""
