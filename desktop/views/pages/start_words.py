"""What the start page says about what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.package import PackageKind
from desktop.domain.unit import UnitKind

if TYPE_CHECKING:
    from desktop.services.receiving import Glance

STEPS = {
    "enrol": "给示例单位办证书",
    "last_quarter": "填报并签发上季度",
    "this_quarter": "填报本季度",
}


def next_step(kind: UnitKind, package: Glance | None) -> str:
    """What comes after the workspace is made."""
    if kind is UnitKind.CITY:
        return "下一步：导入行动方案，给各单位发邀请"
    if package is None:
        return "下一步：导入市里的邀请，办签名证书"
    if package.kind is PackageKind.INVITATION:
        return "下一步：到“收件”里打电话核对市里的邀请"
    return "下一步：先导入市里的邀请，再收任务包"
