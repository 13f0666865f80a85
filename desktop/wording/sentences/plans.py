"""Errors of a plan's document and of checking its draft."""

from __future__ import annotations

_AS_DOCX = "请用 Word 或 WPS 打开它，另存为 .docx，再导入。"

SENTENCES: dict[str, tuple[str, str]] = {
    # Plans
    "plan_form_unknown": (
        "“{file}”不是能读的文件",
        "什么都没有写。请用 .docx、.xlsx、带文字的 .pdf 或 .txt。",
    ),
    "plan_old_form": ("“{file}”是旧格式", f"什么都没有写。{_AS_DOCX}"),
    "plan_damaged": ("“{file}”坏了，打不开", f"什么都没有写。请找原件重新复制一份；能打开的话，{_AS_DOCX}"),
    "split_leaves_nothing": ("这里拆不开", "两条都要有文字和标题。请把光标放在两句话中间再拆。"),
    "measures_not_neighbours": ("这几条不相邻", "没有合并。先把它们移到一起，再合并。"),
    "number_missing": ("还没有写编号", "写上编号再继续。"),
    "title_missing": ("还没有写标题", "写上标题再继续。"),
    "indicator_missing": ("还没有写指标的名称", "写上名称再继续。"),
    "target_taken": ("这个指标已经有了", "没有再加一遍。请关掉重新加。"),
    "no_units": ("还没有选单位", "选好“{name}”是哪一家再继续。"),
    "plan_empty": ("“{file}{title}”里没有内容", "什么都没有写。请检查是不是选错了文件。"),
    "plan_too_large": ("“{file}”太大，或里面的内容大得不正常", f"为了安全没有打开，什么都没有写。{_AS_DOCX}"),
    "plan_encrypted": ("“{file}”加了密码", f"什么都没有写。请先去掉密码，{_AS_DOCX}"),
    "plan_image_only": (
        "“{file}”里只有图片，没有文字",
        f"什么都没有写。扫描件认不出文字，请找 Word 原件。{_AS_DOCX}",
    ),
    "plan_macros": ("“{file}”带有宏", f"为了安全没有打开，什么都没有写。{_AS_DOCX}"),
    "plan_table_without_rules": (
        "“{file}”里的表格没有边框线，分不清哪些字属于哪一列",
        "什么都没有写。请用原来的 Word 或 Excel 文件（.docx、.xlsx）导入；手头只有 PDF 的，请先给表格加上边框线再另存。",
    ),
    "plan_no_measures": (
        "“{file}”里没有认出任务",
        "什么都没有写。请检查是不是行动方案或责任分工清单；表格要有“重点任务”“牵头单位”这样的表头。",
    ),
    "draft_missing": ("这份草稿已经不在了", "没有改动任何内容。请重新导入方案文件。"),
    "match_many_to_many": (
        "几条对几条，说不清哪条是哪条",
        "没有改动。请让一条对一条，或一条对几条。",
    ),
    "amendment_unconfirmed": (
        "还有{count}条没有确认",
        "还没有发布，确认过的都在。请在“比对”里逐条看过再发布。",
    ),
    "plan_changed_meanwhile": (
        "方案在比对以后又改过，现在是第{version}版",
        "还没有发布，草稿和确认过的都在。请和现在的再比一次。",
    ),
    "target_missing": ("方案里没有这个指标", "没有改动。请重新打开方案再看。"),
    "target_of_units": ("这个指标不由市里填", "没有改动。请重新打开“全市指标”再看。"),
    "former_missing": ("那一条没有填过内容", "本条没有变化。"),
    "city_unknown": ("名单里没有“{city}”", "什么都没有写。请用 --region 指明地区，或在程序里新建这个市。"),
}
