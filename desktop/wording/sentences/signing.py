"""Errors of keys and certificates, and of who signs for whom."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # Keys
    "passphrase_wrong": ("口令不对", "没有签名，内容没有变化。看一下大写锁定，再输一次。"),
    "passphrase_short": ("口令太短", "请至少用{least}个字符。一句自己记得住的话最好。"),
    "passphrase_missing": ("没有给口令", "请用 --passphrase-file 指明写有口令的文件。口令不会出现在命令里。"),
    "authority_exists": ("本单位的证书已经建好了", "没有改动它。"),
    "no_certificate": ("还没有签名用的证书", "内容没有变化。请先到“证书”里办好证书。"),
    "certificate_exists": ("{person}的证书已经办好了", "不用再申请。"),
    "certificate_expired": ("签名证书已过有效期", "没有签名，内容没有变化。请向市里重新申请证书。"),
    "certificate_without_request": (
        "这台电脑没有申请过证书",
        "没有导入任何内容。证书只能装回提出申请的那台电脑。",
    ),
    "certificate_not_ours": ("证书和这里的不是一套", "没有导入任何内容。请确认文件是本市发给本单位的。"),
    "certificate_revoked": (
        "签名用的证书已被注销",
        "没有收下，库里没有变化。请与对方联系，用新证书重新签发。",
    ),
    "own_certificate_revoked": (
        "这台电脑上{who}{person}的证书{day}被市里注销了",
        "没有签名，内容没有变化。请到“证书”里申请新证书，办好了再签。",
    ),
    "certificate_unknown": ("这张证书不是这里发的", "没有注销任何证书。请在“证书”页的名单里选。"),
    "signer_not_named": (
        "报告上的签发人是{issuer}，这台电脑的证书是{person}的",
        "没有签名，内容没有变化。{issuer}在纸质签批单上签过字的，可以由{person}代签；也可以由{issuer}本人签发。",
    ),
    # Preparer and reviewer sign before the issuer
    "co_signature_missing": ("{who}还没有签名", "没有签发，内容没有变化。{who}签了名，再签发。"),
    "co_signature_revoked": (
        "填报人或审核人签名以后，他的证书被市里注销了",
        "没有签发，内容没有变化。请退回填报人，办好新证书后重新送审、重新签名；这样签出的季报市里不收。",
    ),
    "co_signatures_complete": ("该签的人都已签过", "没有再签，内容没有变化。接下来由签发人签发。"),
    "co_signer_without_certificate": (
        "这台电脑上还没有{who}的证书",
        "没有签名，内容没有变化。请先到“证书”里给{who}办证书；来不及的，退回填报人，改为不要求{who}签名。",
    ),
    "co_signer_not_named": (
        "报告上的{who}是{named}，这台电脑上{who}的证书是{person}的",
        "没有签名，内容没有变化。请由{named}本人签名；人换了的，退回填报人，改过姓名再送审核。",
    ),
    # Signing for the issuer, who signed on paper
    "scan_form": (
        "“{file}”这种文件不能作签批单的扫描件",
        "没有添加，别的内容都在。可以用 PDF、OFD，和 JPG、PNG、TIFF 等图片。",
    ),
    "scan_missing": ("没有给签批单的扫描件", "没有签名，内容没有变化。请用 --approval 指明扫描件。"),
    "approval_day_unreadable": (
        "签批单上的日期不对：{day}",
        "没有签名，内容没有变化。请用 --approved-on 写明日期，如 2025-04-08。",
    ),
    "scan_one": ("签批单的扫描件只能是一个文件", "没有添加，别的内容都在。有几页的，请扫描成一个 PDF。"),
    "scan_empty": ("“{file}”是空的", "没有添加，别的内容都在。请重新扫描，或检查是不是选错了文件。"),
    "scan_too_large": (
        "“{file}”有{size}，超过了{limit}",
        "没有添加，别的内容都在。请用黑白或低一些的分辨率重新扫描。",
    ),
    "scan_altered": (
        "工作区里存着的签批单扫描件“{file}”读不出来，或在程序之外被改动过",
        "没有签名，内容没有变化。请去掉这一份，重新选扫描件。",
    ),
    "approval_needless": (
        "{named}就是这台电脑证书上的人",
        "没有签名，内容没有变化。本人签发，不用附签批单。",
    ),
    "approval_day": (
        "签批单上的日期不对：{day}",
        "没有签名，内容没有变化。日期应当在审核通过那天（{reviewed}）和今天（{today}）之间。",
    ),
    "approval_differs": (
        "签批单和这一次报送对不上",
        "没有签名，内容没有变化。请关闭“签发”，重新打开再选签批单。",
    ),
    # An approval that does not fit, as it is told at the superior's
    "approval_of_another_report": (
        "附来的签批单不是这一次报送的",
        "没有收下，库里没有变化。请让{issuer}用这一次报送的签批单重新签发。",
    ),
    "approval_of_another_issuer": (
        "签批单是“{given}”签的，季报上的签发人却是“{named}”",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "approval_superfluous": (
        "签发人“{named}”是本人签名的，却又附了代签的签批单",
        "没有收下，库里没有变化。请让{issuer}重新签发。",
    ),
    "approval_too_early": (
        "签批单上的日期（{day}）比审核通过的日期（{reviewed}）早",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "approval_too_late": (
        "签批单上的日期（{day}）比代签的日期晚",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "approval_of_another_signer": (
        "签批单上写的代签人是“{person}”，签名的却是另一个人",
        "没有收下，库里没有变化。请向{issuer}核实。",
    ),
    "approval_not_on_paper": (
        "季报 PDF 的签名里写的签批单，不是附来的这一份",
        "没有收下，库里没有变化。请让{issuer}重新签发。",
    ),
    "approval_missing": (
        "季报 PDF 的签名里写明是代签，却没有附签批单",
        "没有收下，库里没有变化。请让{issuer}重新签发。",
    ),
    "root_not_known": ("还没有核对过市里的根证书", "没有导入任何内容。请先导入市里的邀请，打电话核对指纹。"),
    "root_differs": (
        "这份文件的根证书和已经信任的不同",
        "没有导入任何内容。这可能是冒充的文件，请打电话向市里核实。",
    ),
    "fingerprint_not_confirmed": (
        "还没有核对指纹",
        "没有导入任何内容。请打电话，逐字核对指纹 {fingerprint}，再确认。",
    ),
    "request_name_differs": (
        "申请里的单位叫“{name}”，名单里叫“{unit}”",
        "没有签发证书。请打电话核实；如果单位改了名，请先在“单位”里把“{name}”加为它的别名。",
    ),
    "certificate_of_another": (
        "这份证书是{person}的，申请的人是{own}",
        "没有导入任何内容。请向市里核实，让市里按申请重新签发。",
    ),
    "request_mismatch": ("申请里的单位前后不一致", "没有签发证书。请让{unit}重新申请。"),
    "certificate_of_other_key": ("证书和这台电脑的钥匙对不上", "没有签名，内容没有变化。请重新申请证书。"),
    "certificate_wrong": (
        "证书文件读不出来",
        "没有改动任何内容。请检查是不是选错了文件，根证书是 .pem 文件。",
    ),
    "key_damaged": ("签名钥匙读不出来", "没有签名，内容没有变化。请从备份恢复，或重新申请证书。"),
    "request_wrong": ("证书申请读不出来", "没有签发证书。请让对方重新申请。"),
    "request_unit_differs": ("申请里的单位前后不一致", "没有签发证书。请让对方重新申请。"),
    "signer_name_wrong": ("姓名“{name}”不能用", "没有改动任何内容。请写真实姓名，不超过64个字。"),
    "pdf_already_signed": ("这份 PDF 已经签过名", "没有再签，内容没有变化。"),
    "pdf_signature_out_of_turn": (
        "季报 PDF 还没轮到这个人签名，或已经签过",
        "没有签名，内容没有变化。请按填报人、审核人、签发人的顺序签。",
    ),
    "pdf_damaged": ("PDF 读不出来", "没有收下，库里没有变化。请让对方重新导出一份。"),
}
