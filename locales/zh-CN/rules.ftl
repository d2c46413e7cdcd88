# 政策参数：城市自己定的数，谁、什么时候、为什么改的

rules-title = 政策参数
rules-lead = 期限、上限、权重和预警线，由城市自己定。一位管理员提出修改，另一位批准，从定好的那天起生效；每次修改都留有记录。
rules-waiting = { $count } 项修改等待另一位管理员处理
rules-waiting-link = 查看
rules-history = 修改记录
rules-history-lead = 每次提出的修改：谁提的、为什么、改成什么，后来怎样。
rules-history-none = 没有这样的修改
rules-history-none-text = 换个条件再看看。从没改过的参数按城市包执行。
rules-groups = 类别
rules-all = 全部
rules-every = 全部参数
rules-any-state = 全部状态
rules-rule = 参数
rules-state = 状态
rules-in-force = 现行值
rules-since = 起始时间
rules-first = 按城市包，未修改过
rules-by = 修改人
rules-next = 已定的下一步
rules-asked-by = { $name } 提出了修改
rules-group = { $group ->
    [follow-ups] 评价与差评处理
    [scorecards] 服务质量月报
    [stars] 星级计算
    [alarms] 评价异常预警
    [orders] 诉求工单
   *[other] 对部门的处分
}

rule-name = { $rule ->
    [contact-due] 差评首次联系期限
    [fix-due] 差评整改期限
    [complex-fix-due] 复杂差评整改期限
    [appeal-window] 部门申诉期限
    [rate-window] 可以评价的时间
    [amend-once] 整改后可以改一次评价
    [min-sample] 评价数偏少的界限
    [preview-days] 部门先看月报的时间
    [least-people] 公开数字的最少人数
    [silent-days] 沉默服务的认定时间
    [star-weights] 星级指标的权重
    [star-thresholds] 各星级的最低分
    [star-ratings] 评星所需的评价数
    [star-measured] 评星所需的已测权重
    [burst-excess] 突增预警：多出的评价数
    [burst-best] 突增预警：最高档占比
    [saturated-ratings] 饱和预警：最少评价数
    [saturated-best] 饱和预警：最高档占比
    [order-dispatch] 派单期限
    [order-give-back] 退单期限
    [order-handle] 办理期限
    [order-answer] 咨询答复期限
    [order-extend] 延期的长度
    [order-visit] 回访期限
    [reports-own] 每人每小时可以提交的诉求
    [reports-guests] 未登录时每户每小时可以提交的诉求
    [restricted-share] 限制调用时留给部门的份额
   *[other] 处分的最长期限
}
rule-about = { $rule ->
    [contact-due] 收到差评后，部门要在这么多个工作日内联系评价人。
    [fix-due] 部门要在这么多个工作日内改好，或者说明理由。
    [complex-fix-due] 情况复杂并说明理由的，整改期限放宽到这么多个工作日。
    [appeal-window] 部门认为评价恶意或者有误的，要在这么多个工作日内提出。
    [rate-window] 办完以后这么多天内可以评价；收到整改答复以后，也在这么多天内可以表态。
    [amend-once] 整改以后，评价人可不可以把评价改一次。
    [min-sample] 评价少于这个数时，在分数旁标明“评价较少”。
    [preview-days] 每月结束后，部门先看这么多天，然后向社会公开。
    [least-people] 涉及的人少于这个数的数字不公开。
    [silent-days] 这么多天没有人用的服务，请部门考虑下线。
    [star-weights] 六项指标各占多少份，合计一百份。新权重从之后开始的月份起用，以前的星级不变。
    [star-thresholds] 得分（满分一万）达到多少算二星、三星、四星、五星。从之后开始的月份起用。
    [star-ratings] 评价少于这个数的服务不评星。从之后开始的月份起用。
    [star-measured] 能测到的指标，权重合计不到这个数的不评星。从之后开始的月份起用。
    [burst-excess] 一天的评价比按办件数应有的多出这么多，并且符合下一条时预警。
    [burst-best] 多出的评价里，最高档至少占这么多时预警。
    [saturated-ratings] 两周内评价少于这个数的不预警。
    [saturated-best] 两周内几乎人人评价，并且最高档至少占这么多时预警。
    [order-dispatch] 收到诉求后，要在这么多个工作日内派给承办单位。
    [order-give-back] 单位认为不归自己管的，要在这么多个工作日内退回。
    [order-handle] 承办单位要在这么多个工作日内办结并答复。
    [order-answer] 咨询要在这么多个工作日内答复。
    [order-extend] 每件诉求可以延期一次，延长这么多个工作日。
    [order-visit] 答复以后，要在这么多个工作日内回访；过后没有异议的自动结案。
    [reports-own] 一个人一小时内最多提交这么多件，防止灌水。
    [reports-guests] 没有登录的，同一处上网地址一小时内最多提交这么多件。
    [restricted-share] 受到“限制调用”处分的部门，只留下正常份额的几分之一。
   *[other] 有期限的处分最长这么多天；要更久的，不设期限。
}
rule-working-days = { $count } 个工作日
rule-days = { $count } 天
rule-ratings = { $count } 个评价
rule-people = { $count } 人
rule-percent = { $count }%
rule-parts = { $count } 份
rule-points = { $count } 分
rule-an-hour = 每小时 { $count } 件
rule-share = { $count } 分之一
rule-yes = 可以
rule-no = 不可以
rule-unit = { $unit ->
    [working-days] 工作日
    [days] 天
    [ratings] 评价数
    [people] 人
    [percent] 百分数，只填数字
    [parts] 一百份中的份数
    [points] 满分一万
    [an-hour] 每小时的件数
    [share] 填 4 就是四分之一
   *[other] 选一项
}
rule-part = { $part ->
    [satisfaction] 满意度
    [on-time] 按时办结
    [first-pass] 一次办成
    [availability] 服务可用
    [speed] 办理速度
    [guide] 指南完整
    [two] 二星
    [three] 三星
    [four] 四星
   *[other] 五星
}
rule-part-value = { $part } { $number }
rule-by-both = { $asked } 提出，{ $approved } 批准
rule-next = { $day }起：{ $numbers }
rule-state = { $state ->
    [asked] 等待批准
    [approved] 已批准
    [refused] 已驳回
   *[other] 已撤回
}
rule-first = 城市包里的值
rule-allowed = 可以填
rule-bounds = { $least } 到 { $most }
rule-running = 已经开始计算的期限不变，按开始时的值算完。
rule-change = 修改
rule-change-text = 您提出修改并说明理由，由另一位管理员批准。
rule-change-link = 提出修改
rule-change-title = 修改：{ $name }
rule-change-lead = 另一位管理员批准后，从您选的那天起生效；批准晚于那天的，从批准时起生效。
rule-change-submit = 提交，等待批准
rule-number = 新的值
rule-was = 原值
rule-value = 新值
rule-from = 生效日期
rule-from-hint = 今天或者以后的一天，两年以内
rule-reason = 理由
rule-reason-hint = 会留在修改记录里
rule-asked-by = 提出人
rule-asked-at = 提出时间
rule-decided-by = 处理人
rule-decided-at = 处理时间
rule-refusal = 驳回理由
rule-refusal-hint = 提出人会看到
rule-late = 这一天已经过了：批准后立即生效
rule-own = 这是您自己提出的，要由另一位管理员批准。
rule-approve = 批准
rule-refuse = 驳回
rule-withdraw = 撤回
rule-never = 从没有人提出过修改。
rule-all = 全部修改记录和导出
rule-said-asked = 已提交，等另一位管理员批准。
rule-said-approved = 已批准。
rule-said-refused = 已驳回。
rule-said-withdrawn = 已撤回。
rule-said-own = 自己提出的修改自己不能批准或驳回；别人提出的也不能替他撤回。
rule-said-waits = 这一项已经有修改在等待批准，处理完才能再提。
rule-said-decided = 这项修改已经有人处理过了。
rule-said-stale = 提出以后别的参数变了，现在批准就前后矛盾。请驳回后重新提出。
rule-wrong-number = 请填 { $least } 到 { $most } 的整数
rule-wrong-sum = 各项合计应为 100，现在是 { $sum }
rule-wrong-rising = 每一级都要比前一级高
rule-wrong-same = 那天的值本来就是这样
rule-wrong-order = “{ $shorter }”不能比“{ $longer }”长
rule-wrong-day = 请选一个日期
rule-wrong-past = 生效日期不能早于今天
rule-wrong-far = 生效日期要在两年以内
rule-wrong-reason = 请写明理由，不超过 { $most } 字
