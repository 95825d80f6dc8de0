"""What spreadsheets show in place of a value that they could not make out or show."""

from __future__ import annotations

import re

# In whatever language: #NAME?, #¡VALOR!, #Н/Д.
_ERROR = re.compile(
    r"#[¡¿]?[^\W\d_][\w/ ]{0,24}[!?]|#(?:N/?A|N/?D|NV|I/T|Н/Д|BRAK|HIÁNYZIK|YOK)|#{2,}"
    r"|#GETTING_DATA|Loading\.\.\.|Err:\d{3}"
)


def is_error_text(text: str) -> bool:
    """Whether a text is nothing but what a spreadsheet shows in place of a value: #NAME?, #######."""
    return bool(_ERROR.fullmatch(text)) and (text.upper() == text or text.startswith(("Err:", "Loading")))
