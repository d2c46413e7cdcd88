# 证照

wallet-title = 我的证照
wallet-about = 证照和它们的日期，可以出示，到期前提醒
wallet-lead = 您的证照都在这里，快到期的排在前面。到期前会提醒您，也可以向别人证明证照有效。
wallet-none = 还没有证照
wallet-none-text = 可以向发证部门查取，也可以自己记一件。
wallet-group = { $group ->
    [soon] 近期要办
    [licences] 证照
    [vouchers] 凭证
    [business] 企业证照
    [own] 自己记的
    [over] 已失效
   *[discarded] 已收起
}
wallet-tickets = 预约和票号
wallet-number = 号码 { $number }
wallet-add = 自己记一件证照
wallet-fetch-title = 查取证照
wallet-fetch-text = 将向 { $count } 个发证部门询问您持有哪些证照。它们会知道您的姓名和身份证号码，您可以在“谁看过我的信息”里看到。以后每周以及每次提醒前会再问一次，直到您说停止。
wallet-fetch-text-company = 将向 { $count } 个发证部门询问企业持有哪些证照。它们会知道企业名称和统一社会信用代码。只有代办人在这里查取时才会询问，请不时再查一次。
wallet-fetch-whom = 问哪些部门
wallet-fetch = 查取我的证照
wallet-fetch-again = 现在再问一次
wallet-prove = 先核实身份
wallet-no-issuers = 没有可以询问这类证照的部门。
wallet-asked = 上次全部询问：{ $when }。
wallet-stop = 不要再问
wallet-silent-title = 有 { $count } 个部门没有说明现在的情况
wallet-silent = { $outcome ->
    [unavailable] { $agency }没有答复
    [stale] { $agency }只能给出以前的情况
   *[refused] 按您的登录级别，{ $agency }不能提供
}
wallet-silent-since = 这里显示的是 { $when } 的情况。
wallet-silent-never = 您是否持有它发的证照还不知道，请稍后再问。
wallet-said-fetched = 问好了，下面是各部门的答复。
wallet-said-discarded = 不再显示，也不再提醒。
wallet-said-stopped = 不会再问。已有的内容保持原样。
wallet-said-kept = 已记下
wallet-said-restored = 已重新显示
wallet-said-ended = 这个验证码已作废
wallet-said-over = 一分钟已过，验证码失效了。可以再生成一个。
wallet-said-many = 这件证照有效的验证码太多了，请先作废一个。
wallet-discarded = 您收起了这件证照
wallet-discarded-text = 不会提醒，也不能出示。
wallet-restore = 取回
wallet-gone = 发证部门查不到这件证照了
wallet-gone-text = 最近一次询问时它是这样答复的。如果不对，请联系发证部门。
wallet-ends = 到期
wallet-field = { $field ->
    [holder] 持有人姓名（部分遮盖）
    [number] 证照号码（对外部分遮盖）
    [issued-on] 签发日期
    [expires-on] 有效期至
    [checked-on] 上次检查或签注日期
   *[remarks] 备注
}
wallet-uncover = 显示完整号码
wallet-issuer = 发证部门
wallet-seen = 截至
wallet-renew = 换证、延续
wallet-overdue = 逾期的后果
wallet-check = 有效期内的检查
wallet-office = 暂时不能网上办理，请到窗口办理：
wallet-hours = 办公时间
wallet-phone = 电话
wallet-reminders = 什么时候提醒我
wallet-show = 向别人出示
wallet-show-text = 对方扫码可以看到是什么证照、谁发的、此刻是否有效，其他只显示您选择的内容。对方不需要账号。
wallet-show-what = 还显示什么
wallet-show-screen = 在屏幕上出示一分钟
wallet-show-paper = 生成可打印的证明
wallet-papers = 纸质证明
wallet-until = { $when } 之前可以核对
wallet-end = 作废
wallet-end-now = 马上作废
wallet-aside-title = 收起
wallet-aside-text = 不再显示，也不再提醒。发证部门仍有记录，您可以随时取回。
wallet-discard = 收起这件证照
wallet-change-title = 修改、删除
wallet-change = 修改记下的内容
wallet-remove-text = 您记下的内容连同提醒一起删除。
wallet-remove = 删除
wallet-proof = 证明
wallet-proof-picture = 验证码 { $code } 的二维码
wallet-proof-check = 核对时请扫码，或打开：
wallet-proof-shows = 核对的人会看到证照此刻的状态，以及：
wallet-proof-until = { $when } 之前可以核对。证照换发或注销后，核对时会显示。
wallet-proof-minute = 一分钟内有效。
wallet-back = 返回证照
wallet-add-lead = 用来记本市部门查不到的证照。到期前会提醒您，但不能用来向别人证明。
wallet-add-kind = 证照种类
wallet-add-choose = 请选择
wallet-add-other = 其他
wallet-add-name = 您怎么称呼它
wallet-add-name-hint = 选“其他”时填写，例如：健身卡
wallet-add-number = 号码
wallet-add-number-hint = 想随时查到的话可以填
wallet-add-issued = 签发日期
wallet-add-expires = 有效期至
wallet-add-expires-hint = 照证件上的填，证件上没有写才留空
wallet-add-checked = 上次检查、签注的日期
wallet-add-checked-hint = 例如年检、体检、签注
wallet-add-next = 下一次的日期
wallet-add-next-hint = 例如下一针疫苗
wallet-keep = 记下
wallet-wrong-kind = 请选择一个种类
wallet-wrong-name = 请写下您怎么称呼它
wallet-wrong-text = 最多 60 个字，不能有控制字符
wallet-wrong-issued = 这一天还没有到
wallet-wrong-checked = 这一天还没有到
wallet-wrong-expires = 到期日不能早于签发日
wallet-wrong-twice = 这件证照您已经记过了
wallet-wrong-many = 这里的证照已经太多了
licence-state = { $state ->
    [not-yet] 尚未生效
    [valid] 有效
    [expiring] 快到期
    [renewal-pending] 换证中
    [suspended] 已中止
    [frozen] 已冻结
    [lost] 已挂失
    [expired] 已过期
    [cancelled] 已注销
    [revoked] 已吊销
    [gone] 查不到
   *[unknown] 不清楚
}
licence-due = { $matter ->
    [endorsement] { $day } 前签注
    [inspection] { $day } 前检验
    [check] { $day } 前检查
    [report] { $day } 前报告
    [plan] 下一次 { $day }
    [again] { $day } 起可以再次办理
   *[other] 有效期至 { $day }
}{ $days ->
    [0] （今天）
    [1] （明天）
   *[other] {""}
}
licence-due-never = 长期有效
licence-due-unknown = 到期日不清楚
licence-provisional = 那一年的工作日安排还没有公布，日期可能略有变化。
licence-renew-not-needed = 不需要换证。
licence-renew-from = { $day } 起可以办理。
licence-renew-open = 现在可以办理，截止 { $day }。
licence-renew-any-time = 现在可以办理。
licence-renew-late = 已过办理期限，{ $day } 前还可以补办。
licence-renew-late-always = 已过办理期限，还可以补办。
licence-restore = 不能换证了，{ $day } 前可以恢复。
licence-restore-always = 不能换证了，可以恢复。
licence-renew-pending = 已申请，等发证部门决定。
licence-renew-closed = 不能换证了，需要重新申领。
