"""Invented articles for the readers' tests."""

ENGLISH = (
    "Canada hits U.S. steel with 25% duty\n\n"
    "OTTAWA, July 2 (Northern Wire) - Canada will put a 25% duty on steel from the United States, the finance minister said on "
    "Friday.\n\nThe duty starts on July 15 and covers about C$5 billion of trade.\n"
)

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Canada hits U.S. steel - Northern Wire</title>
<meta property="og:title" content="Canada hits U.S. steel with 25% duty"><meta property="og:site_name" content="Northern Wire">
<meta name="author" content="Jane Roe, John Doe"><meta property="article:published_time" content="2021-07-02T21:00:00-04:00">
<link rel="canonical" href="https://wire.example/a/1"></head><body><nav><a href="/">Home</a> <a href="/x">World</a></nav>
<article><h1>Canada hits U.S. steel with 25% duty</h1>
<p>OTTAWA (Northern Wire) - Canada said on Friday it would put a 25% duty on <b>steel</b> from the <a href="/us">United
States</a>, a move that follows months of talks.</p><h2>Next steps</h2>
<p>“We had no choice,” the finance minister said.<br>She spoke in the café of the parliament.</p>
<ul><li>Steel: 25%</li><li>Aluminium: 10%</li></ul>
<p>The United States did not reply to a request for comment on Friday evening, officials said.</p></article>
<footer>Copyright Northern Wire</footer></body></html>"""

BODY = (
    "OTTAWA (Northern Wire) - Canada said on Friday it would put a 25% duty on steel from the United States, a move that follows "
    "months of talks.\n\nNext steps\n\n“We had no choice,” the finance minister said.\n\nShe spoke in the café of the "
    "parliament.\n\nSteel: 25%\n\nAluminium: 10%\n\nThe United States did not reply to a request for comment on Friday evening, "
    "officials said."
)
