# 关于本站：介绍、无障碍、网站地图、显示设置、开放数据

about-lead = 一门是这座城市办事的总入口：几十个部门的服务，从这一个门进。
about-promises = 我们这样做事
about-one-door = 不用知道归哪个部门管。按领域、按人生大事、用自己的话搜，都能找到。
about-guide = 每项服务先把话说清：谁能办、要什么材料、要多久、花多少钱、要不要到现场。指南之外不再要求材料。
about-honest = 出了问题不装作没事。哪个部门的系统联系不上，就直接告诉您，并给出电话和窗口。
about-everyone = 不靠脚本也能用，用键盘、读屏软件、大字版都能用，旧手机、慢网络也能用。
about-open = 服务目录公开，人人可以下载。
about-numbers = 目前在线服务 { $services } 项，来自 { $agencies } 个部门和机构；其中 { $zero } 项零跑动，{ $one } 项最多跑一次。数字由目录实时统计。
about-privacy = 您的隐私
about-privacy-text = 查看指南和搜索不需要登录，也不会记录您是谁。我们只用几个必要的小文件记住您选的语言、字号和外观，不向任何第三方发送数据。

accessibility-lead = 本站给每个人用。遇到用不了的地方，就是我们的问题，请告诉我们。
accessibility-what = 我们做到了
accessibility-keyboard = 所有功能都能只用键盘完成，当前位置始终看得见。
accessibility-reader = 标题、列表、表格和表单都按结构编写，读屏软件能完整朗读；公告可以纯文本朗读。
accessibility-large = 每一页都能切换大字版：字号 20 像素起，对比度更高，版面更简单。
accessibility-contrast = 文字与背景对比度不低于 4.5:1，大字版不低于 7:1；不单靠颜色表示状态。
accessibility-zoom = 放大到 200%，或在 320 像素宽的屏幕上，内容自动重排，不用左右拖动。
accessibility-script = 关掉脚本，所有页面照常使用。
accessibility-motion = 没有自动播放、闪烁和弹窗；尊重“减少动态效果”的设置。
accessibility-print = 每一页都能清楚地打印。
accessibility-keys = 键盘用法
accessibility-key-tab = Tab
accessibility-key-tab-does = 移到下一个链接或输入框
accessibility-key-first = 第一次按 Tab
accessibility-key-first-does = 出现“跳到正文”，按回车直接到内容
accessibility-key-arrows = 上、下方向键
accessibility-key-arrows-does = 在搜索建议中选择，Esc 收起
accessibility-standard = 依据的标准
accessibility-standard-text = 以 WCAG 2.2 AA 级和 GB/T 37668-2019 为目标，并按照《无障碍环境建设法》保留电话和窗口等人工办理方式。
accessibility-limits = 还没做到的
accessibility-limits-text = 部分部门提供的文字还没有英文，会显示中文并注明；部门自己的网站不在本说明范围内。
accessibility-other = 用别的方式
accessibility-other-text = 拨打 { $hotline }（24 小时），工作人员可以替您查询；也可以到现场，由人帮您办。

sitemap-pages = 页面

display-lead = 选好后，这台设备上的每一页都会照此显示。
display-language = 语言
display-size = 字号与版面
display-size-normal = 标准
display-size-large = 大字版
display-size-large-hint = 字更大、对比更强、版面更简单
display-theme = 外观
display-save = 保存
display-saved = 已保存

open-lead = 服务目录是公共信息。下面的文件随目录更新，不需要登录，也不需要申请。
open-rows = { $rows } 行
open-use = 怎么用
open-use-text = 可以自由下载、加工和再发布，请注明来源和取得日期。字段名不会改变含义；服务编码不会重复使用。
