"""Makes icd10cm.b64.txt, the ICD-10-CM table that the application searches, from the PyPI package simple-icd-10-cm.

    python3 -m venv /tmp/icd && /tmp/icd/bin/pip install simple-icd-10-cm==1.5.0
    /tmp/icd/bin/python src/main/features/encounters/icd10/build-icd10.py

One line a code, tab-separated: code, 1 where it is billable (a leaf), title, inclusion terms and includes joined by "; ".
Gzipped with a fixed time and base64 in lines, so that the same release gives the same bytes.
"""

import base64
import gzip
import pathlib
import re
import textwrap

import simple_icd_10_cm as icd

NOTICE = """\
# ICD-10-CM, April 2026 release: codes and titles by the CDC's National Center for Health Statistics (public domain).
# Converted by build-icd10.py from the PyPI package simple-icd-10-cm 1.5.0, MIT License, Copyright (c) 2021-2026 Stefano Travasci.
# Below: base64 of gzip of tab-separated lines (code, billable, title, inclusion terms)."""


def one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def title_and_terms(code):
    title = icd.get_description(code)
    if not icd.is_extended_subcategory(code):
        return title, icd.get_inclusion_term(code) + icd.get_includes(code)
    # The package joins the seventh character's notes to the title with a slash: CMS's own title is without them.
    base = icd.get_description(icd.get_parent(code))
    extension, *notes = title[len(base) :].split("/")
    return base + extension, notes


def lines():
    seen = set()
    for code in icd.get_all_codes(True):
        if code in seen or not icd.is_category_or_subcategory(code):
            continue
        seen.add(code)
        title, terms = title_and_terms(code)
        yield "\t".join([code, "1" if icd.is_leaf(code) else "0", one_line(title), "; ".join(map(one_line, terms))])


text = "\n".join(sorted(lines())) + "\n"
packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
target = pathlib.Path(__file__).with_name("icd10cm.b64.txt")
target.write_text(NOTICE + "\n" + "\n".join(textwrap.wrap(packed, 120)) + "\n")
print(f"{text.count(chr(10))} codes, {len(text)} characters, {target.stat().st_size} bytes")
