"""Acts become events: type, sides, status, claim, condition, date, place, context."""
