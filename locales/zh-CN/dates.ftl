# 到期的事

dates-title = 我的日期
dates-about = 什么时候要办什么，什么时候提醒
dates-lead = 您要到期的事都在这里，不管属于哪个部门。到期前会提醒您，用什么方式可以在“消息”里选。
dates-none = 没有要到期的
dates-none-text = 查取的证照、预约、您自己记的日期，都会列在这里。
date-in = { $days ->
    [0] 今天
    [1] 明天
   *[other] 还有 { $days } 天
}
date-passed = 已过
date-line = { $what ->
    [renewal] 有效期至 { $day }
    [endorsement] { $day } 前签注
    [inspection] { $day } 前检验
    [check] { $day } 前检查
    [report] { $day } 前报告
    [tied] { $day } 到期
    [plan] 下一次 { $day }
    [again] { $day } 起可以再次办理
    [booking] 预约 { $day }
    [case] { $day } 前补正
    [due] { $day } 前缴清
   *[own] { $day }
}
date-line-closes = { $line } · 最晚 { $day } 办理
date-muted = 不提醒
date-muted-text = 您选择了不提醒。
date-next = 下次提醒 { $day }
date-no-next = 没有还要发的提醒了。
date-offer = 从这一天起可以再次办理。您需要时才提醒：填 0 表示当天提醒。
date-reminders = 提醒
date-plan = 提前几天提醒
date-plan-hint = 例如：30, 7, 1
date-snooze = 这天以前不提醒
date-snooze-hint = 提醒会等到这一天。不需要就不填
date-mute = 这件事的提醒
date-mute-yes = 不要提醒
date-forget = 删除这个日期
date-add = 自己记一个日期
date-add-text = 您写的内容只有您能看到。提醒里只说有日期快到了，不说是什么事。
date-words = 是什么事
date-words-hint = 例如：个税汇算、下一针疫苗
date-due = 哪一天
date-set = 记下
date-calendar = 放进自己的日历
date-calendar-text = 把您的日期和预约做成日历，手机、电脑可以订阅。知道地址的人都能看到，请自己保管。随时可以停用。
date-calendar-address = 日历地址
date-calendar-open = 打开日历
date-calendar-make = 生成日历
date-calendar-another = 换一个地址
date-calendar-end = 停用日历
date-said-set = 已记下
date-said-forgotten = 已删除
date-said-calendar = 日历有了新地址
date-said-ended = 日历已停用
date-said-wanted = 已保存
date-wrong-words = 请写下是什么事，最多 60 个字
date-wrong-many = 您记的日期太多了，请先删除一些
date-wrong-due = 请选择以后的一天
date-wrong-plan = 请写天数，例如 30, 7, 1；最多 16 个，不超过 730
date-wrong-late = 最晚 { $day } 要办，提醒要提前 { $days } 天以上
date-wrong-sleep = 请选 { $day } 或更早的日子，或者不填：再晚就来不及了
date-wrong-snooze = 请选择以后的一天，或者不填
reminder-state = { $state ->
    [waiting] 待发
    [sent] 已发送
    [suppressed] 没有发送
   *[failed] 没有送达
}
reminder-reason = { $reason ->
    [overtaken] 同时有更近的一次
    [too-late] 已经来不及办
    [renewed] 已经换发
    [moved] 日期变了
    [muted] 选择了不提醒
    [discarded] 已收起、办好或失效
    [rule-changed] 规则变了
    [not-agreed] 没有同意
    [account-ended] 账号已注销
    [chosen] 按本人选择
    [another-way] 已用另一种方式通知
    [no-address] 没有留联系方式
    [no-channel] 渠道没有开通
    [enough] 当天已发够
    [unreached] 之前没能送达那里
   *[other] { $reason }
}

## 管理员

balance-title = 提醒与通知对账
balance-lead = 每一条提醒、每一条通知的去向：应发 = 待发 + 已发 + 不发 + 失败，一条不差。
balance-at = 截至 { $when }
balance-of = { $account ->
    [reminders] 提醒
   *[notices] 通知（按发送方式）
}
balance-holds = 账平
balance-broken = 账不平
balance-lost = 有 { $count } 条待发却没有人在办。请查看任务队列和日志。
balance-column = 项目
balance-count = 数量
balance-due = 应发
balance-more = { $label ->
    [deadlines] 关注中的日期
    [asleep] 待发中按本人意愿暂缓的
    [late] 待发中等得太久的
    [behind] 现在该看的日期
    [unchecked] 已发中没能再核对来源的
    [said] 收件箱里的通知
    [arrived] 已发中服务商确认送达的
   *[uncertain] 可能发出两次的
}
balance-oldest = 最早的一条从 { $when } 起待发。

# 每年的事

yearly-title = 每年提醒我
yearly-list = 每年的事
yearly-window = 本次开放时间为 { $opens } 至 { $closes }，以后每年同样的月份开放。
yearly-text = 开放当天，以及截止前 30 天、7 天和 1 天各提醒您一次。可以在“我的日期”里修改或者取消。
yearly-want = 每年提醒我
