"""What the screens read: each module loads one page in a fixed number of queries."""
