"""What the first page costs to load: the page and everything that it names, as a browser would fetch it."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin

import brotli

ASSET = re.compile(r"""<(?:link|script|img|use)[^>]*?\s(?:href|src)=["']([^"'#]+)""")
IN_SHEET = re.compile(r"""url\(["']?([^"')#]+)""")


def fetch(url: str, session: str) -> tuple[int, str]:
    """The compressed size of a response and, where it is text, what it says."""
    request = urllib.request.Request(
        url, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "br, gzip"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        body = response.read()
        encoding = response.headers.get("Content-Encoding", "")
    if encoding == "br":
        return len(body), brotli.decompress(body).decode()
    if encoding == "gzip":
        return len(body), gzip.decompress(body).decode()
    return len(body), body.decode(errors="replace")


def first_load(port: int, session: str, path: str = "/") -> int:
    """Bytes over the wire for a page and all its assets, nothing cached."""
    start = f"http://127.0.0.1:{port}{path}"
    size, html = fetch(start, session)
    waiting = [urljoin(start, target) for target in ASSET.findall(html) if "/static/" in target]
    seen: set[str] = set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        more, text = fetch(url, session)
        size += more
        if url.split("?")[0].endswith(".css"):
            waiting += [
                urljoin(url, target) for target in IN_SHEET.findall(text) if not target.startswith("data:")
            ]
    return size
