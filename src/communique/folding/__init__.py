"""Which events of different reports are one act. Pure: the same tellings and decisions give the same groups."""
