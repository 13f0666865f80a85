"""What was checked and how it came out, as JSON for programs and a table for people."""

from __future__ import annotations

import json
import platform
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that was held against what it should be. `passed` None: it could not be tried here, `detail` says why."""

    step: str
    what: str
    passed: bool | None
    detail: str
    seconds: float


@dataclass
class Protocol:
    """Findings in the order in which they were made; pictures lie beside the report in `folder`."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    _step: str = ""
    _begun: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A part of the check; an exception in it is a finding and the next part goes on."""
        self._step, self._begun = name, time.monotonic()
        print(f"== {name}", flush=True)  # noqa: T201
        try:
            yield
        except Exception as error:
            self.that("it ran to its end", False, _where(error))

    def that(self, what: str, passed: bool | None, detail: object = "") -> bool:
        """Notes one finding; returns whether it passed."""
        now = time.monotonic()
        finding = Finding(self._step, what, passed, str(detail), round(now - self._begun, 1))
        self._begun = now
        self.findings.append(finding)
        mark = {True: "ok ", False: "BAD", None: "-- "}[passed]
        print(f"{mark} {what}  {'' if passed else detail}", flush=True)  # noqa: T201
        return bool(passed)

    def picture(self, name: str) -> Path:
        """Where a picture of this name goes."""
        path = self.folder / f"{len(self.pictures) + 1:02d}_{name}.png"
        self.pictures.append(path.name)
        return path

    @property
    def failed(self) -> int:
        return sum(finding.passed is False for finding in self.findings)

    def write(self) -> None:
        """check.json and check.md in the folder."""
        facts = {"machine": platform.platform(), "passed": self.failed == 0, **self.facts}
        data = {**facts, "findings": [asdict(f) for f in self.findings], "pictures": self.pictures}
        (self.folder / "check.json").write_text(
            json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
        )
        lines = ["# The installer under Wine", "", *(f"- {key}: {value}" for key, value in facts.items()), ""]
        lines += ["| step | what | result | seconds | detail |", "|---|---|---|---|---|"]
        for f in self.findings:
            result = {True: "passed", False: "**failed**", None: "not tried"}[f.passed]
            detail = f.detail.replace("|", "\\|").replace("\n", " ")[:300]
            lines.append(f"| {f.step} | {f.what} | {result} | {f.seconds} | {detail} |")
        lines += ["", "Pictures:", "", *(f"- {name}" for name in self.pictures), ""]
        (self.folder / "check.md").write_text("\n".join(lines), encoding="utf-8")


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if "checking" in f.filename), frames[-1])
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
