"""Errors of workspaces, folders, files that are written, and units."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # Workspaces
    "workspace_exists": (
        "这个文件夹里已经有一个工作区",
        "没有动它。要用它，请点“打开其他文件夹”；要新建，请换一个空文件夹。{where}",
    ),
    "workspace_not_empty": (
        "这个文件夹不是空的",
        "没有动里面的文件。请换一个空文件夹，或在里面新建一个子文件夹。{where}",
    ),
    "workspace_missing": (
        "这里没有工作区",
        "没有改动任何东西。请检查文件夹对不对；在U盘上的，先插好U盘。{where}",
    ),
    "workspace_in_use": (
        "这个工作区正由“{holder}”打开着（{since}起）",
        "为免互相覆盖，同一时间只能由一个程序打开。等那边关闭后再打开。",
    ),
    "workspace_newer": (
        "这个工作区是用更新版本的程序建的",
        "没有打开，内容没有变化。请先把本程序升级到新版本。",
    ),
    "workspace_damaged": (
        "工作区的数据库读不出来",
        "没有改动它。请先把整个文件夹复制一份留底，再用自动备份或备份文件恢复。{where}",
    ),
    "workspace_not_ours": ("这个文件夹里的数据库不是蓝天季报的", "没有改动它。请换一个文件夹。{where}"),
    "folder_not_writable": (
        "这个文件夹写不进去",
        "什么都没有写。请换一个文件夹，或检查有没有写保护。{where} {reason}",
    ),
    "folder_too_deep": (
        "这个文件夹太深，路径太长",
        "什么都没有写：放在这里，里面的文件会打不开。请换一个浅一些的文件夹。{folder}",
    ),
    "folder_missing": (
        "找不到这个文件夹",
        "什么都没有写，电脑里的内容都在。请检查U盘是否插好，或另选一个文件夹。{where}",
    ),
    "disk_full": (
        "空间不够",
        "{folder} 只剩{free}，这次要{need}。电脑里原有的内容都在。请换一个盘，或先存到别的文件夹。",
    ),
    "medium_gone": ("写到一半时，盘不见了", "电脑里的内容没有受影响。请插回去，再写一次。{where}"),
    "read_back_differs": (
        "写进去的“{file}”读回来不一样",
        "电脑里的原件是好的。这个盘可能坏了，请换一个盘再写一次。",
    ),
    "document_altered": (
        "工作区里的“{file}”读不出来，或在程序之外被改动过",
        "已停止使用它，数据库里的内容没有变。请从备份恢复，或重新签发。",
    ),
    "package_altered": (
        "工作区里存着的交换文件“{file}”读不出来，或在程序之外被改动过",
        "已停止使用它，数据库里的内容没有变。请从备份恢复，或重新导入、重新签发。",
    ),
    "same_file_twice": ("两个文件用了同一个名字", "什么都没有写。请给 PDF 和 Excel 各取一个名字。{file}"),
    "region_damaged": (
        "单位名单文件“{file}”读不出来",
        "没有改动它。请重新安装程序，或改正这个文件：{detail}",
    ),
    # Units
    "name_missing": ("还没有写名称", "写上名称再继续。"),
    "unit_code_wrong": (
        "单位代码“{unit}”不合规则",
        "代码用大写字母、数字和短横，2到32位，例如 640323 或 640300-P1。",
    ),
    "name_taken": (
        "“{name}”已经是“{other}”的叫法",
        "没有保存。同一个叫法只能指一家，请改一个，或先从“{other}”里去掉。",
    ),
    "code_taken": ("代码 {unit} 已经是“{name}”的", "没有保存。请换一个代码，或去改那一家。"),
    "term_taken": ("已经有“{term}”这个统称", "没有保存。请改那一个，或换一个写法。"),
    "unit_in_use": ("“{name}”还在用", "方案或本工作区里有它，不能删。可以改它的名称和别名。"),
    "unit_unknown": ("名单里没有这个单位", "没有导入任何内容。请先在“单位”里加上它（{unit}{issuer}）。"),
}
