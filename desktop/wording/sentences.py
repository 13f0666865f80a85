"""The sentences of error codes: what happened; what is safe and what to do. Facts stand in braces."""

from __future__ import annotations

from desktop.wording import colleagues, evidence, keeping

UNKNOWN = ("这一步没有做成", "已有的内容没有变化。请记下下面的编号，告诉维护人员。")
# What is said where the facts of the full sentence are not known.
WITHOUT_FACTS: dict[str, tuple[str, str]] = {
    "workspace_in_use": (
        "这个工作区正由另一个程序打开着",
        "为免互相覆盖，同一时间只能由一个程序打开。等那边关闭后再打开。{folder}",
    ),
    "disk_full": ("空间不够", "没有写完的都撤掉了，原有的内容都在。请腾出空间，或换一个盘。{folder}"),
}
_AS_DOCX = "请用 Word 或 WPS 打开它，另存为 .docx，再导入。"

SENTENCES: dict[str, tuple[str, str]] = {
    # Workspaces
    "workspace_exists": (
        "这个文件夹里已经有一个工作区",
        "没有动它。要用它，请点“打开其他文件夹”；要新建，请换一个空文件夹。{folder}",
    ),
    "workspace_not_empty": (
        "这个文件夹不是空的",
        "没有动里面的文件。请换一个空文件夹，或在里面新建一个子文件夹。{folder}",
    ),
    "workspace_missing": (
        "这里没有工作区",
        "没有改动任何东西。请检查文件夹对不对；在U盘上的，先插好U盘。{folder}",
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
        "没有改动它。请先把整个文件夹复制一份留底，再用自动备份或备份文件恢复。{folder}",
    ),
    "workspace_not_ours": ("这个文件夹里的数据库不是蓝天季报的", "没有改动它。请换一个文件夹。{folder}"),
    "folder_not_writable": (
        "这个文件夹写不进去",
        "什么都没有写。请换一个文件夹，或检查有没有写保护。{folder} {reason}",
    ),
    "folder_missing": (
        "找不到这个文件夹",
        "什么都没有写，电脑里的内容都在。请检查U盘是否插好，或另选一个文件夹。{folder}",
    ),
    "disk_full": (
        "空间不够",
        "{folder} 只剩{free}，这次要{need}。电脑里原有的内容都在。请换一个盘，或先存到别的文件夹。",
    ),
    "medium_gone": ("写到一半时，盘不见了", "电脑里的内容没有受影响。请插回去，再写一次。{folder}"),
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
    "report_locked": ("这一次报送{state}，不能再改", "内容没有变化。要改，须由市里退回后重新报送。"),
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
    "signer_not_named": (
        "报告上的签发人是{issuer}，这台电脑的证书是{person}的",
        "没有签名，内容没有变化。{issuer}在纸质签批单上签过字的，可以由{person}代签；也可以由{issuer}本人签发。",
    ),
    # Preparer and reviewer sign before the issuer
    "co_signature_missing": ("{who}还没有签名", "没有签发，内容没有变化。{who}签了名，再签发。"),
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
        "没有签名，内容没有变化。请关上“签发”，重新打开再选签批单。",
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
    # Distribution
    "no_quarter": ("还没有开放任何季度", "先定好季度的三个日期，再下发。"),
    "nothing_assigned": ("{unit}没有分派到任务", "没有做任何文件。请先分派，或不选这一家。"),
    # Packages
    "file_missing": ("找不到文件", "没有改动任何内容。{file}"),
    "file_unreadable": ("文件读不出来", "没有改动任何内容。请检查U盘。{file} {reason}"),
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
    # Reports
    "font_unreadable": ("字体文件“{file}”读不出来", "没有生成文件，内容都在。请重新安装程序。"),
    "font_missing": ("缺少字体文件“{file}”", "没有生成文件，内容都在。请重新安装程序。"),
    **colleagues.SENTENCES,
    **evidence.SENTENCES,
    **keeping.SENTENCES,
}
