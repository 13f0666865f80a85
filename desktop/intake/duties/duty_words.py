"""The words that plans use for duties: verbs, labels, deadlines, rules stated once."""

from __future__ import annotations

import re

EQUAL = r"(?:(?:按照|按|依照|依据|根据|结合)?(?:各自)?(?:工作)?(?:职责|职能)(?:分工|权限|范围)?|按照?分工|各司其职|各负其责|分工)"
# Behind a name and before its verb, and part of neither: 按属地管理原则, 按照管理权限, 依职责.
BY_RULE = r"(?:按照?|依照|依据|根据|遵照|依)(?:各自)?(?:属地(?:化|管理|负责)*(?:的)?(?:原则|要求)?|(?:干部)?(?:管理|职责|审批|监管)权限|职责权限|隶属关系|分级(?:负责|管理)?(?:的)?原则|职责|职能|要求|规定|有关规定|部门职责)"
MANNER = rf"(?:{EQUAL}|{BY_RULE}|共同|联合|分别|分头|具体|积极|全力|协同|主要|统筹|组织|认真|抓好|做好|推进|贯彻|直接|总|抓|要|予以|，)*"
LEAD_ACT = r"(?:牵头|主办|主抓)(?:负责|组织|实施|落实|推进|抓总|办理|统筹|抓好|协调|单位)*"
SUPPORT_ACT = (
    r"(?:配合|协助|协办|参与|参加|支持|协同|协作)(?:落实|实施|推进|做好|完成|负责|开展|配合|协助|工作)*"
)
IMPLEMENT_ACT = (
    r"(?:负责)?(?:具体|组织|抓好|做好|推进|贯彻|全面|分别)*(?:落实|实施|执行|承办|推进)(?:到位|工作)*"
)
# Who guides or watches stands beside those who do; where nobody leads, it leads.
GUIDING = r"(?:负责)?(?:业务|统筹|督促|跟踪)?(?:指导|监督|督导|督促|监管)+"
RESPONSIBLE_ACT = rf"(?:负责|负总责|承担|{GUIDING})"
ACTS = re.compile(
    rf"^(?P<names>.*?)(?P<phrase>{MANNER}(?:(?P<lead>{LEAD_ACT})|(?P<support>{SUPPORT_ACT})"
    rf"|(?P<implement>{IMPLEMENT_ACT})|(?P<responsible>{RESPONSIBLE_ACT})))[。.]?$",
    re.S,
)
LABEL = re.compile(
    r"^(?:市级|县级|区级)?(?:(?P<lead>主要负责|总?牵头|主办|主责)|(?P<support>配合|协办|协同|协作|协助|参与|参加|支持|监管|监督|指导|督导)"
    r"|(?P<implement>具体落实|落实|实施|执行|承办)|(?P<responsible>责任|主体责任|负责|主体))"
    r"(?:责任)?(?:单位|部门|主体|地区|机构)?[（(]?[）)]?[:：]"
)
# 【牵头单位】市住建局: a label in brackets of its own.
BRACKETED_LABEL = re.compile(
    r"[【\[〔（(［]\s*((?:总?牵头|主办|主责|责任|配合|协办|参与|落实|实施)(?:责任)?(?:单位|部门|主体)|(?:完成|整改|办结)?时限|完成时间)\s*[】\]〕）)］]\s*[:：]?"
)
LABEL_AHEAD = re.compile(
    r"(?<=[^，,；;。\s（(:：头办合实体级成改结总])(?=(?:总?牵头|主办|责任|配合|协办|参与|落实|实施)(?:责任)?(?:单位|部门|主体)[:：]|(?:完成|整改|办结)?时限[:：])"
)
# 市住建局（牵头）: a name's own role in a bracket behind it.
ROLE_BEHIND = re.compile(
    r"\s*([（(](?:(?P<lead>总?牵头|主办|主责)|(?P<support>配合|协办|协助)|(?P<implement>落实|实施|承办))(?:单位|部门)?[）)])[\s、，,；;]*"
)
TIME_LABEL = re.compile(r"^(?:完成|整改|办结|工作|计划)?(?:时限|时间|期限|时间节点|日期)(?:要求)?[:：]")
PERSON_LABEL = re.compile(r"^(?:责任|牵头|分管|包抓|市级|联系)?(?:市?领导|责任人|联系人|责任人员)[:：]")
DATE = re.compile(
    r"^(?:完成)?(?:时限|时间)?(?:力争|确保|在|于|到|至)?(20\d\d\s*年[^，；。]{0,8}?|长期(?:坚持|推进|实施|落实)?|持续(?:推进|实施|开展|坚持|落实)?"
    r"|常态化(?:推进|实施|开展)?|全年(?:推进)?|每年\d*月?底?前?)(?:完成|实施)?$"
)
AND_OTHERS = re.compile(
    r"等(?:\d+个)?(?:有关|相关|市直|市级|各)*(?:部门|单位|部门和单位|部门、单位|成员单位|企业)?$"
)
FIRST_LEADS = re.compile(
    r"(?:排|列|排列|位列|排名|位|名列)?在?(?:第一位|首位|第一个|最前|第一|第1位|首)(?:的|者)?[^，。；]{0,8}?(?:为|是|系)[^，。；]{0,4}?(?:牵头|主办|主责)(?:单位|部门)?"
)
NOTHING = re.compile(r"^[/／\\\-—–－―·.。*无〇○空\s]*$|^(?:暂无|不涉及|N/A)$")
CONJUNCTION = re.compile(r"(?<=[局委府会办厅部司院行队心位门社署])(?:和|及|以及|与|暨)(?=[\u4e00-\u9fff]{2})")
BROKEN_COLLECTIVE = re.compile(r"([（(][县市]?、?[市县]?、?区)(?=(?:人民)?政府|管委会)")
