"""Comments and links."""

from __future__ import annotations

import pytest

from gci.survey.texts import well_formed


@pytest.mark.parametrize(
    "link",
    [
        "https://www.ria.ee/",
        "http://example.org",
        "HTTPS://Example.ORG/a?b=https://c.org#d",
        "https://example.org:8443/%20",
        "https://министерство.рф/закон",
        "https://موقع.وزارة-الأتصالات.مصر/",
        "https://user@example.org/",
    ],
)
def test_well_formed_links(link: str) -> None:
    assert well_formed(link)


@pytest.mark.parametrize(
    "link",
    [
        "www.ria.ee",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://.org/",
        "https://example..org/",
        "https://example.org:port/",
        "https://[::1/",
        "https://a.org https://b.org",
        'https://example.org/"><script>',
        "see annex",
    ],
)
def test_what_is_not_one_web_address(link: str) -> None:
    assert not well_formed(link)
