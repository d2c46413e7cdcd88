# 群众来信：咨询、投诉、建议、举报、随手报

voice-title = 咨询投诉
voice-lead = 有疑问、不满意、想建议、要反映问题，都可以在这里说。每一件都有编号，能看到谁在办、什么时候答复。
voice-about = 有关
voice-about-service = 对这个事项有疑问或意见
voice-about-agency = 对这个部门有疑问或意见
voice-first = 先找找有没有现成的答案
voice-search = 您想问什么
voice-answers = 常见问题
voice-answers-all = 全部常见问题
voice-answers-lead = 别人问过、部门已经答复的问题。个人信息都已去掉。
voice-answers-none = 没有找到这方面的常见问题
voice-guides = 可能有用的办事指南
voice-found-nothing = 没有找到现成的答案，请在下面找人办。
voice-person = 找人办
voice-person-text = 不管有没有找到答案，都可以写给我们，由工作人员答复。
voice-without-account = 不登录也可以提交
voice-call = 也可以打热线：
voice-ask = 提一个新的
voice-elsewhere = 这些事不在这里办
voice-elsewhere-text = 下面的事由别的机关依法处理，请直接找他们。
voice-kind = { $kind ->
    [consultation] 咨询
    [complaint] 投诉
    [suggestion] 建议
    [tip-off] 举报
    [dispute] 评价争议
   *[report] 随手报
}
voice-kind-about = { $kind ->
    [consultation] 不清楚怎么办、能不能办，问一问。
    [complaint] 对服务、商家或者处理结果不满意。
    [suggestion] 对城市管理和服务有好主意。
    [tip-off] 发现违法的事。谁举报的，办理单位看不到。
    [dispute] 对评价复核的决定不认可。
   *[report] 路灯不亮、井盖坏了、垃圾没人收，写明地点、拍张照片就行。
}
voice-state = { $state ->
    [received] 已收到
    [classified] 已分类
    [dispatched] 已交给承办单位
    [handling] 正在办理
    [returned] 重新确定承办单位
    [replied] 已答复
    [visited] 已回访
    [closed] 已办结
    [not-taken] 不在这里办理
    [merged] 与其他来信合并办理
   *[withdrawn] 已撤回
}
voice-step = { $act ->
    [report] 提交
    [classify] 分类
    [dispatch] 交给承办单位
    [not-take] 不予受理，告知去处
    [merge] 合并办理
    [take] 承办单位开始办理
    [give-back] 承办单位退回
    [pass] 转给下属单位
    [note] 协办单位意见
    [extend] 延长办理时间
    [reply] 答复
    [visit] 回访
    [close] 办结
    [reopen] 不满意，重新办理
    [withdraw] 撤回
    [dissatisfied] 仍不满意
   *[supervise] 列入督办
}
voice-field-title = 一句话说明
voice-field-text = 具体情况
voice-field-text-hint = 什么时候、什么事、希望怎么解决。请不要写身份证号、银行卡号。
voice-field-district = 所在区县
voice-district-none = 不确定
voice-field-place = 地点
voice-field-place-hint = 路名、门牌、附近的标志
voice-field-secret = 要不要对承办单位保密您的姓名和电话？
voice-field-secret-hint = 保密的话，承办单位不能打电话问您。
voice-secret-choice = { $choice ->
    [yes] 保密
   *[no] 不用保密
}
voice-field-phone = 联系电话
voice-field-phone-hint = 想让我们回电再填
voice-field-picture = 照片
voice-field-picture-hint = JPG 或 PNG，不超过 8 MB。拍摄地点等隐藏信息会去掉。填写有误需要改时，请重新选择照片。
voice-field-file = 照片或文件
voice-field-file-hint = PDF、JPG 或 PNG，不超过 8 MB。照片里的拍摄地点等隐藏信息会去掉。要求姓名保密的，只收照片：文档里常写着作者是谁。填写有误需要改时，请重新选择文件。
voice-field-elsewhere = 这件事属于下面哪一种？
voice-field-elsewhere-hint = 有些事依法由别的机关处理，我们不能受理。
voice-elsewhere-none = 都不是
voice-secret-kept = 谁举报的会严格保密
voice-secret-kept-text = 办理举报的人看不到您的姓名、电话和账号。只有主管的管理员写明理由才能查看，查看会记在您的“谁看过我的数据”里。
voice-guest-told = 您没有登录。提交后会给您一个编号和查询码，请记下来，凭它们查看进度。
voice-send = 提交
voice-not-now = 先不写
voice-wrong-title = 请用 2 到 { $most } 个字写明是什么事
voice-wrong-text = 请写清楚，最多 { $most } 个字
voice-wrong-district = 请选择区县
voice-wrong-place = 请写明地点，最多 { $most } 个字
voice-wrong-choice = 请选择一项
voice-wrong-phone = 请写一个电话号码，或者不填
voice-wrong-elsewhere = 这件事不在这里办
voice-wrong-code = 没有找到。请核对编号和查询码
voice-wrong-reason = 请写明理由
voice-wrong-into = 请写一个正在办理的同类来信的编号
voice-wrong-secret = 没有这个编号的保密来信

voice-number = 编号
voice-code = 查询码
voice-code-hint = 提交时给您的 12 位字母和数字
voice-what = 类型
voice-with = 承办单位
voice-keep = 请记下编号和查询码
voice-keep-text = 凭编号和查询码可以查看办到哪一步、谁来答复。查询码只显示这一次，请不要告诉别人。
voice-progress-title = 凭编号查进度
voice-progress-lead = 没有登录就提交的，凭编号和查询码查看。登录后提交的，请到“我的来信”里看。
voice-progress-show = 查看

my-voice-title = 我的来信
my-voice-about = 咨询、投诉、建议、举报的进度和答复
my-voice-none = 您还没有写过来信
voice-history = 办理经过
voice-goes-on = 已与编号 { $number } 的来信合并办理，您仍用原来的编号查看。
voice-merged = 合并办理
voice-supervised-told = 已列入督办
voice-picture = 下载附件
voice-judge-title = 对答复满意吗？
voice-judge = 您的评价
voice-judge-words = 还有哪里没有解决
voice-judge-words-hint = 不满意的，会重新办理一次，并列入督办。每件来信评价一次。
voice-judge-send = 提交评价
voice-judged = 您的评价：{ $verdict }
voice-verdict = { $verdict ->
    [satisfied] 满意
   *[dissatisfied] 不满意
}
voice-withdraw = 撤回这件来信

voice-said-sent = 已提交，谢谢您
voice-said-judged = 已记下您的评价
voice-said-withdrawn = 已撤回
voice-said-done = 已完成
voice-said-drafted = 已保存，等另一位同事核对后公开
voice-said-published = 已公开
voice-said-discarded = 已删除
voice-said-not-now = 现在不能这样办，请看最新的情况
voice-said-own = 自己拟的要由另一位同事公开
voice-said-words = 请把内容填写完整

voice-desk-title = 群众来信
voice-desk-lead = 全市的来信。分类、交办、合并、回访都在这里。打开一件来信会记在来信人的记录里。
voice-unit-lead = 交给本单位办理和协办的来信。打开一件来信会记在来信人的记录里。
voice-desk-none = 这里没有来信
voice-count = 共 { $count } 件
voice-late = { $count } 件超过期限或者列入督办
voice-show = { $show ->
    [new] 待交办
    [working] 办理中
    [supervised] 督办
    [answered] 已答复
   *[done] 已结束
}
voice-supervised = 督办
voice-secret = 保密
voice-topic = 类别
voice-topic-none = 还没有分类
voice-lead-unit = 承办单位
voice-lead-hint = 已按内容和地点推荐，请核对。该单位在所在区县有下属单位的，直接交给下属单位。
voice-lead-or-suggested = 承办（推荐）单位
voice-unit-none = 请选择
voice-helper = 协办单位
voice-asset = 公共设施
voice-return-by = 可以退回到
voice-decided = 职责已经裁定
voice-decided-hint = 单位退回后重新交办时，裁定过的不能再退回。
voice-decided-yes = 已裁定，不能再退回
voice-reports = 来信（{ $count }）
voice-secret-read = 来信人保密。内容里的姓名、电话等已经隐去。
voice-no-name = 没有登录提交
voice-contact = 查看姓名和电话
voice-contact-show = 查看
voice-reason = 查看的理由
voice-reason-hint = 来信人会看到这个理由
voice-do = { $act ->
    [dispatch] 交给承办单位
    [classify] 分类
    [take] 开始办理
    [reply] 答复
    [note] 写协办意见
    [give-back] 退回
    [pass] 转给下属单位
    [extend] 延长办理时间
    [visit] 记录回访
    [merge] 合并到另一件
   *[not-take] 不予受理
}
voice-do-about = { $act ->
    [dispatch] 确定一个承办单位，需要的话再加协办单位。
    [classify] 选择来信属于哪一类。
    [take] 确认由本单位办理。之后不能再退回。
    [reply] 写给来信人的答复。所有反映这件事的人都会看到。
    [note] 写给承办单位，来信人看不到。
    [give-back] 不属于本单位职责的，写明理由退回。只能在规定的时间内退回。
    [pass] 交给本单位的另一个下属单位，期限不变。
    [extend] 只能延长一次，理由会告诉来信人。
    [visit] 问来信人是否满意。不满意的会重新办理并督办。
    [merge] 反映同一件事的合并办理。每一位来信人都会得到通知。
   *[not-take] 依法不在这里办理的，写明理由和去处。
}
voice-do-submit = 确定
voice-do-back = 返回来信
voice-words-to-person = 写给来信人的话
voice-words-inside = 内部说明
voice-not-taken-why = 属于哪一种
voice-merge-into = 合并到哪一件
voice-merge-into-hint = 那件来信的编号，必须是同一类、正在办理的
voice-pass-to = 转给
voice-visit-verdict = 来信人的评价
voice-visit-choice = { $verdict ->
    [satisfied] 满意
    [dissatisfied] 不满意
   *[unreached] 没有联系上
}
voice-finding = { $finding ->
    [stands] 维持原决定
    [changed] 变更原决定
    [agreed] 调解结果：双方达成一致
    [failed] 调解结果：未达成一致
   *[untried] 未进行调解
}
voice-mediation = 调解结果
voice-dispute-finding = 处理结论
voice-dispute-title = 对评价复核决定有争议
voice-dispute-link = 对这个决定有争议
voice-dispute-lead = 您的评价经复核不计入。如果不认可，请写明理由。由别的单位重新处理，被评价的部门和原决定人都不参与决定，也不知道您是谁。
voice-dispute-lead-agency = 这条评价经复核仍然计入。如果不认可，请写明理由。由别的单位重新处理。您写的内容会隐去姓名和号码后保存。
voice-dispute-until = 在{ $day }之前可以提出，只能提一次。
voice-dispute-words = 为什么认为决定不对
voice-dispute-words-hint = 漏看了什么，有什么可以说明。请不要写身份证号。
voice-dispute-send = 提交
voice-dispute-back = 返回评价
voice-dispute-about = 有争议的决定
voice-dispute-agency = 被评价的部门
voice-dispute-rating = 评价
voice-dispute-said = 部门的理由
voice-publish-title = 整理成常见问题公开
voice-publish-lead = 请去掉一切能看出是谁的内容。由另一位同事核对后才公开。
voice-publish-draft = 保存，请同事核对
voice-question = 问题
voice-answer = 答复
voice-drafts-title = 常见问题
voice-drafts-lead = 由咨询整理的问题和答复。拟稿的人不能自己公开。
voice-drafts-none = 还没有常见问题
voice-draft-public = 已公开
voice-draft-waits = 等待核对
voice-draft-publish = 公开
voice-draft-discard = 删除
voice-draft-take-back = 撤下
voice-author-title = 查看保密来信人
voice-author-lead = 只有依法需要时才能查看。您的姓名和理由会记在来信人的“谁看过我的数据”里。
voice-author-reason-hint = 写明依据和用途
voice-author-shown = 来信人

mail-voice-subject = 您的{ $kind }：{ $state }
mail-voice-lead = 您编号 { $number } 的{ $kind }有了进展：{ $state }。在这里查看：
voice-topics-title = 群众反映什么
voice-topics-lead = 每个月收到的诉求，按分类、按区、按服务统计，并与上个月比较。合并的重复诉求只算一件。
voice-topics-kind = 类型
voice-topics-every = 全部
voice-topics-none = 这个月没有收到诉求。
voice-topics-places = 按分类和区
voice-topics-services = 按服务
voice-topics-nowhere = 未填区
voice-topics-head = { $head ->
    [made] 收到
    [change] 比上月增减
    [answered] 已答复
    [open] 办理中
   *[supervised] 督办
}
voice-overview-title = 全市诉求
voice-overview-lead = 全市收到的咨询、投诉、建议、上报和举报。这里不显示是谁写的；打开其中一件会记入来信人的“谁看过我的数据”。
voice-overview-none = 没有符合条件的诉求
voice-overview-due = 办理期限
voice-overview-mark = 需要关注
voice-mark = { $mark ->
    [late] 超期
    [supervised] 督办
   *[unsatisfied] 对答复不满意
}
voice-sort = { $sort ->
    [newest] 最近的在前
    [oldest] 最早的在前
   *[due] 期限近的在前
}
