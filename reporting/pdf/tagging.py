"""What WeasyPrint leaves to do for PDF/UA-1 and PDF/A-2a in one file (ADR 0024). Works on its objects before they are
written, so it costs next to nothing. No Django.

The finisher of `Document.write_pdf` gets a `pydyf.PDF`: structure elements are dictionaries, page contents are lists of
operators.
"""

import pydyf

# pdfuaid is no schema that PDF/A knows, so it is described (ISO 19005-2, 6.6.2.3).
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(document, pdf) -> None:
    """Make an already tagged PDF/A-2a a PDF/UA-1 as well."""
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.stream = [b"\n".join(metadata.stream).replace(b"</rdf:RDF>", _UA)]
    elements = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    _scopes(pdf, elements)
    _margins_are_artifacts(pdf, elements)


def _at(pdf, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def _scopes(pdf, elements) -> None:
    """A header says of what it is the header; that serves a reader better than lists of cells, and survives joining."""
    for element in elements:
        if element["S"] == "/TH":
            row = _at(pdf, element["P"])
            mixed = any(_at(pdf, kid)["S"] == "/TD" for kid in row["K"])
            element["A"]["Scope"] = "/Row" if mixed else "/Column"
            element.pop("ID", None)
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)


def _margins_are_artifacts(pdf, elements) -> None:
    """Footers are made elements that hang in no tree: neither read nor marked as decoration. They are decoration."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    reached, ahead = set(), list(root["K"])
    while ahead:
        element = _at(pdf, ahead.pop())
        reached.add(element.number)
        ahead.extend(kid for kid in element.get("K", ()) if isinstance(kid, bytes))
    loose: dict[int, set[int]] = {}
    for element in elements:
        if element.number in reached:
            continue
        marks = {kid for kid in element["K"] if isinstance(kid, int)}
        loose.setdefault(int(element["Pg"].split()[0]), set()).update(marks)
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    for page, marks in loose.items():
        row = numbers[1 + 2 * numbers[::2].index(pdf.objects[page]["StructParents"])]
        for mark in marks:
            row[mark] = "null"
        _unmark(_at(pdf, pdf.objects[page]["Contents"]), marks)


def _unmark(stream, marks: set[int]) -> None:
    operators = stream.stream
    for at, operator in enumerate(operators):
        if isinstance(operator, pydyf.Dictionary) and operator.get("MCID") in marks and operators[at + 1] == b"BDC":
            operators[at - 1], operators[at], operators[at + 1] = "/Artifact", b"", b"BMC"
