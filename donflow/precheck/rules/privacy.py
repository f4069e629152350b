"""Personal information: more than is needed, or used without consent (个人信息保护法)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import clause_of, found, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity

_STRONG: Final = re.compile(
    "身份证|护照|家庭住址|家庭地址|银行卡|银行账[号户]|病历|病史|健康状况|宗教|人脸|指纹|父母|家庭成员"
    "|家庭收入|生物识别|征信"
)
_WEAK: Final = re.compile(
    "手机号|联系电话|电话号码|联系方式|微信|民族|政治面貌|户籍|家庭情况|家庭经济|照片|住址"
    "|出生日期|籍贯"
)
_PEOPLE: Final = re.compile("学生|受助|获奖|受益|受资助|校友|名单|教师|奖励对象|资助对象|受奖")
_GIVEN: Final = re.compile(
    "提供|报送|报告|提交|包括|包含|内含|注明|载明|列明|附|移交|反馈|通报|抄送|共享|发送|寄送|寄给|寄至|送交"
    "|呈报|上报|发给|导出|交给|交予|转给|转交"
)
_GUARDED: Final = re.compile(
    "脱敏|隐去|匿名|去标识|单独同意|本人(?:书面)?同意|依法征得|发放|领取|打款|汇给学生"
)
_VEILED: Final = re.compile(
    "脱敏|隐去|隐藏|匿名|化名|去标识|单独同意|(?<!未经)(?<!无须)(?<!无需)本人(?:书面)?同意"
)
_PLIGHT: Final = (
    r"(?:家庭[^，。；、]{0,6}(?:情况|状况|信息|收入|背景)|(?:贫困|困难|受灾|受困|致困|患病|健康|病|伤)(?:情况|状况|原因|情形|情)"
    r"|困难程度|贫困等级|家境|困境)"
)
_UNASKED: Final = re.compile(
    "(?:无需|无须|不必|毋须|不需|不再|未经)[^，。；]{0,10}(?:同意|许可|授权|告知)"
    "|(?:不得|无权)[^，。；]{0,6}(?:异议|拒绝|反对)"
)
_PERSON: Final = "(?:学生|受助|受资助|受救助|获助|受奖|获奖|学员|患者|受益人|教职工|教师|师生)"
_PUBLIC: Final = re.compile(
    rf"(?:公开|公示|公布|披露|发布|张贴|刊登|展示)[^。；，]{{0,12}}?{_PERSON}[^。；，]{{0,20}}?{_PLIGHT}|"
    r"(?:公开|公示|公布|披露|发布|张贴|刊登|展示)[^，。；]{0,24}?(?:身份证|家庭住址|家庭地址"
    r"|联系电话|联系方式|手机号|银行(?:卡|账)|住址|病历|家庭情况|家庭经济)[^，。；]{0,10}"
    r"|(?:身份证|家庭住址|家庭地址|联系电话|联系方式|手机号|银行(?:卡|账号)|病历"
    r"|家庭情况)[^，。；]{0,16}?(?:公开|公示|公布|张贴|刊登)"
)
_WILLING_OR_NOT: Final = (
    "(?:无论|不论|不管|不问)[^，。；]{0,12}"
    "(?:是否(?:愿意|同意|许可|授权|情愿|知情)|(?:愿意|同意)与否|愿不愿意?|同不同意)"
)
_WITHOUT: Final = re.compile(
    rf"(?:公开|公布|公示|披露|发布|刊登|展示|使用|提供)[^。；]{{0,40}}?{_WILLING_OR_NOT}[^，。；]{{0,6}}"
    rf"|{_WILLING_OR_NOT}[^。；不]{{0,30}}(?:公开|公布|公示|披露|发布|刊登|展示|使用|提供)[^，。；]{{0,14}}|"
    r"(?:无需|无须|不经|不必|毋须|不需)[^，。；]{0,14}(?:同意|许可|授权)[^。；]{0,30}(?:公开|提供"
    r"|使用|转让|披露|传输|共享|发布|处理)[^，。；]{0,14}"
    r"|(?:使用|公开|发布|展示|刊登|公布|披露|转发|传播)[^，。；]{0,16}(?:学生|受助|受资助|获奖|受奖|校友|教师|本人|其)"
    r"[^，。；]{0,8}(?:照片|肖像|影像|姓名|信息|情况|事迹|资料|故事|视频|经历)[^。；，]{0,12}[，,]?[^，。；]{0,8}?"
    r"(?:无需|无须|不必|毋须|不需|不再)[^，。；]{0,10}(?:同意|许可|授权|告知)"
    r"|(?:学生|受助|受资助|获奖|受奖|校友|教师)[^，。；]{0,12}(?:照片|肖像|影像|姓名|信息|情况|事迹|资料|视频)[^。；]{0,40}?"
    r"(?:不得|无权)[^，。；]{0,6}(?:异议|拒绝|反对)[^，。；]{0,4}"
    r"|未经[^，。；]{0,12}(?:同意|许可|授权)[^。；不]{0,8}(?:可以?|有权|即可|亦可"
    r"|也可)[^。；不]{0,16}(?:公开|提供|使用|转让|披露|传输|共享)[^，。；]{0,14}"
    r"|(?:可以?|有权|得)[^，。；不]{0,16}(?:在)?未经[^，。；]{0,14}(?:同意|授权"
    r"|许可)(?:的情况下)?[^。；不]{0,20}(?:公开|提供|使用|转让|披露|传输|共享)[^，。；]{0,14}"
    r"|(?:永久|不可撤销)[^，。；]{0,14}(?:授权|许可|使用|同意|保存|持有)[^。；]{0,30}(?:个人信息"
    r"|肖像|照片|影像|个人资料|姓名)[^，。；]{0,10}"
    r"|(?:个人信息|肖像|照片|影像|个人资料)[^，。；]{0,20}(?:永久|不可撤销"
    r"|无限期)[^，。；]{0,10}(?:授权|许可|使用|保存|所有)"
    r"|放弃[^，。；]{0,16}(?:个人信息|隐私|肖像)[^，。；]{0,6}(?:权|权利|保护)?"
    r"|(?:视为|即视为|默认)[^，。；]{0,10}同意[^。；]{0,24}(?:个人信息|公开|第三方|肖像"
    r"|身份信息)[^，。；]{0,8}"
    r"|(?:向|提供给|转让给|出售给|共享给)(?:任何|其他|合作)?(?:第三方|境外|关联公司|合作方"
    r"|商业机构)[^，。；]{0,10}(?:提供|出售|转让|共享|传输|披露)?[^，。；]{0,10}(?:个人信息"
    r"|学生信息|校友信息|名单|联系方式|个人资料)"
    r"|(?:个人信息|学生信息|校友信息|名单|联系方式|个人资料)[^，。；]{0,8}(?:提供|出售|转让|共享"
    r"|披露|传输)[^，。；]{0,6}(?:第三方|商业|合作方|关联|境外|其他公司)"
    r"|(?:个人信息|学生信息|校友信息|校友名单|联系方式"
    r"|个人资料)[^，。；]{0,14}(?:用于)(?:[^，。；]{0,6})(?:营销|商业推广|市场推广|产品推广)"
    r"|(?:信息|名单|联系方式|资料|手机号|身份证号|照片)[^，。；]{0,8}用于[^，。；]{0,6}(?:营销|商业推广|市场推广|产品推广|推销)"
)
_MAY_EN: Final = (
    r"(?:may|can|shall|will|is entitled to|are entitled to|has the right to|have the right to)"
    r"(?! not\b)"
)
_USE_EN: Final = r"(?:publish|disclose|use|share|transfer|sell|post|release|make public|provide)"
_WITHOUT_EN: Final = re.compile(
    rf"\b{_MAY_EN}\s[^.;]{{0,40}}?\b{_USE_EN}\b[^.;]{{0,160}}?\bwithout\b[^.;]{{0,40}}?(?:consent|permission"
    rf"|authori[sz]ation)|\bwithout\b[^.;]{{0,40}}?(?:consent|permission|authori[sz]ation)[^.;]{{0,60}}?\b"
    rf"{_MAY_EN}\s[^.;]{{0,30}}?\b{_USE_EN}\b[^.;]{{0,80}}",
    re.IGNORECASE,
)
_NOBODY_EN: Final = re.compile(r"\b(?:neither|nor|no|nobody|none)\b", re.IGNORECASE)
_STRONG_EN: Final = re.compile(
    r"passport|identity|ID (?:card|number)|bank (?:card|account)|medical|health|famil(?:y|ies)"
    r"|home address|residential address|religio|fingerprint|household income|phone number",
    re.IGNORECASE,
)
_EXCESS_EN: Final = re.compile(
    r"\b(?:provide|submit|report|furnish|send|deliver|attach|together with|including|accompanied by"
    r"|disclose)\b[^.;]{8,240}",
    re.IGNORECASE,
)
_PEOPLE_EN: Final = re.compile(
    r"student|recipient|beneficiar|winner|scholar|grantee|awardee", re.IGNORECASE
)
_GUARDED_EN: Final = re.compile(r"\bnot\b|consent|anonym|exclud|without|redact", re.IGNORECASE)
_BY_STUDENTS: Final = re.compile(
    r"(?:学生|申请人|受助人|获奖者|获奖人)(?:应|须|需|应当)?(?:如实)?(?:向(?:学院|学校|乙方|丙方"
    r"|基金会))?(?:提交|提供|填写|填报)"
)
_CONSENT: Final = re.compile(
    "(?:(?<![未不非])经|(?<![未无不须需])(?:征得|取得|获得))[^，。；]{0,14}(?:同意|授权|许可)"
)


def personal_info_excess(draft: Draft) -> Iterator[Finding]:
    """Particulars of students, alumni or teachers that the receiver does not need."""
    expect = say(N_("Give only what is needed: name, programme and year, with separate consent."))
    donor = re.compile(
        rf"(?:向|给|报|由|至|提交|报送|提供|移交|发送|交){labels(draft, 'donor')}"
        rf"|{labels(draft, 'donor')}[^，。；]{{0,8}}(?:提供|查阅)"
    )
    for line in draft.paper.lines:
        if line.number in draft.anatomy.signing:
            continue
        seen: set[tuple[int, int]] = set()
        for match in (*_STRONG.finditer(line.text), *_WEAK.finditer(line.text)):
            clause = clause_of(line.text, *match.span())
            first, last = sentence_of(line.text, *match.span())
            words, sentence = line.text[slice(*clause)], line.text[first:last]
            if clause in seen or not _PEOPLE.search(sentence) or not _GIVEN.search(sentence):
                continue
            seen.add(clause)
            strong, weak = set(_STRONG.findall(words)), set(_WEAK.findall(words))
            enough = len(strong) >= 2 or (strong and weak) or len(weak) >= 3
            if not enough and not (strong and donor.search(sentence)):
                continue
            if _GUARDED.search(sentence) or is_forbidden(draft.paper, line, *match.span()):
                continue
            if _BY_STUDENTS.search(sentence) and not donor.search(sentence):
                continue
            if re.search("不(?:含|包括|包含|涉及|提供)|[仅只](?:含|限|包括|提供|填)", words):
                continue
            if any(_WITHOUT.finditer(sentence)):
                continue  # told as privacy_illegal
            yield found("personal_info_excess", Severity.ERROR, line, clause, expect, sure=False)
        for match in _EXCESS_EN.finditer(line.text):
            several = len(_STRONG_EN.findall(match[0])) >= 2
            if several and _PEOPLE_EN.search(line.text) and not _GUARDED_EN.search(line.text):
                yield found(
                    "personal_info_excess", Severity.ERROR, line, match.span(), expect, sure=False
                )


def privacy_illegal(draft: Draft) -> Iterator[Finding]:
    """Particulars made public or passed on without consent, or rights given up for good."""
    expect = say(N_("This needs the person's separate consent, which can be withdrawn."))
    for line in draft.paper.lines:
        if line.number in draft.anatomy.signing:
            continue
        for match in _WITHOUT_EN.finditer(line.text):
            first = max(line.text.rfind(mark, 0, match.start()) for mark in ".;") + 1
            if _NOBODY_EN.search(line.text[first : match.start()]):
                continue
            yield found("privacy_illegal", Severity.ERROR, line, match.span(), expect, sure=False)
        seen: set[tuple[int, int]] = set()
        for pattern in (_WITHOUT, _PUBLIC):
            for match in pattern.finditer(line.text):
                first, last = sentence_of(line.text, *match.span())
                if (first, last) in seen:
                    continue
                words = line.text[first:last]
                if pattern is _PUBLIC and (_CONSENT.search(words) or _VEILED.search(words)):
                    continue
                if "第三方" in match[0] and _CONSENT.search(words):
                    continue
                own = match[0].startswith(
                    ("无需", "无须", "无论", "不", "毋", "放弃", "未经")
                ) or bool(_UNASKED.search(match[0]) or re.search(_WILLING_OR_NOT, match[0]))
                if not own and is_forbidden(draft.paper, line, *match.span()):
                    continue
                if own and is_forbidden(draft.paper, line, match.start(), match.start()):
                    continue
                seen.add((first, last))
                yield found(
                    "privacy_illegal", Severity.ERROR, line, match.span(), expect, sure=False
                )
