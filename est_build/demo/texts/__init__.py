"""The hand-written texts of the example: issues, actions, pictures, evaluations, plans.

Each ``.yml`` beside this file is a compact source with many entries; :func:`write_texts` turns them
into the many small files of an instance.
"""

from est_build.demo.texts.writing import text_files, write_texts

__all__ = ["text_files", "write_texts"]
