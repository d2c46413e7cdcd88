# 管理员页面：今天要办的事、后台任务、工作人员做过的事、运行情况、日历

admin-title = 管理
admin-lead = 今天需要人处理的事项，只列您有权处理的。
admin-nothing = 没有等您处理的事
admin-nothing-text = 有事时会出现在这里。下面的页面随时可以打开。
admin-pages = 全部页面
admin-waiting = { $count } 项
admin-group-packages = 部门与接入包
admin-group-backends = 部门系统
admin-group-portal = 门户
admin-group-people = 群众
admin-need-applications = 申请入驻的部门
admin-need-reviews = 待审核的版本
admin-need-sites = 待批准的部门网站
admin-need-bindings = 等第二个人确认的地址和密钥
admin-need-failing = 暂时不能正常调用的系统
admin-need-suspended = 暂停中的查询或办理
admin-need-answered = 部门已答复的处分
admin-need-sanctions = 等您决定的重大处理
admin-need-dead = 门户放弃的后台任务
admin-need-discards = 有人申请丢弃的失败任务，您可以确认
admin-need-rules = 等您批准的政策参数修改
admin-group-ratings = 评价
admin-need-escalated = 评价人不认可的答复
admin-need-appeals = 部门提出异议的评价
admin-need-overdue = 部门超期没有处理的差评
admin-group-voice = 群众诉求
admin-need-orders-late = 超期的诉求
admin-need-orders-returned = 承办单位退回的诉求
admin-need-orders-unsatisfied = 群众对答复不满意的诉求
admin-need-reminders = 等得太久的提醒
admin-need-undelivered = 没有送达的通知
admin-need-money = 待处理的缴费
admin-need-calendar = 城市包里还没有 { $year } 年的放假安排：跨到这一年的期限都是暂定的
admin-need-late = 已经超期的群众询问
admin-need-questions = 等待答复的群众询问
admin-need-due = 三个工作日内要到期的申请
admin-need-claims = 还没有分给任何人的认领

jobs-title = 后台任务
jobs-lead = 有人办了事之后，门户自己要做的事。任务里带的内容不在这里显示。
jobs-queue = 队列
jobs-queue-none = 没有等待或正在执行的任务
jobs-kind = 种类
jobs-all-kinds = 全部种类
jobs-waiting = 到期
jobs-oldest = 最早到期时间
jobs-running = 执行中
jobs-later = 以后执行
jobs-dead = 已放弃
jobs-dead-lead = 这些任务一直失败，直到时限用完。重新执行之前，请先看看原因。
jobs-dead-none = 没有放弃的任务
jobs-dead-count = { $count } 项
jobs-show = 显示
jobs-redrive = 重新执行
jobs-redrive-kind = 重新执行全部 { $kind }
jobs-redrive-text = 再试一天。重新执行是安全的：已经做过的不会再做一遍。
jobs-export = 导出清单（CSV）
jobs-attempted = 试过 { $count } 次
jobs-asked-by = { $name } 申请丢弃
jobs-one-title = 一项放弃的任务
jobs-why = 原因
jobs-died = 放弃时间
jobs-made = 产生时间
jobs-attempts = 尝试次数
jobs-id = 编号
jobs-discard = 丢弃
jobs-discard-text = 丢弃以后，这项任务要做的事就永远不会发生。一个人写明理由申请，另一个人确认。
jobs-reason = 理由
jobs-reason-hint = 会写进工作人员的记录
jobs-reason-wrong = 请写明理由，不超过 300 个字
jobs-ask-discard = 申请丢弃
jobs-wish-by = 申请人
jobs-wish-at = 申请时间
jobs-wish-own = 这是您自己申请的，要由另一位管理员确认。
jobs-confirm = 确认丢弃
jobs-keep = 保留
jobs-said-again = { $count ->
    [0] 没有可以重新执行的任务：已经有人执行过了。
   *[other] 已重新执行 { $count } 项任务。
}
jobs-said-asked = 已申请丢弃，等另一位管理员确认。
jobs-said-discarded = 任务已丢弃。
jobs-said-kept = 任务已保留。
jobs-said-gone = 任务已经不在了，或者现在没有人申请丢弃它。
jobs-said-same = 这是您自己申请的，要由另一位管理员确认。

audit-title = 工作人员做过的事
audit-lead = 工作人员的每一次操作，按记录查看。看了谁的信息、为什么看，写在那个人自己的记录里，不在这里。
audit-chain = 查看记录的链条
audit-chain-holds = 最后一次签名有效
audit-chain-broken = 最后一次签名与记录不符
audit-chain-position = 已封存条数
audit-chain-at = 签名时间
audit-chain-key = 密钥
audit-chain-waiting = 等待封存
audit-chain-none = 还没有封存任何记录。
audit-chain-more = 用 yimen ledger verify 可以把全部记录重新核算一遍。
audit-chain-heads = 签名与公钥
audit-done = 做过的事
audit-records = 记录
audit-source = { $source ->
    [looks] 查看个人信息
    [packages] 部门接入包
    [backends] 部门系统
   *[other] 人员与门户
}
audit-who = 操作人
audit-who-hint = 登录名；不填就是所有人
audit-act = 操作
audit-all-acts = 全部
audit-from = 起始日期
audit-until = 截止日期
audit-order = 顺序
audit-newest = 最近的在前
audit-oldest = 最早的在前
audit-show = 显示
audit-none = 没有记录
audit-none-text = 请换一段日期，或去掉筛选条件。
audit-count = { $count } 条
audit-export = 导出清单（CSV）
audit-at = 时间
audit-about = 对象
audit-words = 详情
audit-nobody = 门户或运维人员
audit-unknown = 已经查不到的人
audit-somebody = 某个人

node-title = 运行情况
node-lead = 回答您的这个节点的情况；队列和定时任务是所有节点共用的。
node-at = 截至 { $time }。
node-version = 版本
node-database = 数据库
node-database-words = { $millis } 毫秒应答；排队：读 { $reading }，写 { $writing }
node-cache = 缓存
node-cache-process = 在本进程内
node-cache-shared = 与其他节点共用
node-cache-away = 已断开 { $seconds } 秒，本节点单独运行
node-queue = 队列
node-queue-words = 到期 { $waiting } 项，执行中 { $running } 项
node-queue-since = 最早的到期于 { $time }
node-dead-words = { $count ->
    [0] 没有
   *[other] { $count } 项
}
node-lines = 本节点暂时不能正常调用的部门
node-lines-none = 没有。
node-schedules = 定时任务
node-schedules-lead = 每一项定时任务最近一次执行的时间，不论在哪个节点。
node-schedule = 名称
node-last = 最近一次
node-late = 早该再次执行

calendar-title = 节假日与调休
calendar-lead = 门户按这些日子计算所有以工作日计的期限。它们来自国务院的通知，是城市包里的数据；要改，就提交城市包的新版本。
calendar-years = 年份
calendar-published = 已公布
calendar-unpublished = 还没有公布
calendar-unpublished-text = 跨到这一年的期限只按周末计算，标为暂定，公布后会重新计算。
calendar-working-days = 共 { $count } 个工作日
calendar-from = 从
calendar-to = 到
calendar-kind = 类别
calendar-work = 上班
calendar-off = 放假
calendar-name = 名称
calendar-notice = 通知
