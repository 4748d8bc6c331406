"""The base table of the world economy: from named sources to arrays that balance."""
