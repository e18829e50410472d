"""The border of a loop: the one place that catches whatever goes wrong, so that the loop goes on."""


def failure_of(function, *arguments):
    """Call a function and return what went wrong, or None; the caller logs it and goes on with the next thing."""
    try:
        function(*arguments)
    except Exception as failure:  # noqa: BLE001 - what a bug may raise nobody can list
        return failure
    return None
