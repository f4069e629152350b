"""The rules, a module a subject; `donflow.precheck.check` lists them."""
