## 选日期和时段

booking-window = 可以预约今天起 { $days } 天以内的时段。
booking-window-release = 可以预约今天起 { $days } 天以内的时段，最后一天的号在早上 { $at } 放出。
booking-cancel-before = 来不了请在 { $days } 天前的 { $at } 以前取消。
booking-cancel-same-day = 来不了请在当天 { $at } 以前取消。
booking-cancel-any = 开始以前随时可以取消。
booking-missed-rule = 迟到 { $late } 分钟按没有来算。{ $within } 天内 { $times } 次没有来，{ $barred } 天内不能再约。
booking-guardian-rule = 未满 { $age } 岁的，要由监护人代约。
booking-place = 地点
booking-any-place = 所有地点
booking-day = 日期
booking-day-name = { $day } { $weekday }
booking-weekday = { $day ->
    [mon] 周一
    [tue] 周二
    [wed] 周三
    [thu] 周四
    [fri] 周五
    [sat] 周六
   *[sun] 周日
}
booking-left = 剩 { $count } 个
booking-full = 约满
booking-stopped = 停办
booking-times = { $day }的时段
booking-time = 时间
booking-span = { $starts }–{ $ends }
booking-choose = 下一步
booking-choose-one = 请选一个时段。
booking-choose-again = 重新选时间
booking-day-full = 这一天没有可约的时段，请看看别的日子。
booking-not-free = 不能约的
booking-rules = 预约须知
booking-none = 这几天没有放号
booking-none-text = 请过些时候再来看，或打下面的电话问。
booking-away-text = 不是您的问题，也不等于“约满”。请过一会儿再看。
booking-away-until = 对方系统预计 { $time } 恢复，这不等于“约满”。
booking-not-entitled = 对方没有给出号源，请打下面的电话问
booking-gone = 这个时段刚刚被别人约走了
booking-gone-text = 您没有损失什么。请从下面另选一个。
booking-settled = 原来的预约已经不能改期
booking-that-day = 这一天您已经约过了
booking-that-day-text = 看看我的预约
booking-too-many = 您选了好几个还没有确认
booking-too-many-text = 请先确认或放弃已选的
booking-barred = { $day }以前您不能预约
booking-barred-there = { $agency }没有接受您的预约
booking-barred-text = 因为以前约了没有来。要申诉或着急，请打下面的电话，也可以直接到窗口。
booking-guardian = 未满 { $age } 岁，要请监护人来约
booking-guardian-text = 请监护人登录自己的账号，切换到为您办理，再来预约。
booking-wait = 加入候补
booking-wait-text = 这一天满了。有人退出时，我们按先后通知您，并为您保留一会儿。
booking-joined = 已经加入候补
booking-joined-text = 有空位时我们通知您，请按时确认，过时就给下一位。
booking-instead = 您在改约 { $reference }
booking-instead-text = 新的约好以后，原来的才退。

## 确认

booking-review = 核对后预约
booking-when = 时间和地点
booking-fee = 费用
booking-address = 地址
booking-cancel-until = 最迟取消
booking-held = 为您保留到 { $time }
booking-held-text = 请在这以前确认，过时自动放弃。
booking-not-held = 确认以后才算约上。
booking-over = 保留的时间过了
booking-over-text = 这个时段已经放回，请重新选一个。
booking-confirm = 确认预约
booking-drop = 放弃

## 我的预约

bookings-title = 我的预约
bookings-about = 约好的时间、地点和凭证，改约和取消
bookings-coming = 将要去的
bookings-past = 过去的
bookings-none = 这里没有预约
bookings-none-text = 找到要办的事，打开办事指南就可以预约。
bookings-waits = 我在候补
bookings-leave = 退出候补
booking-title = 预约 { $reference }
booking-number = 预约号
booking-ticket = 对方的号
booking-code = 签到码
booking-code-text = 到了现场出示这个码，或者报给工作人员。只能用一次。
booking-code-there = 到了现场出示这个号，或者报给工作人员。
booking-code-picture = 签到二维码，内容是 { $code }
booking-entry = 加到我的日历
booking-entry-text = 签到码 { $code }
booking-bring = 要带什么
booking-guide = 看办事指南
booking-new = 约好了
booking-new-text = 凭证在下面，可以打印，也可以加到日历。
booking-returned = 已经退回
booking-not-now = 现在不能取消
booking-not-now-text = 取消的时间过了，或者正在等对方回答。着急请打下面的电话。
booking-cannot-come = 来不了？
booking-cancel-by = { $time } 以前可以改约或取消，名额留给别人。
booking-cancel-past = 可以取消的时间（{ $time }）过了。来不了请打下面的电话。
booking-change = 改约
booking-cancel = 取消预约
booking-go-on = 去确认
booking-go-on-until = 为您保留到 { $time }，还没有确认
booking-look-again = 再看一次
booking-queued = 还没有送到{ $agency }
booking-queued-at = 对方现在不能接收，我们会在 { $at } 再送。到预约时间还送不到就不算约上，我们会告诉您。
booking-queued-away = 部门的系统正在停机维护，恢复时间另行通知。恢复后我们会马上替您约。到预约时间还没有恢复就不算约上，我们会告诉您。
booking-return-at = 对方现在不能接收，我们会在 { $at } 再送。到预约时间还送不到，预约就仍然有效，请打下面的电话说明。
booking-return-away = 部门的系统正在停机维护，恢复时间另行通知。恢复后我们会马上替您取消。到预约时间还没有恢复，预约就仍然有效，请打下面的电话说明。
booking-queued-soon = 我们正在送，几秒钟就有结果。
booking-unknown-text = 已经发出去了，还没有得到回音。我们会先问清楚，不会重复预约。
booking-failed = 不能确定{ $agency }有没有收到
booking-failed-text = 请打下面的电话，告诉他们预约号 { $reference }。
booking-refund = 付过的费用会原路退还。

booking-state = { $state ->
    [chosen] 待确认
    [asked] 正在预约
    [booked] 已约好
    [cancelling] 正在取消
    [full] 没有约上
    [barred] 不能预约
    [failed] 没有约上
    [lapsed] 已放弃
    [cancelled] 已取消
    [stopped] 停办
    [kept] 已签到
   *[missed] 没有来
}

booking-next-text = { $state ->
    [chosen] 时段选好了，请确认。
    [asked] 我们正在向对方预约。
    [booked] 请按时到，出示下面的凭证。
    [cancelling] 我们正在告诉对方您不来了。
    [full] 您确认的时候，这个时段已经没有了。请另选一个。
    [barred] 对方没有接受您的预约，请打电话问原因。
    [failed] 对方没有接受，或者一直联系不上。请另选一个时间，或打电话。
    [lapsed] 没有确认，时段已经放回。
    [cancelled] 您不用来了，名额已经让给别人。
    [stopped] 对方取消了这个时段，请另约时间。
    [kept] 您已经到了。
   *[missed] 记录显示您没有来。如果不对，请打下面的电话申诉。
}

booking-step = { $act ->
    [choose] 选好时段
    [confirm] 确认预约
    [take] 确认并约好
    [drop] 放弃
    [lapse] 没有按时确认
    [book] 约好
    [fill] 已经约满
    [bar] 不接受预约
    [refuse] 没有接受
    [fail] 一直没有联系上
    [cancel] 取消
    [return] 取消并退回名额
    [release] 对方确认取消
    [retain] 没有取消成
    [stop] 停办
    [keep] 签到
    [miss] 没有来
   *[excuse] 没有来的记录已撤销
}

booking-by = { $by ->
    [person] 预约人
    [agency] 部门
   *[clock] 系统
}

## 通知

booking-news = { $state ->
    [booked] 已经约好
    [full] 没有约上，时段已满
    [barred] 没有被接受
    [failed] 没有约上
    [cancelled] 已经取消
    [stopped] 停办了，请另约时间
    [missed] 记录为没有来
    [offered] 有空位了，请尽快确认
   *[other] 有变化
}
booking-offered-until = 有空位了，为您保留到 { $time }
mail-booking-subject = { $service }：{ $state }
mail-booking-lead = 您的预约 { $reference }（{ $service }，{ $at }）{ $news }。在这里查看：

## 部门的日历

session-calendars = 预约日历
session-calendars-none = 您的部门没有由本站代管的日历。
session-none = 这一天不开放。
session-check-in = 签到
session-code = 签到码
session-code-hint = 扫码或输入八位签到码，大小写都可以。
session-taken = 已约 { $taken } 个，共 { $capacity } 个
session-stopped = 已停办
session-stop = 停办这个时段
session-stop-reason = 原因（会告诉约了的人）
session-stop-now = 停办并通知
session-excuse = 不算没有来
session-said-in = 已经签到
session-said-unknown = 没有这个码，请再看一遍
session-said-not-now = 现在不能这样做：不是今天的，或者已经用过
session-said-stopped = 已经停办，正在通知约了的人
session-said-reason = 请写原因
session-said-excused = 这一次不算

load-title = 预约和现场取号
load-lead = 最近 { $days } 天，按小时：预约来了的、预约没来的、没预约直接来的。
load-hours = 按小时
load-hour = 时间
load-hour-of = { $hour }:00
load-came = 预约并到场
load-missed = 预约未到场
load-walked = 未预约到场
load-all = 合计
load-none = 还没有人数
load-write = 登记今天未预约到场的人数
load-write-text = 一个小时里有多少人没有预约直接来。以最后一次填写的为准，不记姓名。
load-people = 人数
load-people-hint = 填一个数
load-send = 登记
load-said = 已登记
load-wrong = 请填 0 到 { $most } 之间的数
load-wrong-hour = 请选择时间
