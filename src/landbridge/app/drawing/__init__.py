"""What the maps of the pages draw: country shapes, lines of the network, flows of a run."""
