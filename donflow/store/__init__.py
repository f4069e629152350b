"""The database: tables' base, the unit of work, the journal, requests, migrations."""
