"""The administration: Django's admin in the product's own dress, for moderators."""
