"""How a redline is made: what stays, what comes and goes, and the markup that says so."""
