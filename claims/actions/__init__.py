"""What people and workers do: one act, one function, one transaction, one event.

Web, API, admin, commands and tasks all call these functions. They raise
IllegalMove when the state does not allow the act, Refused when something is
missing, and LeaseLost when a worker came too late.
"""
