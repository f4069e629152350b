"""How surnames are read where that differs from how the character is read elsewhere.

Readings as in 《现代汉语词典》 under 姓; the first is the right one, what follows is also met. A
compound surname is read as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SURNAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        surname: tuple(readings.split("/"))
        for surname, readings in (
            pair.split()
            for pair in """
单 shan
曾 zeng
解 xie
查 zha
区 ou
仇 qiu
朴 piao
盖 ge/gai
任 ren
华 hua
翟 zhai/di
覃 qin/tan
缪 miao
尉 wei
乐 yue/le
柏 bai/bo
薄 bo
车 che
洗 xian
冼 xian
员 yun
贠 yun
郧 yun
宁 ning
种 chong
黑 he/hei
折 she
能 nai
钭 tou
牟 mu/mou
纪 ji
葛 ge
哈 ha
那 na
佴 nai
召 shao
应 ying
炅 gui
呙 guo
郇 xun/huan
郗 xi/chi
晁 chao
眭 sui
蔚 yu/wei
臧 zang
卜 bu
占 zhan
瞿 qu
都 du
宿 su
相 xiang
六 lu
教 jiao
过 guo
迮 ze
谌 chen/shen
於 yu
阚 kan
妫 gui
令 ling
句 gou
勾 gou
撒 sa
仉 zhang
亓 qi
繁 po
秘 bi
褚 chu
厍 she
祭 zhai/ji
逄 pang
逢 pang/feng
乜 nie
訾 zi
隗 wei/kui
宓 mi/fu
尹 yin
贾 jia
沈 shen
石 shi
盛 sheng
夏 xia
冯 feng
藏 zang
重 chong
长 zhang
朝 chao
石 shi
行 xing
焦 jiao
奇 qi
俞 yu
俱 ju
强 qiang
适 kuo
适 kuo
番 pan
曲 qu
幺 yao
恽 yun
邸 di
邵 shao
邰 tai
郏 jia
郄 qie/xi
郜 gao
鄢 yan
阙 que
靳 jin
佟 tong
仝 tong
佘 she
侴 chou
俎 zu
刁 diao
卞 bian
亢 kang
仵 wu
伏 fu
伍 wu
谯 qiao
谭 tan
颉 xie/jie
叶 ye
吕 lv
闾 lv
律 lv
尉迟 yuchi
万俟 moqi
长孙 zhangsun
令狐 linghu
澹台 tantai
单于 chanyu
鲜于 xianyu
闾丘 lvqiu
宇文 yuwen
欧阳 ouyang
上官 shangguan
司马 sima
司徒 situ
司空 sikong
司寇 sikou
诸葛 zhuge
夏侯 xiahou
皇甫 huangfu
公孙 gongsun
公冶 gongye
公羊 gongyang
公西 gongxi
慕容 murong
轩辕 xuanyuan
钟离 zhongli
东方 dongfang
东郭 dongguo
端木 duanmu
独孤 dugu
南宫 nangong
南郭 nanguo
西门 ximen
呼延 huyan
贺兰 helan
赫连 helian
濮阳 puyang
淳于 chunyu
太叔 taishu
申屠 shentu
宗政 zongzheng
亓官 qiguan
子车 ziju
颛孙 zhuansun
巫马 wuma
漆雕 qidiao
乐正 yuezheng
壤驷 rangsi
拓跋 tuoba
拓拔 tuoba
夹谷 jiagu
宰父 zaifu
谷梁 guliang
榖梁 guliang
百里 baili
闻人 wenren
仲孙 zhongsun
叔孙 shusun
完颜 wanyan
纳兰 nalan
耶律 yelv
尔朱 erzhu
哥舒 geshu
高堂 gaotang
左丘 zuoqiu
梁丘 liangqiu
第五 diwu
""".strip().splitlines()
        )
    }
)

GIVEN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "乐": ("le", "yue"),
        "行": ("xing", "hang"),
        "长": ("chang", "zhang"),
        "重": ("zhong", "chong"),
        "朝": ("chao", "zhao"),
        "晟": ("sheng", "cheng"),
        "盛": ("sheng", "cheng"),
        "茜": ("qian", "xi"),
        "柏": ("bai", "bo"),
        "曾": ("zeng", "ceng"),
        "单": ("dan", "shan"),
        "传": ("chuan", "zhuan"),
        "卓": ("zhuo",),
        "参": ("can", "shen"),
        "呈": ("cheng",),
        "覃": ("qin", "tan"),
        "莘": ("xin", "shen"),
        "藏": ("cang", "zang"),
        "调": ("diao", "tiao"),
        "冠": ("guan",),
        "婼": ("ruo", "chuo"),
        "禅": ("chan", "shan"),
        "颉": ("jie", "xie"),
        "缪": ("miao", "mou"),
        "泊": ("bo", "po"),
        "炅": ("jiong", "gui"),
        "弹": ("dan", "tan"),
        "贾": ("jia", "gu"),
        "奇": ("qi", "ji"),
        "宁": ("ning",),
        "省": ("sheng", "xing"),
        "石": ("shi",),
    }
)
"""Characters of given names that are read in two ways: nobody knows which but the person."""
