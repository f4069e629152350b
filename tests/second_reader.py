"""LibreOffice as the second reader of tracked changes: accepts or rejects all, tells the text.

One start reads many files; what it runs is a macro in a profile of its own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.programs import needs

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Reader"/>
</library:library>"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Reader"
 script:language="StarBasic">
Sub ReadAll(folder As String)
  Dim names() As String, name As String
  Dim count As Integer, at As Integer
  ReDim names(5000)
  name = Dir(folder &amp; "/*.docx", 0)
  Do While name &lt;&gt; ""
    names(count) = name
    count = count + 1
    name = Dir
  Loop
  For at = 0 To count - 1
    ReadOne(folder &amp; "/" &amp; names(at), "accepted", ".uno:AcceptAllTrackedChanges")
    If Left(names(at), 7) = "tracked" Then
      ReadOne(folder &amp; "/" &amp; names(at), "rejected", ".uno:RejectAllTrackedChanges")
    End If
  Next at
  StarDesktop.terminate()
End Sub
Sub ReadOne(path As String, ending As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim text(1) As New com.sun.star.beans.PropertyValue
  Dim document As Object, dispatcher As Object
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  text(0).Name = "FilterName"
  text(0).Value = "Text (encoded)"
  text(1).Name = "FilterOptions"
  text(1).Value = "UTF8,LF"
  document = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  document.storeToURL(ConvertToURL(path &amp; "." &amp; ending), text())
  document.close(True)
End Sub
</script:module>"""


@dataclass(frozen=True)
class Readings:
    """What each file says: `accepted` with every tracked change accepted, `rejected` without."""

    accepted: Mapping[bytes, str]
    rejected: Mapping[bytes, str]


def read_all(tracked: Iterable[bytes], plain: Iterable[bytes], folder: Path) -> Readings:
    """What LibreOffice makes of files with tracked changes, and of files without any.

    Skips the test where it is not installed.
    """
    soffice = needs("soffice")
    start = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    # A new profile gets its own libraries at the first start, which would write over ours.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    basic, files = folder / "profile" / "user" / "basic", folder / "files"
    (basic / "script.xlc").write_text(_LIBRARIES, "utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, "utf-8")
    (basic / "Standard" / "Reader.xba").write_text(_MODULE, "utf-8")
    files.mkdir()
    named = {
        content: files / f"{kind}-{number}.docx"
        for kind, contents in (("plain", plain), ("tracked", tracked))
        for number, content in enumerate(dict.fromkeys(contents))
    }
    for content, path in named.items():
        path.write_bytes(content)
    subprocess.run(
        [*start, "--norestore", f'macro:///Standard.Reader.ReadAll("{files}")'],
        check=True,
        capture_output=True,
        timeout=120 + 5 * len(named),
    )

    def told(ending: str, kind: str) -> dict[bytes, str]:
        return {
            content: path.with_name(f"{path.name}.{ending}").read_text("utf-8-sig")
            for content, path in named.items()
            if path.name.startswith(kind)
        }

    return Readings(told("accepted", ""), told("rejected", "tracked"))
