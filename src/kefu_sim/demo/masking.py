"""Names taken out of a reception before a class sees it: people, numbers, addresses.

Only what is shown is changed; the judge reads the words as they were.
"""

from __future__ import annotations

import re

_FAMILY = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗方俞任"
    "袁柳史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮齐康伍余卜顾孟黄萧尹姚邵汪祁毛狄米明戴宋庞熊纪舒屈项祝董梁杜阮"
    "蓝闵席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房解应丁邓洪包石崔龚程邢裴陆翁段侯武刘龙叶司黎白关蒙曾"
    "易温廖欧阎覃谭"
)
_HAN = r"[\u4e00-\u9fff]"
_END = r"(?=$|[^\u4e00-\u9fff]|[为在很来给帮竭])"
_AGENT = r"(我是[^，。,！!？?]{0,8}?客服|我叫|叫我|客服)"
_RULES = (
    (r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)", "1**********"),
    (r"(尾号(?:是|为)?[:：]?\s*)\d{3,6}", r"\1****"),
    (r"((?:改|换)[成为])\d{4}(?![\d元块米克号%])", r"\1****"),
    (r"(单号(?:是|为)?[:：]?\s*)[A-Za-z]{0,3}\d{6,}", r"\1******"),
    (r"(工号(?:是|为)?[:：]?\s*)[A-Za-z]?\d+", r"\1***"),
    (r"(?<!\d)\d{10,}(?!\d)", "******"),
    (rf"[{_FAMILY}]{_HAN}{{0,2}}?(先生|女士|小姐|老师|同学|经理|店长|师傅)", r"某\1"),
    (rf"{_AGENT}[小阿]{_HAN}{{1,2}}{_END}", r"\1小某"),
    (rf"(我叫|叫我|我是)[{_FAMILY}]{_HAN}{{1,2}}{_END}", r"\1某某"),
    (rf"{_HAN}{{2,8}}?(小区|花苑|苑|公寓|家园)(?:\d+[栋幢号座])?(?:\d+单元)?(?:\d+[室号])?", r"某\1"),
    (r"\d+[栋幢座](?:\d+单元)?(?:\d+[室号])?", "某栋"),
)
_COMPILED = tuple((re.compile(pattern), instead) for pattern, instead in _RULES)


def mask(text: str) -> str:
    """The text with names and numbers of people replaced."""
    for pattern, instead in _COMPILED:
        text = pattern.sub(instead, text)
    return text
