"""Run by setup with the new version's interpreter, before anything is switched over: does it work on this computer?

Imports everything that loads a library of its own. Exit status 0, or a traceback for setup's log.
"""

import ctypes
import sqlite3
import ssl
import sys

import cryptography.hazmat.bindings._rust
import lxml.etree
import PIL._imaging
import pypdfium2
import PySide6.QtNetwork
import PySide6.QtPrintSupport
import PySide6.QtSvg
import PySide6.QtWidgets

import desktop
import desktop.views.running

loaded = (ctypes, cryptography, lxml.etree, PIL._imaging, pypdfium2, PySide6.QtSvg, desktop.views.running)
about = (
    desktop.__version__,
    sys.version.split()[0],
    PySide6.__version__,
    sqlite3.sqlite_version,
    ssl.OPENSSL_VERSION,
)
sys.stdout.write(f"{' '.join(about)} {len(loaded)} libraries\n")
