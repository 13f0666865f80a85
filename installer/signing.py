"""Authenticode signing by the publisher: only where a certificate is configured, off without.

LANTIAN_SIGN_COMMAND  a command that signs the file given as its last argument in place, e.g. a script around signtool
LANTIAN_SIGN_PKCS12   or a PKCS#12 file for osslsigncode, with
LANTIAN_SIGN_PASSFILE a file that holds its pass phrase, and, if wanted,
LANTIAN_SIGN_TSA      the address of a time stamping service
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from installer.inputs import BuildError
from installer.product import NAME


def is_configured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether anything is signed."""
    return bool(environment.get("LANTIAN_SIGN_COMMAND") or environment.get("LANTIAN_SIGN_PKCS12"))


def command_for(file: Path, signed: Path, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that signs `file`, in place or (osslsigncode) into `signed`. Pass phrases are named by file only."""
    given = environment.get("LANTIAN_SIGN_COMMAND")
    if given:
        return [*shlex.split(given), str(file)]
    command = [
        "osslsigncode",
        "sign",
        "-h",
        "sha256",
        "-n",
        NAME,
        "-pkcs12",
        environment["LANTIAN_SIGN_PKCS12"],
    ]
    if environment.get("LANTIAN_SIGN_PASSFILE"):
        command += ["-readpass", environment["LANTIAN_SIGN_PASSFILE"]]
    if environment.get("LANTIAN_SIGN_TSA"):
        command += ["-ts", environment["LANTIAN_SIGN_TSA"]]
    return [*command, "-in", str(file), "-out", str(signed)]


def sign(file: Path) -> None:
    """Signs the file in place if a certificate is configured. Raises BuildError."""
    if not is_configured():
        return
    signed = file.with_name(file.name + ".signed")
    done = subprocess.run(command_for(file, signed), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{file.name} could not be signed: {done.stdout}{done.stderr}")
    if signed.exists():
        signed.replace(file)
