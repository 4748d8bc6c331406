"""What running, waiting and handling cost: rules on the facts, one idea a module."""
