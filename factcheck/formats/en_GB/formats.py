"""Times on a 24-hour clock, as everywhere else in the workspace."""

DATETIME_FORMAT = "j M Y, H:i"
DATE_FORMAT = "j M Y"
