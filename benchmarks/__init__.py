"""donflow beside its peers, in one run and in turn: the figures of docs/benchmarks.md."""
