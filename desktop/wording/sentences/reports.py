"""Errors of filling, of codes on paper, and of what is set for printing."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # The code on paper
    "paper_code_empty": ("还没有写核对码", "请照纸上页脚写：16个字，四个一组；也可以扫最后一页的二维码。"),
    "paper_code_sign": (
        "第{place}个字“{sign}”不会出现在核对码里",
        "核对码只有字母和数字2—7。请对着纸再看这一个字，改了再核对。",
    ),
    "paper_code_length": (
        "写了{length}个字，核对码是{wanted}个",
        "请数一数：四个一组，一共四组；看有没有漏一组、多一个字。",
    ),
    "paper_digest_sign": (
        "第{place}个字“{sign}”不会出现在摘要值里",
        "摘要值只有0—9和A—F。请再扫一次二维码，或只写页脚的16个字。",
    ),
    "paper_digest_length": (
        "写了{length}个字，摘要值是{wanted}个",
        "请再扫一次二维码，或只写页脚的16个字。",
    ),
    # Filling
    "quarter_not_open": ("{quarter}还没有开放填报", "市里开放后，会随任务包发来。已有的内容都在。"),
    "quarter_closed": (
        "{quarter}已经锁定（{closes}之后不再报）",
        "已填的都在。要补报，请市里把锁定日期往后改，重新下发任务包。",
    ),
    "report_locked": (
        "这一次报送{state}，不能再改",
        "内容没有变化。要改，在“导出报送”撤回这一次；市里已收下的，请市里退回。",
    ),
    "not_assigned": ("这条措施没有分派给本单位", "内容没有变化。"),
    "report_state": ("这一次报送{state}，现在不能这样做", "内容没有变化。"),
    "report_incomplete": ("还有{missing}条没有填完", "已填的都在。从{first}接着填，填完再送审核。"),
    "report_errors": ("还有{count}处必须改", "已填的都在。先看{first}。"),
    "report_unexplained": (
        "还有{count}处要核对、要说明",
        "已填的都在。先看{first}：改好，或在“说明”里写一句。",
    ),
    "milestone_twice": ("{quarter}的序时应达写了两个", "什么都没有改。每个季度只写一个数。"),
    "rules_of_the_superior": ("审核规则由市里定", "这里只能看，什么都没有改。"),
    "same_person": (
        "填报人和审核人是同一个人",
        "内容没有变化。本单位要求由两个人负责：换一位审核人，再审核。现在写的都是{name}。",
    ),
    "withdrawal_reason_missing": ("还没有写撤回的原因", "内容没有变化。写一句为什么撤回，再撤回。"),
    "withdrawal_differs": (
        "撤回通知和它前面的那一份对不上",
        "没有收下，库里没有变化。请打电话向{issuer}核实。",
    ),
    "submission_withdrawn": (
        "这一份已被{issuer}撤回",
        "没有收下，库里没有变化。等对方重新报来。",
    ),
    "letter_too_long": (
        "这一节有{count}个字，太长了",
        "原来的正文没有变。请删到{most}个字以内，或写进填报条目。",
    ),
    "comment_empty": ("意见还没有写", "写清要改什么，再提给填报人。"),
    "comments_open": ("还有{count}条审核意见没有办结", "已填的都在。先看{first}：改好了，点“已改好”。"),
    "people_missing": ("还没有写{who}", "写上{who}的姓名，就可以继续。已填的内容都在。"),
    "report_not_frozen": ("这一次报送还没有审核通过", "先审核，再签发。内容没有变化。"),
    "report_not_signed": ("这一次报送还没有签发", "先签发，再导出。内容没有变化。"),
    "report_missing": ("这个季度还没有季报", "请先在“填报”里填写。"),
    "no_superior": ("这个工作区没有上级", "市级工作区只收报，不报送。"),
    "plan_missing": ("工作区里还没有方案", "县（市、区）和园区请先导入市里发来的任务包；市里请先导入方案。"),
    "plan_ambiguous": ("工作区里有几个方案", "请用 --plan 指明是哪一个。"),
    "quarter_wrong": ("“{quarter}”不是季度", "请写成 2025Q1 这样的形式。"),
    # Reports
    "font_unreadable": ("字体文件“{file}”读不出来", "没有生成文件，内容都在。请重新安装程序。"),
    "font_missing": ("缺少字体文件“{file}”", "没有生成文件，内容都在。请重新安装程序。"),
}
