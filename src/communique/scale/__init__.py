"""Many reports at once: worker processes, resumable shards, and Ray. Knows nothing of how a report is read."""
