# 关于本站、无障碍、开放数据，以及没有内容时的话

ways-search = 换个词搜索
domains-none = 目录正在整理，暂时没有可以显示的服务
domain-none = 这个领域暂时没有在线服务
events-none = 还没有整理好的“一件事”
event-none = 这件事里的服务暂时都没有上线
event-order = 顺序是建议，已经办过的可以跳过。
zones-none = 还没有设立专区
zone-none = 这个专区暂时没有在线服务
bulletins-all-agencies = 看所有部门的公告

about-numbers-how = 数字由服务目录实时统计。
about-not-yet = 现在还不能做什么
about-not-yet-lead = 以下功能正在建设，开通前请到窗口办理或拨打热线：
about-not-yet-sign-in = 登录，以及查看自己的证照和办件
about-not-yet-apply = 在网上提交申请、预约时间、查询进度
about-not-yet-pay = 在网上缴费
about-not-yet-remind = 到期提醒、评价和投诉

access-gaps-sign = 还没有手语视频、易读版和网页朗读按钮。
access-gaps-translation = 部门写的个别内容还没有英文，页面上会标明是中文。
access-gaps-links = 链接到的其他网站不由我们管理，无障碍程度可能不同。
access-gaps-audit = 还没有请外部机构做过完整的评测，以上是我们自己检查的结果。
access-report = 请打电话或到现场来，我们先帮您把事办成。也请告诉我们是哪一页、遇到什么困难，我们来改。

open-none = 还没有可以下载的数据
open-files = 可以下载的文件
open-format = （{ $format }）
open-use-free = 可以免费复制、修改、再发布，也可以用于商业用途。
open-use-source = 请注明来源“{ $city } · 一门”和下载日期。
open-use-personal = 不含任何个人信息。
open-use-stable = 字段的名称和含义不会变；以后可能增加新字段。
open-use-sample = 标为示例的内容不能作为办事依据。
open-programs = 给程序用的地址
open-programs-sitemap = 给搜索引擎的网站地图
open-programs-search = 让浏览器在地址栏里直接搜索本站

sitemap-lead = 本站的全部栏目。要找某一项服务，用页面上方的搜索更快。
display-cookie = 您的选择存在这台设备的 Cookie 里，不用登录，也不记录您是谁。
