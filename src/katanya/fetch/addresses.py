"""Which addresses are of the open internet: asked of what a name resolves to, never of the name.

A name can be written so that it hides its address (``2130706433``, ``0x7f.1``, ``[::ffff:127.0.0.1]``), and can resolve
to a public address when it is asked about and to a private one when it is connected to. So the resolver's answer is
checked, and the connection goes to the very address that was.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

UNICAST = IPv6Network("2000::/3")  # all that is handed out of IPv6; what else there is, is for special uses
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# Addresses that look public and answer inside a cloud only.
METADATA = (IPv4Network("168.63.129.16/32"), IPv4Network("192.0.0.0/24"))
MOST = 8  # addresses of a name


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is of the open internet, and so is every IPv4 address that it carries inside."""
    found = ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not any(found in network for network in METADATA)
    if found.ipv4_mapped is not None:
        return is_public(found.ipv4_mapped)
    if found in TRANSLATED:
        return is_public(IPv4Address(int(found) & 0xFFFFFFFF))
    if found.sixtofour is not None and not is_public(found.sixtofour):
        return False
    return found in UNICAST and found.is_global and found.teredo is None


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the resolver's order; raises `OSError` where it has none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))[:MOST]
