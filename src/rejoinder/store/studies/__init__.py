"""What people code of a record: `coding` makes samples, `sheets` compares codings."""
