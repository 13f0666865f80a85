"""Measures in our own words: titles and sentences that no two measures share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.plan import Duty, DutyRole, Measure

TITLES = (
    "淘汰燃煤小锅炉", "清扫城市主次干道", "建设空气监测站点", "整治裸露工地扬尘", "推广新能源公交车辆",
    "治理餐饮油烟扰民", "禁止露天焚烧秸秆", "改造砖瓦窑炉除尘", "管控加油站油气", "铺设集中供热管网",
)  # fmt: skip
SENTENCES = (
    "年底前把建成区里剩下的十二台燃煤小锅炉全部拆掉，并由属地逐台留下拆除前后的照片。",
    "确需保留的备用炉要换成天然气或者电，安装在线监控后方可点火。",
    "每天凌晨安排两班洗扫车作业，雨雪天改为人工清掏雨水口。",
    "机械化清扫率年内提高到百分之八十五，背街小巷一并纳入考核。",
    "在东门、北塬和河湾各建一座自动站，数据每小时传到市里的平台。",
    "站房用地由所在街道无偿提供，通信费用列入年度预算。",
    "所有开挖面超过三天不施工的必须盖网，进出车辆先冲洗再上路。",
    "安装喷淋和视频的工地先行验收，验收不过的停工整改。",
    "新增公交一律购买纯电动车型，旧的柴油车三年内退完。",
    "充电桩由公交公司自建，峰谷电价按工业类别结算。",
    "规模以上饭店加装净化器，每季度清洗一次并保存台账。",
    "居民楼底商不得新开产生油烟的门店，已有的限期搬迁。",
    "乡镇组织打捆离田，合作社按亩领取补贴，火点通报到村。",
    "收割机须配粉碎装置，留茬高度不超过十五厘米。",
    "隧道窑配套布袋除尘和湿法脱硫，烟囱出口浓度实时公开。",
    "达不到标准的生产线采暖季停产，复产须经专家现场核查。",
    "日销量大的站点三级回收装置联网，夜间卸油错峰进行。",
    "油罐车每年检测密闭性，不合格的吊销道路运输证。",
    "一次网延伸到老城西片，新增供热面积三十万平方米。",
    "小区换热站产权移交热力公司，庭院管网随旧改同步更换。",
)  # fmt: skip
LEAD = Duty(DutyRole.LEAD, "生态环境局", ("900000-D01",))
COUNTIES = Duty(DutyRole.IMPLEMENT, "各县区政府", ("900001",))
PARKS = Duty(DutyRole.IMPLEMENT, "各园区管委会", ("900000-P1",))


def measure(key: str, number: int, title: str, sentences: Sequence[str], section: str = "一、") -> Measure:
    return Measure(key, str(number), 1, section, title, "".join(sentences), (LEAD, COUNTIES))


def plan_measures(count: int = 10) -> tuple[Measure, ...]:
    """Measures of two sentences each, `m-001` and so on."""
    return tuple(
        measure(f"m-{at + 1:03d}", at + 1, TITLES[at], SENTENCES[2 * at : 2 * at + 2]) for at in range(count)
    )


def rekeyed(measures: Sequence[Measure], head: str = "n") -> tuple[Measure, ...]:
    """The same measures as another document would have them: keys of their own, in order."""
    return tuple(replace(m, key=f"{head}-{at:03d}") for at, m in enumerate(measures, 1))
