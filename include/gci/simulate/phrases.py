"""What simulated focal points remark, in the language of their return."""

from __future__ import annotations

REMARKS = {
    "en": (
        "In force since last year.",
        "See article 3, paragraph 2.",
        "Under revision; the present text stays in force.",
    ),
    "fr": (
        "En vigueur depuis l’année dernière.",
        "Voir l’article 3, alinéa 2.",
        "Révision en cours ; le texte actuel reste applicable.",
    ),
    "es": (
        "En vigor desde el año pasado.",
        "Véase el artículo 3, párrafo 2.",
        "En revisión; el texto actual sigue vigente.",
    ),
    "ar": ("سارٍ منذ العام الماضي.", "انظر المادة 3، الفقرة 2.", "قيد المراجعة، ويبقى النص الحالي نافذاً."),
    "zh": ("自去年起生效。", "见第三条第二款。", "正在修订，现行文本继续有效。"),
    "ru": ("Действует с прошлого года.", "См. статью 3, пункт 2.", "Пересматривается; действует нынешний текст."),
}
LANGUAGES = {
    "AFR": ("en", "fr", "fr"),
    "AMS": ("en", "es", "es"),
    "ARB": ("ar", "ar", "fr"),
    "ASP": ("en", "en", "zh"),
    "CIS": ("ru",),
    "EUR": ("en", "en", "fr"),
}
"""By ITU region the languages from which one is drawn."""
