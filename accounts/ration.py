"""How many letters strangers may cause to one mailbox: one budget over all forms of the site, allauth's included."""

from accounts.mailboxes import mailbox
from forum.lib.web.throttle import allow, prefix


def ration(request, address):
    """Count a letter that whoever sits at this network asks for; TooMany where one mailbox, or all, had enough of them.

    A mailbox has a share for each network, so that no stranger uses up its owner's, and one for all networks together.
    """
    where, box = prefix(request), mailbox(address)
    allow("letter_prefix", where)
    allow("letter_here", f"{where} {box}")
    allow("letter", box)
