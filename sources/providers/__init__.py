"""Adapters to places outside that are asked for passages: one file each."""
