"""What deleted words bring with them into the new file: styles, lists, pictures, notes."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from donflow.errors import N_, Sentence, say
from donflow.word.markup import W
from donflow.word.redlining.lists import Lists
from donflow.word.redlining.styling import name_of, style_of
from donflow.word.rewriting import rewritten, written
from donflow.word.seeing.package import CONTENT_TYPES, Package, R

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = f"{{{_RELATIONS}}}Relationship"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STYLED = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table",
           f"{W}basedOn": "", f"{W}link": "", f"{W}next": ""}  # fmt: skip
_OWN_IDS = ("paraId", "textId")


@dataclass
class Redrafted:
    """The new file under work: its parts as trees, what the old file gave it, what to know."""

    old: Package
    new: Package
    lists: Lists
    touched: set[str] = field(default_factory=set)
    added: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, etree._Element] = field(default_factory=dict)
    notes: list[Sentence] = field(default_factory=list)
    _styles: dict[tuple[str, str], str] = field(default_factory=dict)
    _relations: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def note(self, message: str, **values: object) -> None:
        """Say once what the redline cannot show."""
        if not any(one.message == message and one.values == values for one in self.notes):
            self.notes.append(say(message, **values))

    def brought(self, element: etree._Element, old_part: str, new_part: str) -> etree._Element:
        """A copy of an element of the old file, fit to stand in a part of the new one."""
        copy = deepcopy(element)
        copy.tail = None
        for one in list(copy.iter(etree.Element)):
            for name in list(one.attrib):
                spelled = str(name)
                if spelled.startswith(R):
                    self._repoint(one, spelled, old_part, new_part)
                elif spelled.rpartition("}")[2] in _OWN_IDS and spelled.startswith("{"):
                    del one.attrib[name]
            if one.tag in _STYLED:
                given = one.get(f"{W}val", "")
                one.set(f"{W}val", self.style(given, _STYLED[one.tag]))
            elif one.tag == f"{W}numPr":
                self._renumber(one)
            elif one.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._bring_note(one)
            elif one.tag in _LEFT_BEHIND and one is not copy:
                parent = one.getparent()
                if parent is not None:
                    parent.remove(one)
        return copy

    def style(self, given: str, kind: str) -> str:
        """The new file's style of the same name, or the old one's definition brought over."""
        if (given, kind) not in self._styles:
            self._styles[(given, kind)] = given  # a style may be based on itself
            self._styles[(given, kind)] = self._bring_style(given, kind)
        return self._styles[(given, kind)]

    def packed(self) -> bytes:
        """The new file with all that was changed and added."""
        made = {name: written(root) for name, root in self.made.items()}
        return rewritten(self.new, sorted(self.touched), made | self.added)

    def root(self, part: str) -> etree._Element:
        """A part of the new file to be written to."""
        if part in self.made:
            return self.made[part]
        self.touched.add(part)
        return self.new.root(part)

    def part_of(self, type_: str) -> str:
        """The part of this type (`footnotes`, `numbering`), an empty one like the old's if none."""
        part = self.new.related(type_)
        if part is not None:
            return part
        source = self.old.related(type_)
        assert source is not None
        name = posixpath.join(posixpath.dirname(self.new.main), f"{type_}.xml")
        if name not in self.made:
            root = deepcopy(self.old.root(source))
            for child in list(root):
                if child.get(f"{W}type") not in ("separator", "continuationSeparator"):
                    root.remove(child)
            self.made[name] = root
            self._relate(self.new.main, _TYPES + type_, f"{type_}.xml", external=False)
            self._declare_as(source, name)
        return name

    def _bring_style(self, given: str, kind: str) -> str:
        source = style_of(self.old, given)
        root = self.new.related_root("styles", f"{W}styles")
        if source is None or root is None:
            return given
        name = name_of(source)
        taken = {one.get(f"{W}styleId", "") for one in root.iterchildren(f"{W}style")}
        for one in root.iterchildren(f"{W}style"):
            if one.get(f"{W}type") == source.get(f"{W}type") and name_of(one) == name:
                return one.get(f"{W}styleId", given)
        fresh = given
        while fresh in taken:
            fresh += "_"
        part = self.new.related("styles")
        assert part is not None
        copy = self.brought(source, "", "")
        copy.set(f"{W}styleId", fresh)
        copy.attrib.pop(f"{W}default", None)
        self.root(part).append(copy)
        return fresh

    def _renumber(self, properties: etree._Element) -> None:
        number = properties.find(f"{W}numId")
        if number is None or self.old.related("numbering") is None:
            return
        given = number.get(f"{W}val", "0")
        if given != "0" and self.lists.known(given):
            if not self.lists.same(given):
                part = self.part_of("numbering")
                self.lists.bring(given, self.root(part), self.style)
            number.set(f"{W}val", self.lists.new_id(given))

    def _bring_note(self, reference: etree._Element) -> None:
        type_ = "footnotes" if reference.tag == f"{W}footnoteReference" else "endnotes"
        tag = f"{W}{type_[:-1]}"
        source = self.old.related_root(type_, f"{W}{type_}")
        given = reference.get(f"{W}id")
        found = None if source is None else next(
            (one for one in source.iterchildren(tag) if one.get(f"{W}id") == given), None
        )  # fmt: skip
        if found is None:
            return
        old_part = self.old.related(type_)
        part = self.part_of(type_)
        root = self.root(part)
        taken = [int(one.get(f"{W}id", "0")) for one in root.iterchildren(tag)]
        fresh = str(max(taken, default=0) + 1)
        copy = self.brought(found, old_part or "", part)
        copy.set(f"{W}id", fresh)
        root.append(copy)
        reference.set(f"{W}id", fresh)

    def _repoint(self, element: etree._Element, name: str, old_part: str, new_part: str) -> None:
        given = element.get(name, "")
        key = (old_part, given, new_part)
        if key not in self._relations:
            self._relations[key] = self._bring_related(*key)
        fresh = self._relations[key]
        if fresh is None:
            del element.attrib[name]
        else:
            element.set(name, fresh)

    def _bring_related(self, old_part: str, given: str, new_part: str) -> str | None:
        relation = (self.old.relations(old_part) or {}).get(given)
        if relation is None:
            return None
        type_ = _TYPES + relation.type
        if relation.external:
            raw = _raw_target(self.old, old_part, given)
            return self._relate(new_part, type_, raw, external=True)
        if relation.type != "image":
            self.note(N_("An object of the old file, such as a chart, is not shown as deleted."))
            return None
        content = self.old.bytes_of(relation.target)
        stem, extension = posixpath.splitext(posixpath.basename(relation.target))
        folder, at = posixpath.join(posixpath.dirname(self.new.main), "media"), 1
        name = f"{folder}/{stem}{extension}"
        while name in self.new.names or name in self.added:
            name, at = f"{folder}/{stem}_{at}{extension}", at + 1
        self.added[name] = content
        self._declare_as(relation.target, name)
        target = posixpath.relpath(name, posixpath.dirname(new_part))
        return self._relate(new_part, type_, target, external=False)

    def _relate(self, part: str, type_: str, target: str, *, external: bool) -> str:
        folder, name = posixpath.split(part)
        list_part = posixpath.join(folder, "_rels", f"{name}.rels")
        if list_part in self.new.names:
            root = self.root(list_part)
        else:
            root = self.made.setdefault(
                list_part, etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
            )
        taken = {one.get("Id") for one in root.iter(_RELATION)}
        at = len(taken) + 1
        while f"rId{at}" in taken:
            at += 1
        added = etree.SubElement(root, _RELATION)
        for attribute, value in (("Id", f"rId{at}"), ("Type", type_), ("Target", target)):
            added.set(attribute, value)
        if external:
            added.set("TargetMode", "External")
        return f"rId{at}"

    def _declare_as(self, source: str, name: str) -> None:
        """The content type that a part has in the old file, said for its copy in the new one."""
        types = self.old.root(CONTENT_TYPES)
        extension = posixpath.splitext(name)[1].lstrip(".").casefold()
        override = next((one.get("ContentType") for one in types.iter(f"{_CONTENT}Override")
                         if one.get("PartName") == f"/{source}"), None)  # fmt: skip
        default = next((one.get("ContentType") for one in types.iter(f"{_CONTENT}Default")
                        if one.get("Extension", "").casefold() == extension), None)  # fmt: skip
        added = etree.SubElement(self.root(CONTENT_TYPES), f"{_CONTENT}Override")
        added.set("PartName", f"/{name}")
        added.set("ContentType", override or default or "application/octet-stream")


_LEFT_BEHIND = {
    f"{W}{name}"
    for name in ("sectPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
                 "commentReference", "proofErr", "permStart", "permEnd", "pPrChange", "rPrChange")
}  # fmt: skip


def _raw_target(package: Package, part: str, given: str) -> str:
    folder, name = posixpath.split(part)
    root = package.root(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = next(one for one in root.iter(_RELATION) if one.get("Id") == given)
    return found.get("Target", "")
