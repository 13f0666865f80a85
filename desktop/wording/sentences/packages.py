"""Errors of what travels: packages that are made, received, refused."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # Distribution
    "no_quarter": ("还没有开放任何季度", "先定好季度的三个日期，再下发。"),
    "nothing_assigned": ("{unit}没有分派到任务", "没有做任何文件。请先分派，或不选这一家。"),
    # Packages
    "file_missing": ("找不到文件", "没有改动任何内容。{file}"),
    "file_unreadable": (
        "文件读不出来",
        "没有改动任何内容。请检查文件能不能打开，U盘是否插好。{file} {reason}",
    ),
    "file_not_ours": (
        "这不是蓝天季报的文件",
        "没有导入任何内容。能查验的是 .jbx 交换文件和本程序签发的 PDF。",
    ),
    "package_not_ours": ("这不是蓝天季报的交换文件", "没有导入任何内容。请选 .jbx 文件。"),
    "package_damaged": ("这个文件坏了，打不开", "没有导入任何内容。请让对方重新导出一份。"),
    "package_too_large": ("这个文件太大", "没有打开。交换文件最大200 MB。"),
    "package_too_many_files": (
        "文件太多，装不进一个交换文件",
        "没有签发，内容都在。现在有{count}个，最多{limit}个。请把佐证材料合并或压缩成 zip。",
    ),
    "report_too_large": ("季报的文字太多", "没有签发，内容都在。请精简文字后再签。"),
    "file_too_large": ("这个文件太大", "没有打开，没有改动任何内容。最大{limit}。"),
    "package_newer": ("这个文件是用更新版本的程序做的", "没有导入任何内容。请先把本程序升级到新版本。"),
    "package_header_wrong": ("这个文件的说明部分不对", "没有导入任何内容。请让对方重新导出一份。"),
    "package_content_wrong": ("这个文件的内容不完整或不合规则", "没有导入任何内容。请让对方重新导出一份。"),
    "package_not_intact": ("签名之后，文件被改动过", "没有收下，库里没有变化。请让对方重新导出一份。"),
    "package_refused": ("这个文件没有通过查验", "没有收下，库里没有变化。请让对方重新导出一份。"),
    # Facts of a verification that failed, as they are told at the inbox
    "content_altered": ("签名之后，文件被改动过", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "signature_damaged": ("签名读不出来", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "signature_wrong": ("签名对不上", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "signature_padded": ("签名里夹了别的内容", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "files_unsigned": ("文件里有没签过名的内容", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "file_list_wrong": ("文件清单和内容对不上", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "request_of_other_key": ("证书申请不是用自己的钥匙签的", "没有签发证书。请让{issuer}重新申请。"),
    "pdf_not_signed": ("这份 PDF 没有签名", "没有收下，库里没有变化。请让对方签发后再导出。"),
    "unsigned_bytes_after": (
        "签名之后，PDF 里又加了内容",
        "没有收下，库里没有变化。请让{issuer}重新导出一份。",
    ),
    "signature_fields_wrong": ("PDF 里的签名栏不对", "没有收下，库里没有变化。请让{issuer}重新签发。"),
    "signatures_missing": (
        "PDF 里的签名不全，该签的人没有签完",
        "没有收下，库里没有变化。请让{issuer}签完再导出。",
    ),
    "signed_pdf_changed": (
        "有人签名以后，PDF 里改过别的内容",
        "没有收下，库里没有变化。请让{issuer}重新签名、签发。",
    ),
    "signers_of_several_units": (
        "在 PDF 上签名的人不是同一个单位的",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "signature_kind_wrong": ("PDF 的签名方式不对", "没有收下，库里没有变化。请让{issuer}用本程序重新签发。"),
    "signature_not_certifying": (
        "PDF 的签名没有锁定文件",
        "没有收下，库里没有变化。请让{issuer}用本程序重新签发。",
    ),
    "attachment_wrong": ("PDF 里带的数据不对", "没有收下，库里没有变化。请让{issuer}重新签发。"),
    "attachment_too_large": ("PDF 里带的数据大得不正常", "没有打开，库里没有变化。请向{issuer}核实。"),
    "signer_role_wrong": ("签名的人用的不是这个身份的证书", "没有收下，库里没有变化。请向{issuer}核实。"),
    "chain_incomplete": ("证书不是本市发的", "没有收下，库里没有变化。请确认对方用的是本市发的证书。"),
    "authority_role_wrong": ("签发证书的单位不对", "没有收下，库里没有变化。请向{issuer}核实。"),
    "certificate_not_yet_valid": ("证书还没到生效时间", "没有收下，库里没有变化。请检查两边电脑的日期。"),
    "crl_missing": ("没有证书注销名单可查", "没有收下，库里没有变化。请先导入市里最新的任务包。"),
    "crl_expired": ("证书注销名单已过期", "没有收下，库里没有变化。请先导入市里最新的任务包。"),
    "crl_wrong": ("证书注销名单不是本市发的", "没有收下，库里没有变化。请向{issuer}核实。"),
    "signature_broken": ("签名之后，文件被改动过", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "signer_not_issuer": ("签名的人不是发件单位的", "没有收下，库里没有变化。请向{issuer}核实。"),
    "not_for_us": (
        "这个文件是发给{recipient}的，不是发给{unit}的",
        "没有导入任何内容。请找对方要发给{unit}的文件。",
    ),
    "wrong_direction": (
        "这个文件不该在这里导入",
        "没有导入任何内容。季报和证书申请由市里收，任务包、证书和回执由县（市、区）和园区收。",
    ),
    "not_our_superior": ("这个文件不是上级发来的", "没有导入任何内容。发件单位是{issuer}，请向市里核实。"),
    "sequence_old": (
        "已经收过更新的一份",
        "没有收下，库里没有变化。这是第{sequence}次，上次收到第{last}次。",
    ),
    "sequence_conflict": (
        "同一个编号来过另一份内容不同的文件",
        "没有收下，库里没有变化。这可能是冒充，也可能是对方从旧备份恢复以后没有先找回就签发了。请打电话向{issuer}核实；是恢复的，请对方再恢复一次，先导入已报过的那份。",
    ),
    "sequence_forked": (
        "它接着的前一份，不是这里收过的那一份",
        "没有收下，库里没有变化。对方多半是从旧备份恢复以后没有先找回就签发了。请打电话向{issuer}核实，把收过的交还给对方（“交还原件”），请对方再恢复一次，先导入再签发。",
    ),
    "sequence_gap": (
        "中间少了一份",
        "上次收到第{last}次，这是第{sequence}次。先放在收件里，请向{issuer}要中间那一份。",
    ),
    "plan_unknown": ("库里没有这个方案", "没有收下。“{plan}”不是这里下发的。"),
    "plan_conflict": (
        "同一个方案的第{version}版来过另一份内容",
        "没有导入任何内容。这可能是市里的工作区从旧备份恢复过，请打电话向市里核实。",
    ),
    "plan_differs": (
        "方案和这里下发的不一样",
        "没有收下，库里没有变化。请重新下发任务包，让对方用新的任务包填报。",
    ),
    "unit_differs": ("季报是{unit}的，发件单位却是{issuer}", "没有收下，库里没有变化。请向{issuer}核实。"),
    "rows_unfilled": (
        "季报里有措施没有填完成情况",
        "没有收下，库里没有变化。请让{issuer}填完后重新签发。",
    ),
    "quarter_unknown": (
        "{quarter}还没有开放报送",
        "没有收下，库里没有变化。要收这个季度的季报，请先开放它；否则请向{issuer}核实。",
    ),
    "stream_differs": (
        "文件的编号和里面的季报对不上",
        "没有收下，库里没有变化。请让{issuer}重新导出一份。",
    ),
    "revision_old": (
        "已经收过更新的一次报送",
        "库里没有变化。这是第{revision}次报送，库里已有第{held}次。",
    ),
    "rows_differ": ("季报里的措施和分派的不一样", "没有收下，库里没有变化。请重新下发任务包。"),
    "paper_altered": ("季报的 PDF 被改动过", "没有收下，库里没有变化。请让{issuer}重新导出一份。"),
    "paper_not_trusted": (
        "季报 PDF 的签名不是本市发的证书",
        "没有收下，库里没有变化。请让{issuer}重新签发。",
    ),
    "paper_revoked": (
        "季报 PDF 上有人签名用的证书已被注销",
        "没有收下，库里没有变化。请让{issuer}办好新证书，撤回这一次，重新签发。",
    ),
    "paper_differs": ("PDF 和数据对不上", "没有收下，库里没有变化。请让{issuer}重新签发。"),
    "paper_signer": ("PDF 的签发人不是这个单位的", "没有收下，库里没有变化。请向{issuer}核实。"),
    "paper_person": (
        "季报上写的签发人是“{named}”，PDF 却是“{person}”签的",
        "没有附{named}的签批单，没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "paper_co_signer": (
        "季报上写的{who}是“{named}”，PDF 却是“{person}”签的",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "not_a_submission": ("这个文件不是季报", "库里没有变化。"),
    "already_returned": ("这一次报送已经退回了", "退回单在发件里。请等{issuer}改好后再报。"),
    "reason_missing": ("还没有写退回的原因", "库里没有变化。写一句哪里要改，就可以退回。"),
    "answer_without_report": (
        "找不到这份回执对应的季报",
        "没有改动任何内容。这台电脑里没有{quarter}第{revision}次报送，可能是从备份恢复过。请先导入那次写到U盘上的季报（.jbx），再导入它。",
    ),
}
