"""Writers: Extraction -> sinks, one sink a file, every one idempotent."""
