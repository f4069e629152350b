"""Who works here, in which role, what each role may do, and the acts that need two persons."""
