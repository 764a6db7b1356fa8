"""Migrations: a connection flows in, its database comes out at the latest revision."""
