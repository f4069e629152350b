"""Conditions that give the donor something back (民发〔2012〕124号, 公益事业捐赠法 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import clause_of, found, is_forbidden, labels, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Finding, Severity

_GAP: Final = "[^，。；,;]"
_PRODUCT: Final = (
    "(?:产品|商品|服务|设备|软件|课程|耗材|教材|样品|品牌|试剂|器材|系统|平台|物资"
    "|材料|保险|酒|酒水)"
)
_DEAL: Final = (
    "(?:采购|购买|购置|选购|订购|选用|录用|聘用|就业|承建|承接|承揽|承包|承办|中标|供应|供货|合作"
    "|签约|续签"
    "|续约|续购|受让|租赁|承租|入驻|招聘|入职|购买权|合作权|采购权|中标权|经营|代理|开发|转化"
    "|授权|许可)"
)
_KINDLY: Final = (  # whom or what a gift may rightly put first
    "[^，。；]{0,10}?(?:资助|奖励|用于|保障|发放|支持|帮助|关注|困难|贫困|经济|品学|学生|教师"
    "|项目需要|安排[^，。；]{0,6}参加)"
)
_TELLS: Final = "反馈|报告|通报|提交|说明|告知|汇报|公开|报送|抄送"
_GAIN: Final = (
    "(?:分红|利润|分成|提成|返点|返利|回扣|佣金|股息|投资收益|固定收益|经济回报|利益回报|商业回报"
    "|物质回报"
    "|商业利益|经济利益)"
)
_CHANCE: Final = (
    "(?:就业|工作|任职|入职|实习|服务(?:不少于|满|至少|期)|优先[^，。；]{0,6}(?:录用|聘用|招聘))"
)
_MUST: Final = re.compile(
    "应|须|必须|优先|承诺|保证|同意|至少|不少于|有义务|方可|需(?!要帮|求)|安排"
)
_FREE: Final = re.compile("鼓励|欢迎|自愿|可以申请|可申请|提供实习|提供就业|不强制|自主")

# Each pattern is a return in itself. {D} the donor, {U} the side that receives.
_RETURNS: Final = (
    rf"优先{_GAP}{{0,14}}?(?:{_DEAL}){_GAP}{{0,14}}?{{D}}",
    rf"{{D}}{_GAP}{{0,18}}?优先{_GAP}{{0,10}}?{_DEAL}",
    rf"{{D}}{_GAP}{{0,14}}?(?:享有|拥有|具有|获得|取得|给予){_GAP}{{0,10}}?优先(?:权|资格|地位"
    rf"|采购|购买|承建|合作|使用)",
    rf"(?:优先|同等条件下){_GAP}{{0,8}}?(?:给予|安排|选择|考虑|采用|使用|推荐"
    rf"|选用){{D}}{_GAP}{{0,10}}"
    rf"(?:{_PRODUCT}|{_DEAL}|参与投标)",
    rf"(?:购买|采购|购置|订购|选购|续购|推广|销售|推介|推销"
    rf"|代销){_GAP}{{0,12}}?{{D}}(?!(?:所)?捐){_GAP}{{0,10}}?{_PRODUCT}",
    rf"(?:向|从){{D}}(?:(?!{_TELLS}){_GAP}){{0,8}}?(?:购买|采购|购置|订购|选购|续购|租赁)"
    rf"(?!情况|清单|进度|进展|计划|明细|结果|方案|发票|凭证){_GAP}{{0,12}}",
    rf"(?:必须|应当?|须|承诺|只能|统一|指定|长期|继续){_GAP}{{0,8}}?(?:使用|采用"
    rf"|选用){_GAP}{{0,6}}?{{D}}(?!(?:所)?捐)"
    rf"{_GAP}{{0,10}}?{_PRODUCT}",
    rf"{{D}}(?!(?:所)?捐){_GAP}{{0,8}}?{_PRODUCT}{_GAP}{{0,10}}?(?:列入|纳入"
    rf"|进入){_GAP}{{0,8}}?(?:采购|供应商|目录|名录)",
    rf"{{D}}{_GAP}{{0,10}}?(?:列为|纳入|列入|成为|作为|确定为){_GAP}{{0,12}}?(?:供应商|服务商"
    rf"|采购|合作商|指定单位|中标)",
    rf"由{{D}}{_GAP}{{0,14}}?(?:承建|总承包|承接|承揽|承办工程|独家|代理|优先)",
    rf"(?:项目|工程|楼|场馆|食堂|超市|设备采购|软件){_GAP}{{0,8}}?由{{D}}{_GAP}{{0,12}}?(?:施工"
    rf"|供货|供应|承建|经营|运营)",
    r"独家(?!新闻|报道|冠名|命名){_}(?:供应|赞助|合作|经营|代理|销售|广告|使用|权益|采购|授权"
    r"|开发|提供)",
    r"(?:独家|唯一|官方|指定|专属)(?:的)?(?:用(?:酒|车|水|茶|餐|鞋|药|油|纸|品牌)|饮品|饮料|饮用水|白酒|酒水|装备|品牌|产品"
    r"|服装品牌)|独家(?:供酒|供水|用品|权利|地位|待遇)",
    rf"{{D}}{_GAP}{{0,12}}?在{_GAP}{{0,8}}?(?:校园|校内|学校|学院|食堂|图书馆|宿舍){_GAP}{{0,8}}?"
    rf"(?:设立|开设|设置|经营|摆放|开办){_GAP}{{0,8}}?(?:销售|专柜|门店|网点|专卖|售卖|售货|摊位|营业|商铺|超市)",
    rf"将{_GAP}{{0,12}}?(?:场地|实验室|教室|场馆|会议室|房屋?|宿舍|楼|厅|平台|数据|车位|设备){_GAP}{{0,6}}?"
    rf"(?:无偿|免费|优先|优惠)(?:地)?(?:提供|开放|出租|租)给{{D}}(?:使用|用于|作为|经营|开展)",
    r"排他|独占(?:性|权|许可|使用)",
    rf"不(?:得|再|应|能)?{_GAP}{{0,8}}?(?:接受|与|使用|采用|采购|购买|选购|销售|推广|引入|引进"
    rf"|选用){_GAP}{{0,14}}?(?:竞争对手|竞争企业|同行业|同类(?:企业|公司|产品|品牌)"
    rf"|同类(?:的)?{_PRODUCT}|相?竞争(?:性)?(?:之|的|关系|产品|品牌)"
    rf"|其他(?:公司|企业|品牌|厂商|厂家|供应商|同类|捐赠)){_GAP}{{0,14}}",
    rf"(?:发布|投放|刊登|播放|展示|设置|悬挂|张贴|提供|植入|免费){_GAP}{{0,16}}?(?:广告|商业宣传"
    rf"|产品宣传|商业推广)",
    r"广告(?:位|宣传|牌|栏|权益|资源|时段|投放|服务|发布)|产品(?:推介|推广|展销|宣传|发布会)|促销"
    r"|代言|商业(?:推广|宣传|冠名)|推介会",
    rf"{{D}}{_GAP}{{0,12}}?(?:享有|获得|参与|收取|提取|取得|分享){_GAP}{{0,10}}?{_GAIN}",
    rf"(?:向|给|为|支付|返还|返给|给予|支付给){_GAP}{{0,6}}?{{D}}{_GAP}{{0,14}}?(?:{_GAIN}"
    rf"|[\d.]+\s*[%％]|百分之)",
    rf"(?:向|给){{D}}{_GAP}{{0,6}}?(?:返还|返给|分配|分享|让渡|支付){_GAP}{{0,6}}?(?:收益|利润"
    rf"|利息|回报|报酬|所得)",
    rf"{{D}}{_GAP}{{0,40}}?优先(?!{_KINDLY})|优先(?!{_KINDLY}){_GAP}{{0,40}}?{{D}}",
    r"(?:唯一|独家|指定|定点|首选)的?[^，。；]{0,10}(?:供应商|服务商|供货商|经销商|合作商|代理商"
    r"|供货方|供应方|服务方)",
    r"(?:支付|给予|提取|收取|返还)[^，。；]{0,10}(?:提成|回扣|返点|佣金|返利)",
    r"(?:每年|按年|定期|逐年|按月)[^，。；]{0,6}返还[^，。；]{0,20}|作为[^，。；]{0,8}投资回报",
    rf"(?:协助|帮助|支持|推荐|保证|确保){{D}}{_GAP}{{0,8}}?(?:中标|承接|承揽|入围"
    rf"|获得{_GAP}{{0,10}}?(?:项目|工程|合同|订单))",
    rf"支付(?:给)?{{D}}{_GAP}{{0,10}}?(?:服务费|货款|采购款|设备款|咨询费|顾问费|租金|报酬)",
    r"(?:获得|取得|享有|拥有|授予)[^，。；]{0,14}(?:经营权|特许经营|收费权|代理权|销售权|开发权"
    r"|承租权)",
    r"(?:作为|视为|充作|转为|转作)[^，。；]{0,16}(?:预付款|货款|投资款|保证金|借款|入股|股本"
    r"|采购款)",
    r"优先(?:承建|承接|承揽|承包|中标|续约|续签|续购)",
    rf"(?:{_GAIN}){_GAP}{{0,12}}?(?:返还|支付|归还|归|分配){_GAP}{{0,6}}?{{D}}",
    rf"(?:由)?{{D}}{_GAP}{{0,12}}?回购|回购{_GAP}{{0,10}}?(?:股权|设备|产品|捐赠|{{D}})",
    rf"(?:技术成果|研究成果|科研成果|知识产权|专利|成果|数据|收益|所得){_GAP}{{0,24}}?(?:归|属于?"
    rf"|由|为){{D}}"
    rf"{_GAP}{{0,8}}",
    rf"{{D}}{_GAP}{{0,10}}?(?:享有|拥有|取得|获得){_GAP}{{0,14}}?(?:技术成果|研究成果|科研成果"
    rf"|知识产权|专利|成果转化)",
    rf"{{D}}(?!{_GAP}{{0,10}}?(?:授权|许可|同意|允许|提供|将|捐)){_GAP}{{0,16}}?(?:免费|无偿|优惠"
    rf"|低价){_GAP}{{0,6}}?"
    r"(?:使用|享用|入住|租用|停车|参加|培训|租赁|承租|购买|受让)",
    rf"{{D}}{_GAP}{{0,20}}?(?:学费|培训费|租金){_GAP}{{0,8}}?(?:减免|优惠|免费|折扣)",
    rf"{{D}}{_GAP}{{0,14}}?(?:入学|就读|上学|录取|招生|升学|保送|降分){_GAP}{{0,12}}?(?:优惠|照顾"
    rf"|名额|指标|优先|资格|便利)",
    r"作为(?:捐赠的?|对价的?|本次捐赠的?)?(?:回报|对价|交换条件|交换)",
    rf"(?:捐赠|赠与|捐款)[^，。；]{{0,8}}以{_GAP}{{2,30}}?为(?:前提|条件|对价)",
    rf"(?:抵扣|抵作|冲抵|充抵|折抵){_GAP}{{0,8}}(?:货款|租金|采购款|服务费|广告费)",
)
_WORK: Final = (
    rf"(?:到|赴|去|进入|在){{D}}{_GAP}{{0,10}}?{_CHANCE}",
    rf"{{D}}{_GAP}{{0,10}}?(?:享有|拥有|有权)?{_GAP}{{0,4}}?优先{_GAP}{{0,6}}?(?:录用|聘用|招聘"
    rf"|挑选|选择毕业生)",
    rf"(?:与{{D}})?签[订署]{_GAP}{{0,10}}?(?:就业协议|劳动合同|服务期协议|定向就业)",
)
_GOODS_ONLY: Final = re.compile("著作权|版权|作品")
_GIVEN_AWAY: Final = re.compile(
    "(?:捐赠|赠与|赠予)(?:给|予|与|于)?(?:乙方|丙方|受赠|学校|学院|基金会)"
)
_BENEFIT: Final = (
    "资助|奖励|受益|名额|优先|受助|获奖|录取|用于|发放|入选|评定|享受|减免|照顾|推荐|获得|保送"
)
_KIN: Final = (
    "(?:员工|职工|高管|股东|董事|雇员|亲属|近亲属|亲友|子女|子弟|配偶|家属|家人|后代|孙"
    "|关联(?:企业|公司|方))"
)
_CHOSEN: Final = re.compile(
    rf"[从自在][^，。；]{{0,30}}{_KIN}[^，。；]{{0,10}}[中里内](?:择优|优先|公开|每年|直接)*"
    "(?:选取|遴选|推荐|选拔|挑选|选出|选定|推选|选派|产生|确定|择优|招收|录取|评选)"
)
_HELPERS: Final = (
    "委员|评委|评审|导师|讲师|讲者|主讲|授课|志愿|代表|监督员|联络|专家|工程师|教练|嘉宾|顾问"
)
"""Whom the donor may send without a benefit to him: those who help."""
_KIN_BY_NAME: Final = "(?:后人|后代|后裔|子孙|子弟|子女|族人|宗亲|家属|亲属|家族成员)"
_SMOKE: Final = re.compile("烟草|香烟|卷烟|雪茄|电子烟")


def commercial_return(draft: Draft) -> Iterator[Finding]:
    """Buying, hiring, exclusive rights, advertising, profit or results for the donor."""
    donor = _donor(draft)
    patterns = [
        re.compile(p.replace("{_}", "(?:[的性]|地)?").replace("{D}", donor)) for p in _RETURNS
    ]
    work = [re.compile(p.replace("{D}", donor)) for p in _WORK]
    expect = say(N_("A gift that brings its donor a benefit is no gift: take this out."))
    for line in draft.paper.lines:
        if line.number in draft.anatomy.signing:
            continue
        seen: set[tuple[int, int]] = set()
        for pattern in (*patterns, *work):
            for match in pattern.finditer(line.text):
                clause = clause_of(line.text, *match.span())
                words = line.text[slice(*clause)]
                if clause in seen or _is_innocent(draft, words, match[0]):
                    continue
                first, last = sentence_of(line.text, *match.span())
                if pattern in work and not _is_demanded(line.text[first:last]):
                    continue
                if not match[0].startswith("不") and is_forbidden(
                    draft.paper, line, *match.span()
                ):  # fmt: skip
                    continue
                seen.add(clause)
                yield found("commercial_return", Severity.ERROR, line, clause, expect, sure=False)


def related_beneficiary(draft: Draft) -> Iterator[Finding]:
    """The donor's own people as beneficiaries, or beneficiaries whom the donor picks."""
    donor = _donor(draft)
    givers = (
        "(?:捐[赠款资]|出资)(?:的)?(?:校友|同学|者|人|方|单位|企业|个人|班级|家庭)"
        "|(?<!受)资助(?:人|方|单位|企业)"
    )
    if draft.facts.kind is Kind.GROUP:  # the givers are the alumni themselves
        givers += "|校友|同学"
    kin = re.compile(
        rf"(?:{donor}|本公司|本企业|我公司|{givers})(?:本人|全体)?(?:公司|企业|集团"
        rf"|单位)?(?:[^，。；]{{0,6}}其)?(?:及其[^，。；]{{0,8}})?(?:(?:所)?(?:推荐|选送|选派|提名|介绍))?(?:的)?(?:在职|全体|困难|退休"
        rf"|优秀|集团)*{_KIN}"
        rf"|[\u4e00-\u9fff]氏(?:家族|集团|公司|企业)?(?:的)?{_KIN_BY_NAME}"
    )
    picked = re.compile(
        rf"(?:由)?{donor}[^，。；不]{{0,8}}(?:指定|确定|选定|决定|直接推荐)(?:的)?[^，。；]{{0,8}}"
        r"(?:受益人|受助人|受助学生|获奖者|获奖学生|人选|获奖名单|受助名单|受助对象|受资助)"
        rf"|(?:受益人|受助人|受助学生|获奖者|获奖学生|获奖名单|受助名单|受助对象"
        rf"|人选)[^，。；]{{0,6}}由{donor}"
        r"[^，。；]{0,4}(?:指定|确定|选定|决定)"
        rf"|名额[^，。；]{{0,6}}由{donor}(?:直接|自行|单独)?(?:指定|选定|支配|分配|安排)"
        rf"|{donor}(?:所)?(?:指定|选定)的(?:学生|人员|对象|教师|个人|名单|受)"
        rf"|{donor}(?:所)?推荐的(?:学生|人员|名单)[^，。；]{{0,8}}(?:产生|领取|获得|入选|选取|确定)"
        rf"|{donor}推荐(?:的)?[^，。；]{{0,10}}(?:优先|直接|应当|应予|必须)"
    )
    expect = say(N_("The donor's own people may not be named as beneficiaries."))
    for line in draft.paper.lines:
        if line.number in draft.anatomy.signing:
            continue
        for pattern, severity in ((kin, Severity.ERROR), (picked, Severity.WARNING)):
            for match in pattern.finditer(line.text):
                clause = clause_of(line.text, *match.span())
                if line.text[slice(*clause)].endswith(("的", "者", "时")):
                    clause = (clause[0], clause_of(line.text, clause[1] + 1, clause[1] + 1)[1])
                words = line.text[slice(*clause)]
                is_chosen = _CHOSEN.search(words) and not re.search(_HELPERS, words)
                gains = is_chosen or re.search(_BENEFIT, words.replace(match[0], ""))
                if pattern is kin and not gains:
                    continue
                rest = words.replace(match[0], "")
                if re.search("捐款|捐资|募捐|代表(?:出席|参加)|联系人|评审委员会", rest):
                    continue
                if is_forbidden(draft.paper, line, *match.span()):
                    continue
                yield found("related_beneficiary", severity, line, clause, expect, sure=False)
                break


def _donor(draft: Draft) -> str:
    return f"(?:{labels(draft, 'donor')}|本公司|我公司|该公司|赞助[方商])"


def _is_demanded(sentence: str) -> bool:
    return bool(_MUST.search(sentence)) and not _FREE.search(sentence)


def _is_innocent(draft: Draft, clause: str, words: str) -> bool:
    if draft.facts.kind is Kind.IN_KIND and (_GOODS_ONLY.search(clause) or "施工" in words):
        return True
    if "优先" in words and re.search(_KIN, clause) and not re.search(_DEAL, clause):
        return True  # told as related_beneficiary
    if re.search("广告|推广|宣传", words) and _SMOKE.search(clause) and "优先" not in clause:
        return True  # told as tobacco_publicity
    if re.search("推广|促销|宣传", words) and re.search("信息|名单|姓名|肖像|手机", clause):
        return True  # told as privacy_illegal
    if re.search("专利|知识产权|成果|技术", words) and _GIVEN_AWAY.search(clause):
        return True
    return bool(
        re.search("退还|退回|剩余|违约|撤销|解除|未使用|赔偿|手续费|管理费", clause)
    ) and bool(re.search("[%％]|百分之|归", words))
