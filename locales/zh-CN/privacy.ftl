# 谁看过我的数据，隐私中心

looks-title = 谁看过我的数据
looks-mine = 我的
looks-lead = 部门、工作人员和本站程序每次查看或使用您的个人信息，都会记在这里，最迟一分钟内就能看到。
looks-count = 共 { $count } 条，最近的在前。
looks-none = 还没有人看过您的数据
looks-none-text = 一有人查看，这里就会多一条记录，写明是谁、为什么、看了什么。
looks-yourself = 您本人
looks-citizen = 替您办事的人
looks-staff = 政务服务工作人员
looks-portal = 一门（本站程序）
looks-what-for = 用途
looks-detail = 说明
looks-fields = 涉及的信息
looks-by-right = 依据
looks-ask = 问问为什么
looks-asked = 您问过为什么
looks-answer = 答复
looks-asked-done = 您的问题已经记下
looks-asked-done-text = 答复会显示在那条记录下面。
looks-sure = 记录会不会被人改掉？
looks-sure-text = 每条记录写下后几秒内就和前面的记录连成一串并签名，改动、删除或调换任何一条都能查出来。签名对外公开，任何人都可以留存核对。
looks-heads = 公开的签名
look-purpose = { $tag ->
    [verify-identity] 核对姓名和身份证号是否与人口库一致
    [sign-on] 您登录部门自己的网站，把信息交给它
    [service] 办理您申请的事项
    [notify] 给您发验证码或通知
    [counter] 在窗口为您办理
    [data-request] 按您本人的要求处理您的数据
    [legal-order] 依照法律命令查询
    [administration] 管理您的账号，没有显示您的信息
   *[other] 用途不明
}
look-basis = { $tag ->
    [consent] 您本人要求或同意
    [duty] 部门依法履行职责
    [order] 法院或主管机关的命令
   *[other] 依据不明
}
data-field = { $field ->
    [name] 姓名
    [identity-number] 身份证号
    [birth-date] 出生日期
    [webhook] 程序地址
    [browser] 接收通知的浏览器
    [app] 接收通知的手机应用
    [for-another] 代办事项
    [phone] 手机号
    [email] 邮箱
    [gathered-at] 邮件汇总时间
    [notice] 消息
    [company] 企业名称
    [credit-code] 统一社会信用代码
    [payment] 缴了一笔费用
    [amount] 金额
    [answers] 您填写的内容
    [title] 标题
    [licences] 证照信息
    [dates] 日期和提醒
    [dues] 待缴款项
    [licence] 证照
    [number] 号码
    [issued-on] 签发日期
    [expires-on] 到期日
    [checked-on] 上次检查
    [next-on] 下一次
    [remarks] 备注
    [household] 家庭情况
    [visit] 走访记录
    [papers] 您提交的材料
    [evidence] 评价的证明文件
    [file] 文件名
    [paper] 材料
    [digest] 文件指纹
    [due] 期限
    [address] 地址
    [delivery] 结果送达方式
    [level] 实名等级
    [language] 语言
    [gender] 性别
    [photo] 照片
    [biometrics] 生物识别信息
    [finance] 财务信息
    [health] 健康信息
    [location] 位置信息
    [under-14] 未满十四周岁儿童的信息
    [everything] 本站保存的全部信息
    [at] 时间
    [who] 谁
    [actor] 名称
    [purpose] 用途
    [basis] 依据
    [fields] 涉及的信息
    [detail] 说明
    [asked-at] 您问过为什么
    [answer] 答复
    [recipient] 接收方
    [version] 版本
    [given-at] 同意时间
    [withdrawn-at] 终止时间
    [verified-at] 核验时间
    [made-at] 建立时间
    [used-at] 最近使用
    [answered-at] 答复时间
    [turn-to] 还可以这样办
    [objected-at] 您说没有答到的时间
    [objection] 没有说清楚的
    [ended-at] 办结时间
    [outcome] 结果
    [request] 请求
    [said] 您说的
    [way] 登录方式
    [label] 名称
    [device] 设备
    [other] 其他
    [acts-for-me] 替我办事的人
    [i-act-for] 我替谁办事
    [acting-kind] 代办类型
    [state] 状态
    [from] 从
    [until] 到
    [proof] 证明
    [done-by] 谁办的
    [done] 办了什么
    [service] 服务编号
    [place] 地点
    [reference] 编号
    [reason] 原因
   *[unknown] { $field }
}
data-word = { $word ->
    [delivery-electronic] 电子送达
    [delivery-post] 邮寄送达
    [delivery-counter] 窗口领取
    [sms] 短信
    [email] 邮件
    [webhook] 自己的程序
    [push] 浏览器
    [app] 手机应用
    [voice-received] 已收到
    [voice-classified] 已分类
    [voice-dispatched] 已交给承办单位
    [voice-handling] 正在办理
    [voice-returned] 重新确定承办单位
    [voice-replied] 已答复
    [voice-visited] 已回访
    [voice-closed] 已办结
    [voice-not-taken] 不在这里办理
    [voice-merged] 与其他来信合并办理
    [voice-withdrawn] 已撤回
    [yourself] 您本人
    [citizen] 替您办事的人
    [staff] 工作人员
    [agency] 部门
    [portal] 本站程序
    [verify-identity] 核对身份
    [prefill] 自动填写申请表
    [sign-on] 登录部门网站
    [service] 办理事项
    [notify] 发送通知
    [counter] 窗口办理
    [data-request] 处理您本人的请求
    [legal-order] 依法律命令查询
    [administration] 账号管理
    [consent] 本人同意
    [duty] 履行法定职责
    [order] 法律命令
    [password] 密码
    [totp] 身份验证器
    [passkey] 通行密钥
    [recovery] 恢复码
    [erase] 删除全部数据
    [why] 询问为什么查看
    [explained] 已说明
    [corrected] 已更正
    [partly] 部分更正
    [rating-very-satisfied] 非常满意
    [rating-satisfied] 满意
    [rating-basically-satisfied] 基本满意
    [rating-dissatisfied] 不满意
    [rating-very-dissatisfied] 非常不满意
    [inquiry-open] 等待答复
    [inquiry-answered] 已答复
    [inquiry-objected] 等待上一级答复
    [inquiry-closed] 上一级已答复
    [correct] 更正信息
    [done] 已办结
    [withdrawn] 已撤回
    [refused] 未采纳
    [child] 父母为孩子
    [person] 授权代办
    [company] 企业代办
    [proposed] 等待接受或核对
    [active] 有效
    [revoked] 已停止
    [ended] 已结束
    [began] 开始代办
    [saw-details] 查看资料
    [saw-documents] 查看证照或日期
    [kept-documents] 改动证照或日期
    [claimed] 等待核对
    [confirmed] 已核对
    [closed] 已停用
   *[unknown] { $word }
}
privacy-title = 隐私中心
privacy-lead = 这里可以看到本站保存了您的哪些信息、您同意过什么，也可以下载、更正或删除。
privacy-held = 本站保存的信息
privacy-count = { $count } 条
privacy-kind = { $kind ->
    [voice] 咨询、投诉和举报
    [follows] 关注的公告
    [account] 账号
    [sessions] 登录中的设备
    [looks] 谁看过您的数据
    [consents] 您同意过的事
    [requests] 您提过的请求
    [inquiries] 您的询问和更正请求
    [keys] 加密密钥
    [delegations] 代办授权
    [access-links] 窗口给的登录链接
    [breach-notices] 数据泄露通报
    [sign-ons] 登录过的部门网站
    [national] 国家身份认证账号
    [wishes] 恢复提醒
    [notices] 消息
    [wallet] 证照
    [applications] 您的办件
    [payments] 缴费
    [introductions] 部门对您的代号
    [dates] 日期和提醒
    [bookings] 预约
    [survey-answers] 意见征集与信息收集中的答案
    [households] 家庭帮扶档案
    [ratings] 评价
   *[other] { $kind }
}
privacy-kind-about = { $kind ->
    [voice] 您写过的咨询、投诉、建议、举报和随手报。
    [follows] 您关注的部门、领域和区县
    [account] 姓名、证件、联系方式和登录方式。这里只显示一部分，完整内容在下载的副本里。
    [sessions] 现在登录着您账号的设备。
    [looks] 每次查看的记录，在“谁看过我的数据”里逐条显示。
    [consents] 您同意把信息交给谁，见下方。
    [requests] 更正和删除请求，见下方。
    [inquiries] 您问过为什么查看、要求更正过什么，以及答复。在“谁看过我的数据”和下方显示。
    [keys] 您的信息用一把只属于您的密钥加密保存。
    [delegations] 您授权别人或别人授权您代办的记录。
    [access-links] 还没有使用的一次性登录链接。
    [breach-notices] 告诉过您的数据泄露情况。
    [sign-ons] 您用本站账号登录过的部门网站。
    [national] 您用来登录本站的国家身份认证账号，只记录是哪一家。
    [wishes] 您要求部门系统恢复后通知您的记录。
    [notices] 三年以来对您说过什么，以及您想怎样收到通知。
    [wallet] 部门提供的和您自己记的证照，以及向哪些部门询问。
    [survey-answers] 您在意见征集与信息收集中具名填写的答案和上传的文件。
    [households] 部门为您家建立的帮扶档案和走访记录。
    [ratings] 您办完可以评价的事，以及您的评价和写的话。删除账号后只留下没有姓名的档次。
    [bookings] 您的预约和候补。
    [applications] 您提交的和正在填写的申请，以及办理情况。
    [payments] 您缴过的费用，以及部门告知的待缴款项。
    [introductions] 替您询问过的部门各用一个代号称呼您；部门有事告知您时凭它找到您。
    [dates] 您要到期的事，以及什么时候提醒过您。已经结束的，两年后删除。
   *[other] 本站保存的其他信息。
}
privacy-kept = { $reason ->
    [look-record] 《个人信息保护法》要求保存处理情况的记录。其中的说明随您的密钥一起失效，谁也读不出来。
    [consent-proof] 《个人信息保护法》要求能够证明曾经得到您的同意。只留下对象、用途和时间，不含信息内容。
    [request-proof] 需要能够证明您的请求已经办理。您写的内容随密钥一起失效。
    [key-destroyed] 只留下密钥已经销毁和销毁的时间，密钥本身不再存在。
   *[other] 法律要求保存。
}
privacy-copy = 下载一份副本
privacy-copy-text = 副本里的信息是完整的，请保存在别人看不到的地方。下载会记在“谁看过我的数据”里。
privacy-copy-html = 网页（HTML），方便阅读
privacy-copy-json = 数据（JSON），方便程序使用
privacy-consents = 您同意过的事
privacy-consents-text = 撤回和当初同意一样简单，按一下就行，也不影响您办别的事。撤回以后不再把信息交给对方；此前已经交出的，请向对方要求删除。
privacy-consents-none = 您还没有同意过把信息交给谁。
privacy-given = 同意时间
privacy-ended = 终止时间
privacy-withdraw = 撤回同意
privacy-withdrawn = 已撤回同意
privacy-ask = 更正或删除
privacy-corrections = 您提过的更正请求
privacy-requests = 您提过的删除请求
privacy-answer-by = { $day }前答复或办理
privacy-erasing = 删除请求已经记下
privacy-erasing-title = 您的数据等待删除
privacy-erasing-on = { $time } 之后开始删除，在那以前随时可以停止。
privacy-stop = 不删了，保留我的数据
privacy-stopped = 已停止删除，您的数据都还在
privacy-corrected = 更正请求已经记下，期限和答复都显示在下面
export-title = 一门保存的我的数据
export-kept = 删除账号后仍要保存
export-nothing = 没有记录
erase-title = 删除我的全部数据
erase-lead = 现在提出，{ $day }开始删除。在那以前可以随时反悔；开始以后就无法恢复，账号也不能再用。
erase-goes = 会删除的
erase-stays = 法律要求保留的
erase-stays-text = 下面这些必须保留，我们不会拿来做别的：
erase-agencies = 不在本站的数据
erase-agencies-text = 各部门自己保存的档案（例如户籍、社保、房产登记）不归本站管，本站删除数据不会影响它们。
erase-sure = 请确认
erase-sure-yes = 我明白删除以后无法恢复
erase-sure-missing = 请勾选，表示您明白删除以后无法恢复
erase-submit = 申请删除
erase-not = 不删了
correct-title = 更正我的信息
correct-lead = 手机号和邮箱可以自己在“账号与安全”里改。其他信息请告诉我们哪里不对，工作人员核实后更正。
correct-agency = 是哪个部门的记录？（选填）
correct-agency-hint = 不清楚可以不选，我们会转给该办的部门
correct-agency-none = 不清楚
correct-too-many = 您已有很多更正请求等待答复，请等有了答复再提
correct-what = 哪一项不对？
correct-words = 哪里不对，应该是什么？
correct-words-hint = 请写明正确的内容，以及可以用什么证件核实
correct-words-wrong = 请写明哪里不对、应该是什么，不超过 2000 字
correct-submit = 提交
