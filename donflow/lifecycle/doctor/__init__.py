"""What ails this machine, this home or this database, and what mends it: `donflow doctor`."""
