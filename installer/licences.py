"""licenses/ of the installed version: each package's texts in a folder, and all of them in one file to read."""

from __future__ import annotations

from installer.inputs import BuildError
from installer.product import HERE, NAME
from installer.staging import Stage

ALL = "licenses/licences.txt"
# Under the LGPL; the wheels carry only the commercial licence, which is not what they are used under.
_LGPL = ("pyside6-essentials", "shiboken6")
_RULE = "=" * 78
_PAGE = """{name} {version}

本程序按 MIT 许可证提供：可以自由使用、复制、修改和分发，保留版权声明即可；按现状提供，不作任何担保。原文如下。

{own}
----------------------------------------------------------------------
本程序还带有下列组件，各按自己的许可证使用；全文装在程序文件夹的
versions\\{version}\\licenses 里（也可以在“设置—关于”里打开）：

{listed}
"""


def put_licences(stage: Stage) -> None:
    """Writes every package's texts and the one file. Raises BuildError for a package without any."""
    _add_lgpl(stage)
    for key in sorted(stage.packages):
        package = stage.packages[key]
        if not package.licences:
            raise BuildError(
                f"no licence text of {package.name}; put one into installer/licences/{package.name}.txt"
            )
        for name, text in sorted(package.licences.items()):
            stage.put(f"version/licenses/{key}/{name}", text, key)
    stage.put(f"version/{ALL}", _one_file(stage).encode(), "lantian-jibao")


def licence_page(stage: Stage, version: str) -> str:
    """What setup shows: the program's own licence, and which others apply."""
    own = stage.packages["lantian-jibao"].licences["LICENSE"].decode("utf-8")
    others = (stage.packages[key] for key in sorted(stage.packages) if key != "lantian-jibao")
    listed = "\n".join(f"{p.name} {p.version}  {p.licence}" for p in others)
    return _PAGE.format(name=NAME, version=version, own=own, listed=listed)


def _add_lgpl(stage: Stage) -> None:
    texts = {
        name: (HERE / "licences" / name).read_bytes() for name in ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
    }
    for key in _LGPL:
        stage.packages[key].licences = dict(texts)


def _one_file(stage: Stage) -> str:
    parts, shown = [], set()
    for key in sorted(stage.packages):
        package = stage.packages[key]
        parts.append(f"{_RULE}\n{package.name} {package.version}\n{package.licence}\n{_RULE}\n")
        for name, data in sorted(package.licences.items()):
            text = data.decode("utf-8", "replace").replace("\r\n", "\n").strip()
            again = text in shown and len(text) > 2000
            parts.append(
                f"--- {name}\n\n" + ("（全文见前面同名的许可证 / see above）" if again else text) + "\n"
            )
            shown.add(text)
    return "\ufeff" + "\n".join(parts).replace("\n", "\r\n")
