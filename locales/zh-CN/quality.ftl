# 服务质量月报

quality-title = 服务质量
quality-lead = 每个月给每项服务、每个部门评一到五星。怎么评的公式和评出来的数字都公开，谁都可以核对。
quality-months = 月份
quality-provisional = 这个月的评价到{ $day }才截止，在那之前数字还会变。
quality-none = 还没有公布过月报
quality-none-text = 每个月结束几天以后公布。
quality-league = 部门排名
quality-league-text = 办得好不好和办了多少分开排：办得多不等于办得好。
quality-league-none = 这个月没有部门有星级。
quality-others = 没有星级的部门
quality-services = 各项服务
quality-services-none = 这里没有服务。
quality-domain = 领域
quality-domain-card = 看这个领域的评分卡
quality-domain-text = 这个领域各项服务的合计，不论由哪个部门办理。不足 { $people } 人的服务，以及能由合计倒推出来的服务，没有计入。
quality-agency = 部门
quality-everything = 全部
quality-filter = 查看
quality-trend = 逐月变化
quality-trend-about = { $from }至{ $to }，评价的人里有多少满意，办结的事里有多少有评价。
quality-satisfied = 满意率
quality-response = 评价率
quality-month = 月份
quality-how = 星级怎么来的
quality-how-text = 每一项按权重计分；没法测算的项目，权重分给其他各项。合计满分 100 分，按分数定星级。
quality-how-satisfaction = “基本满意”及以上算满意。满意率取区间的下限（真实的满意率有 95% 的可能在这个区间内），评价少的不会占便宜。没有评价的不算满意。
quality-how-speed = 办理速度：一半的事当场办完得满分，用足承诺时限得一半，超过承诺时限一倍得零分。
quality-how-version = 第 { $version } 版，{ $since }起施行
quality-how-least = 评价不足 { $ratings } 条，或者能测算的不足 { $weight }%，不评星级。
quality-how-from = { $points } 分起，{ $stars } 星
quality-weight = 权重
quality-part-head = 项目
quality-part = { $part ->
    [satisfaction] 满意率
    [on-time] 按时办结
    [first-pass] 一次办成，没有补正
    [availability] 系统可用
    [speed] 办理速度
   *[guide] 指南完整
}
quality-value = 得分率
quality-files = 开放数据
quality-files-text = 这个月的数字，用它可以重新算出星级。不足 { $people } 人的数字，以及可以倒推出它的数字，都不公开。
quality-file-table = 表格（CSV）
quality-file-document = 供程序使用（JSON）
quality-file-domains = 各领域表格（CSV）
quality-unknown = 暂无
quality-stars = { $stars } 星（满 5 星）
quality-few = 无星级：{ $have } 条评价，不足 { $need } 条
quality-little = 无星级：能测算的只有 { $weight }%
quality-no-formula = 无星级：当时还没有公式
quality-hidden = 人数太少，不公开
quality-head = { $head ->
    [name] 名称
    [stars] 星级
    [quality] 质量名次
    [quantity] 办件量名次
    [points] 分数
    [finished] 办结
    [rated] 评价
    [satisfied] 满意
    [on-time] 按时
    [first-pass] 一次办成
    [reachable] 可用
    [half] 一半办结用时
    [nine-in-ten] 九成办件用时不超过
    [range] 满意率区间
    [complaints] 投诉
   *[guide] 指南
}
quality-gap = 办件量名次比质量名次靠前 { $places } 名
quality-hours = { $count } 小时
quality-days = { $count } 天
quality-millis = { $count } 毫秒
quality-of = { $name }：服务质量
quality-whole = 部门合计
quality-stage = { $stage ->
    [running] 本月还没结束
    [preview] 还没有公开
    [open] 评价还没有截止
   *[closed] 已定稿
}
quality-public-from = 这个月的数字{ $day }起向社会公开。
quality-reply = 部门说明
quality-how-link = 星级怎么来的
quality-nothing = 这个月没有数字。
quality-parts = { $month }的星级由什么组成
quality-more = 这个月的其他数字
quality-fact = { $fact ->
    [services] 计入的服务
    [left-out] 因人数太少没有计入的服务
    [handed-in] 收件
    [left-lying] 填了一半没有提交
    [unvisited] 不用跑腿办结
    [latency] 一半的部门接口应答用时
    [looked-at] 指南浏览
    [complaints] 投诉
    [per-thousand] 每千件办结的投诉
    [other-complaints] 办理的其他投诉
    [left-share] 开始填写后放下的
   *[maturity] 网上办理程度
}
quality-maturity = { $stage ->
    [information] 只能看，到别处办
    [enquiry] 可以网上查询
    [transaction] 可以网上申请
    [connected] 全程网办，不用跑腿
   *[other] 暂无
}
quality-desk = 本部门服务质量
quality-desk-lead = 本部门各项服务的数字。每个月的数字先给部门看，公开之前可以写说明。
quality-reply-title = 对这个月的说明
quality-reply-label = 与数字一起公开
quality-reply-hint = 请不要写能认出当事人的内容。清空就是撤回说明。
quality-reply-long = 最多 { $most } 个字，请写短一些，并去掉看不见的符号
quality-reply-send = 与数字一起公开
quality-said = { $word ->
    [replied] 已经记下
    [asked] 已经通知部门
    [noted] 已经记下
    [back] 已经撤回
   *[other] {""}
}
quality-admin = 服务质量管理
quality-admin-lead = 您管的所有服务、没有人用的服务，以及需要有人看一看的评价。
quality-show = { $show ->
    [few] 一星、二星
    [none] 没有星级
   *[all] 全部
}
quality-show-label = 星级
quality-sort = { $sort ->
    [points] 得分低的在前
    [satisfied] 满意率低的在前
    [finished] 办结多的在前
   *[name] 按部门
}
quality-sort-label = 排序
quality-ratings = 逐条看评价
quality-alarms = 需要看一看
quality-alarms-text = 这些评价和那里平常的不一样。这不是认定谁有错，只是请人去问一问。
quality-alarms-none = 没有异常。
quality-alarm = { $kind ->
    [burst] 一天里的好评多得没有来由
   *[saturation] 几乎人人评价，几乎都是最好
}
quality-alarm-days = { $from }至{ $to }
quality-silent = 没有人用的服务
quality-silent-text = { $days } 天以上没有人申请、预约、缴费或者查询。
quality-silent-none = 每项服务都有人用。
quality-silent-since = 最近一次有人用是{ $day }
quality-silent-never = { $day }发布以来没有人用
quality-retire = 请部门下线
quality-retire-day = 期限
quality-retire-reason = 理由
quality-retire-successor = 由哪项服务代替
quality-retire-successor-hint = 填那项服务的编码。打开旧地址的人会被带到那里。没有的话留空。
quality-retire-successor-wrong = 请填另一项正在办理的服务的编码
quality-retire-day-wrong = 请选今天或以后的日期
quality-retire-reason-wrong = 请填理由，不超过 { $most } 个字
quality-retire-send = 发出
quality-retire-back = 撤回
quality-retire-missing = 请填今天或以后的日期，以及不超过 { $most } 个字的理由
quality-retire-asked = 请在 { $day } 以前下线
quality-retire-late = 已逾期
quality-retire-why = 理由：
quality-retire-answered = 部门说明：
quality-retire-title = 请您下线的服务
quality-retire-text = 请在期限以前从服务包里下线，或者说明为什么保留。
quality-retire-answer = 为什么保留
quality-retire-answer-send = 提交说明
quality-complaints = 投诉
quality-left = 填到哪一步放下了
quality-left-text = 这个月开始填写、一个星期没有再填的申请，按最后显示的页面统计。
quality-left-about = { $month }，在每一步放下的有多少
quality-left-here = 在这一步放下
quality-step-head = 步骤
quality-step = { $step ->
    [begun] 第一页还没有填
    [filled-in] 已经填完，还差材料或者确认提交
   *[gone] 表单里已经没有的页面
}
quality-step-page = { $number }. { $name }
quality-range = { $from }至{ $to }
quality-districts = 各区排名
quality-districts-lead = 全市各区办理的事有多少人满意，有多少按时办结。
quality-districts-text = 按申请里填写的地址归到各区；不用填地址的事不计入任何一个区。名次按满意率区间的下限排（真实的满意率有 95% 的可能在这个区间内）。
quality-alarm-outcome = { $outcome ->
    [explained] 情况属实，有正当原因
    [put-right] 已经纠正
   *[passed-on] 已经移交
}
quality-alarm-open = 还没有填写核查结果。
quality-alarm-say = 填写核查结果
quality-alarm-came = 核查结果
quality-alarm-words = 查到了什么，怎么处理的
quality-alarm-send = 记下
quality-alarm-unsaid = 请写明查到了什么，最多 { $most } 个字
quality-whole-city = 全部部门
quality-span = { $from }至{ $to }
quality-report = { $month }服务质量月报
quality-report-link = 本月月报
quality-report-lead = 这个月的数字、突出的情况，以及投诉和差评的处理结果。范围是您管的部门。
quality-report-until = 到{ $day }为止，数字还会变。
quality-report-figures = 本月数字
quality-report-now = 本月
quality-report-before = 上月
quality-figure = { $figure ->
    [finished] 办结
    [rated] 评价
    [response] 评价率
    [satisfied] 满意率
    [range] 满意率区间
    [on-time] 按时办结
    [first-pass] 一次办成
    [half] 一半办结用时
    [most] 九成办结用时
    [reachable] 系统可用
    [unvisited] 不用跑腿办结
    [left-lying] 填了一半没有提交
    [complaints] 投诉
   *[per-thousand] 每千件办结的投诉
}
quality-report-ends = 最好和最差
quality-report-ends-text = 只列有星级的服务。最好的按满意率区间的下限排，最差的按上限排。
quality-report-ends-none = 有星级的服务太少。
quality-report-best = 满意最有把握
quality-report-worst = 不满意最有把握
quality-report-open = 未完
quality-report-head = { $head ->
    [bad] 差评
    [contacted] 已回访
    [contacted-in-time] 其中按时
    [contact-late] 逾期
    [answered] 已答复
    [answered-in-time] 其中按时
    [objected] 申诉
    [upheld] 成立
   *[rejected] 不成立
}
quality-report-followed = 差评处理
quality-report-followed-text = 差评要全部回访，一个不漏。申诉成立、不计入的评价除外。
quality-report-followed-none = 没有差评。
quality-report-waiting = 还没有回访
quality-report-due = { $day }到期
quality-report-objections = 部门申诉
quality-report-objections-none = 没有部门申诉。
quality-report-complaints-none = 没有投诉。

funnel-title = 办事进展
funnel-lead = 每项服务有多少人看指南、开始填、交上来、被受理、办完，在哪一步停下了。
funnel-text = 看指南按次数算，其余按申请件数算。开始填了、一周没动也没交的，算没有交。办完按办完的月份算。
funnel-least = 小于 { $least } 的数不写出来。
funnel-few = 少于 { $least }
funnel-share = { $count }%
funnel-none = 还没有统计
funnel-none-text = 每天夜里统计一次，第二天就有。
funnel-by = 按什么列
funnel-by-word = { $by ->
    [agency] 部门
   *[other] 服务
}
funnel-sort = 排序
funnel-sort-word = { $sort ->
    [lost] 开始了没交的多在前
    [handed-in] 交上来的多在前
    [looked-at] 看指南的多在前
   *[other] 按部门和编码
}
funnel-step = { $step ->
    [looked-at] 看指南
    [begun] 开始填
    [handed-in] 交上来
    [accepted] 受理
   *[other] 办完
}
funnel-all = 合计
funnel-code = 编码
funnel-name = 服务
funnel-finished = 交上来的比例
funnel-export = 导出清单（CSV）

use-title = 使用情况
use-lead = 最近 { $days } 天：指南被看了多少次，各部门服务了多少人。只有合计，看不出任何一个人。
use-agencies = 各部门
use-agencies-text = 服务能办到哪一步，多少人的事办完了。名次差是按人数的名次比按事项数的名次低多少位。
use-services = 看得最多的指南
use-days = 每天
use-day = 日期
use-none = 暂无
use-head = { $head ->
    [services] 事项数
    [views] 被看次数
    [people] 服务人数
    [ended] 办完件数
    [by-services] 按事项数的名次
    [by-people] 按人数的名次
   *[gap] 名次差
}
