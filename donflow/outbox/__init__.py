"""Letters to hand over: claimed by one, fenced, handed over once, the doubtful shown."""
