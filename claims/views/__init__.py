"""The screens: parse, act, render. Rules live in the acts, queries in claims.reading."""
