"""Which mailbox an address leads to, as far as its spelling tells: a hint, and no ground to decide by."""

from django.utils.encoding import punycode

QUOTING = str.maketrans("", "", '"\\')
DOTLESS = {"gmail.com", "googlemail.com"}


def mailbox(address):
    """Return an address as its provider reads it: without case, quotes, what follows a plus, and the dots of Gmail."""
    local, _, domain = address.lower().rpartition("@")
    local, domain = local.translate(QUOTING), _as_sent(domain)
    local = local.partition("+")[0] or local
    if domain in DOTLESS:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def _as_sent(domain):
    """Return a domain as letters to it are sent, in plain letters; as it is where none can be."""
    try:
        return punycode(domain)
    except UnicodeError:
        return domain
