# 每页都有的文字：页眉、页脚、导航、日期、通用词

portal-name = 一门
portal-line = 一个门，办全城的事
text-in-chinese = 中文内容
skip-to-content = 跳到正文
nav-label = 主导航
nav-services = 办事
nav-agencies = 部门
nav-events = 一件事
nav-zones = 专区
nav-bulletins = 公告
nav-policies = 政策
crumbs-label = 您在这里
crumbs-home = 首页
frame-tools = 语言与显示
frame-large-on = 大字版
frame-large-off = 标准版
frame-sign-in = 登录
frame-sign-out = 退出
frame-acting = 您正在代 { $name } 办事
frame-acting-change = 换人或停止代办
frame-theme = 外观
frame-theme-auto = 随设备
frame-theme-light = 浅色
frame-theme-dark = 深色
frame-print = 打印本页
search-label = 搜索服务、部门、政策
search-placeholder = 想办什么？如“换驾照”“生育津贴”
search-button = 搜索
search-suggestions = 搜索建议
footer-help = 需要帮助
footer-hotline = 24 小时热线
footer-hall = 现场办理
footer-portal = 关于本站
footer-about = 关于一门
footer-accessibility = 无障碍说明
footer-sitemap = 网站地图
footer-open = 开放数据
footer-display = 显示设置
footer-higher = 上级平台
print-address = 网址：{ $url }
print-hotline = 热线：{ $hotline }
more-all = 查看全部
list-comma = 、
pager-label = 分页
pager-previous = 上一页
pager-next = 下一页
pager-page = 第 { $number } 页
pager-gap = 略去若干页
sample-mark = 示例
sample-explained = 本页内容为示例，不能作为办事依据。
count-services = { $count } 项
error-summary = 有几处需要更正
error-prefix = 错误：
field-optional = 选填

date-day = { $year }年{ $month }月{ $day }日
date-moment = { $year }年{ $month }月{ $day }日 { $time }
date-short-moment = { $month }月{ $day }日 { $time }
month-name = { $month }月
money = { $amount } 元

# 会话将结束
session-soon = 您有一会儿没有操作了，不到三分钟后会自动退出登录。填好的内容不会丢。
session-last = 这次登录已到最长时间，不到三分钟后会自动退出。到时请重新登录，填好的内容不会丢。
session-over = 已自动退出登录。填好的内容不会丢：提交时请您重新登录，然后接着办。
session-stay = 继续使用
session-kept = 您填好的内容已经留着，完成这一步后接着办。

# 接着办
resume-title = 接着办
resume-lead = 您刚才填的内容还在，没有丢。点一下按钮就接着提交。
resume-secrets = 密码和验证码不会保留，如果需要，请在下一页重新填写。
resume-submit = 继续提交
resume-leave = 不提交了
