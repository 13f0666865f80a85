"""The real LibreOffice as a person's hands: a workbook is opened in it, changed by a macro, and saved."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""
_MAIN = """Function Setting(key As String, given As Variant) As Object
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = key
  made.Value = given
  Setting = made
End Function

Sub Main
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Array(Setting("Hidden", True)))
  sheets = doc.Sheets
{work}
  doc.storeToURL("{target}", Array(Setting("FilterName", "{form}")))
  doc.close(True)
  StarDesktop.terminate()
End Sub
"""
FORMS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def text(value: str) -> str:
    """A text as Basic writes it, line ends among it."""
    return " & Chr(10) & ".join('"' + line.replace('"', '""') + '"' for line in value.split("\n"))


def edited(path: Path, lines: Iterable[str], target: Path) -> Path:
    """The workbook after these lines of Basic, in which `sheets` are its sheets; skips where there is no LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = target.parent / f"profile_{target.stem}"
    call = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # The first start makes the profile, and would write over a macro that is there before.
    subprocess.run([*call, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    work = "\n".join(f"  {line}" for line in lines)
    basic = _MAIN.format(source=path.as_uri(), target=target.as_uri(), form=FORMS[target.suffix], work=work)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(escape(basic)), encoding="utf-8")
    subprocess.run([*call, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=180)
    assert target.is_file(), "LibreOffice did not save the workbook"
    return target
