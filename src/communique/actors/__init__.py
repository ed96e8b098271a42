"""Who is who on a date: the knowledge base and its resolvers."""
