# 办件台：补正、部门工作人员办理、结果

case-corrected = 补正已经提交
case-corrected-text = 部门会再看一遍。您什么都不用做。
case-basis = 法律依据
case-turn-to = 应当找谁办
mend-do = 去补正
mend-title = 补正材料
mend-lead = 只需要改下面这些。您以前填的都还在。
mend-else = 到期没有补正，申请视为撤回，以后可以重新提交。
mend-submit = 提交补正

decision-read = 查看决定书
decision-title = 办理结果决定书
decision-lead = 您于 { $at } 提交的申请（编号 { $reference }）已经办理，结果如下：
decision-to-company = 申请单位
decision-on = 作出日期
decision-pay = 缴款：凭部门编号在本站“{ $service }”里缴。
decision-phone = 咨询电话
decision-code = 验证码
decision-check = 在这里核对真伪
decision-file = 下载带签名的文件
decision-file-text = 文件可以保存、打印、转交。任何人都可以在门户上核对它是不是真的、有没有改动。
decision-file-check = 核对真伪：扫描图中的二维码，或者打开 { $address }；在“核对文件”里还可以核对这份文件本身。
decision-file-given = 出具时间：{ $at }
decision-print = 可以打印本页。任何人都可以用验证码核对它的真伪。

desk-title = 办件台
desk-lead = 本单位的办件，最急的在前。列表里不显示申请人；打开办件会记录下来，本人可以看到。
desk-only-failed = 这里只有没能送到部门的办件。申请内容不在这里显示。
desk-late = 有 { $count } 件已经超过期限
desk-show = { $show ->
    [waiting] 待办
    [mine] 我的
    [free] 没人认领
    [unread] 未读
    [soon] 快到期
    [late] 超期
    [approve] 待审批
    [applicant] 等申请人补正
    [done] 办结
   *[failed] 没能送到部门
}
desk-every-service = 全部事项
desk-sort = 排序
desk-sort-by = { $sort ->
    [clock] 按期限
    [oldest] 先提交的在前
   *[newest] 后提交的在前
}
desk-filter = 筛选
desk-none = 这里没有办件
desk-none-text = 有新的申请，会按期限排在这里。
desk-count = 共 { $count } 件
desk-unread = 未读
desk-tick = 选中 { $reference }
desk-ticked = 对选中的办件
desk-claim = 我来办
desk-release = 放回
desk-give = 转交
desk-give-to = 转交给
desk-give-title = 由谁办理
desk-due = 期限：{ $day }
desk-clock-applicant = 等申请人补正，不计时
desk-clock-paused = 暂停计时
desk-clock-failed = 没能送到部门
desk-failed = 这件申请没能送到部门的系统
desk-failed-text = 请先和部门核实有没有收到，再选择怎么处理，避免重复提交。
desk-acts = 可以怎么办
desk-do = { $act ->
    [accept] 受理
    [ask-correction] 一次性告知补正
    [not-accept] 不予受理
    [grant] 准予
    [refuse] 不予批准
    [suspend] 暂停计时
    [resume] 恢复计时
    [extend] 延长期限
    [terminate] 终止办理
    [send] 寄出结果或放到窗口
    [deliver] 确认送达
    [again] 没有收到，重新送
    [arrived] 部门已经收到
   *[close] 不再办理
}
desk-about = { $act ->
    [accept] 材料齐全、符合要求。办理期限从明天起算，马上通知申请人。
    [ask-correction] 在要改的项目里写明怎么改，不用改的留空。请一次写全：看过的材料不能第二次要求补正。
    [not-accept] 写明理由和应当由谁办理。申请人可以申请行政复议或者提起诉讼。
    [grant] 决定马上通知申请人，并生成可以核对真伪的决定书。
    [refuse] 写明事实、理由和依据。申请人可以申请行政复议或者提起诉讼。
    [suspend] 听证、检验、检测、鉴定、专家评审等法定程序的时间不算在期限里。
    [resume] 从明天起继续计时。
    [extend] 只能延长一次，由负责人审批。
    [terminate] 写明为什么不再继续办理。
    [send] 结果已经交寄，或者已经放到窗口等待领取。
    [deliver] 申请人已经拿到结果。
    [again] 核实部门没有收到以后，再送一次。
    [arrived] 部门已经有了这件申请，以后由部门的系统告知进度。
   *[close] 这件申请不能再送，写明理由。申请人可以申请行政复议或者提起诉讼。
}
desk-extends = 延长 { $days }，只能延长一次，由负责人审批。
desk-submit = 确定
desk-back = 返回办件
desk-words = 给申请人的话
desk-words-hint = 申请人会看到。请写得让人看得懂，不要写别人的信息
desk-words-wrong = 请填写，不超过 2000 字
desk-turn-to-hint = 例如：请向云州市民政局申请，电话 0990-1234567
desk-basis-hint = 例如：《中华人民共和国行政许可法》第四十五条
desk-correct-by = 最迟哪天补正
desk-suspend-until = 暂停到哪天
desk-until = 到哪天
desk-day-wrong = 请写一个今天以后、三年以内的日期，如 2026-12-31
desk-ask-nothing = 请至少在一个项目里写明怎么改
copies-title = 抄送的决定
copies-lead = 其他部门抄送您单位知悉的决定。列表不显示是谁的，打开会记录下来，本人可以看到。
copies-none = 还没有抄送来的决定
copy-title = 申请副本
copy-make = 给申请人打印副本
copy-lead = 副本有填写的内容、材料名称和办理结果。谁在什么时候、为什么打印，都会记在申请人的查看记录里。
copy-why = 为什么打印
copy-show = 显示副本
copy-scan = 在这里查询或核对：{ $address }
copy-made = { $name } 于 { $at } 打印
copy-print = 打印
desk-pickup-place = 领取地点
desk-pickup-place-hint = 窗口、地址和时间；申请人会得到一个取件码
desk-pickup-code = 取件码
desk-pickup-code-hint = 申请人手机上或纸上的 8 位字母和数字
desk-by-code = 凭取件码领取
desk-signed = 签收人
desk-signed-hint = 只在对方没带取件码时填写：出示身份证件并在签收单上签字的人
desk-code-or-signed = 请填写取件码，或者签收人的姓名。
desk-code-wrong = 这不是这件申请的取件码。
desk-seen-before = 这些项目第一次就已经看过，不能第二次要求补正。确有必要的，由负责人说明理由后提出。
desk-above = 第二次要求补正的理由（负责人填写）
desk-above-hint = 只有要求补正第一次没有提到的项目时才要写
desk-text-grant = 经审查，您申请的“{ $service }”符合《{ $law }》的规定，准予办理。
desk-text-refuse = 经审查，您申请的“{ $service }”不符合《{ $law }》第　条的规定（事实和理由：　　），不予批准。
desk-text-not-accept = 您申请的“{ $service }”不属于本单位办理（理由：　　），不予受理。
desk-text-terminate = “{ $service }”因（理由：　　）无法继续办理，予以终止。
desk-draft = 拟办意见：{ $act }
desk-draft-own = 这是您拟的，要由另一位负责人审批。
desk-draft-over = 办件已经结束，这份意见不再办理。
desk-draft-waits = 等负责人审批。
desk-remark = 意见（退回时必须写）
desk-confirm = 同意
desk-return = 退回
desk-confirmed = 已同意
desk-returned = 已退回
desk-person = 申请人
desk-name = 姓名
desk-acts-as = 申请方式
desk-relation = { $relation ->
    [guardian] 监护人代办
    [authorised] 受托人代办
    [company] 代表单位办理，显示的是经办人
   *[self] 本人办理
}
desk-answers = 申请内容
desk-before = 补正以前填的
desk-guide = 办事指南
desk-number = 查看完整身份证号
desk-number-reason = 为什么要看
desk-number-hint = 理由会记录下来，本人可以看到
desk-number-show = 查看
desk-no-number = 没有核验过的身份证号
desk-reason-needed = 请写明理由，不超过 300 字
desk-said-done = 已经办好，申请人会收到通知。
desk-said-proposed = 已经拟好，等负责人审批。
desk-said-confirmed = 已经同意，申请人会收到通知。
desk-said-returned = 已经退回拟办人。
desk-said-assigned = 已经转交。
desk-said-claimed = 已经由您办理。
desk-said-released = 已经放回，现在没有人办理。
desk-said-nothing = 没有选中办件，没有改动。
desk-said-mended = 已经处理。
desk-said-taken = 有的办件已经由别人办理，没有改动。
desk-said-not-now = 办件的状态已经变化，这一步现在不能做。
desk-said-pending = 有意见等待审批，审批以前不能做别的。
desk-said-own = 自己拟的不能自己审批。
desk-said-words = 还有该写的没有写，没有改动。
staff-act-approve-cases = 审批办件
staff-act-redrive = 处理没能送到部门的办件
staff-kind-cases = 办件

case-counter-title = 窗口代为申请
case-counter-lead = 本人带身份证件到窗口时，代他填写并提交。按核验过的身份证号查找；查找会记录下来，本人可以看到。
case-counter-go = 查找并填写
case-counter-for = 申请人
case-counter-next = 下一位
counter-receipt-title = 收件凭证
counter-receipt-by = 经办人
counter-receipt-text = 请打印后交给申请人。登录后在“我的办件”里也能看到；打电话查询请报编号。

## 工作人员登记的信息

note-lead = 由工作人员登记和更新：
note-mine = 我在这里的办件
note-mine-none = 没有查到您在本门户提交的办件。如果是在别处提交的，请打电话询问。
note-known = 现在的情况
note-at = { $at } 更新
note-none = 还没有登记信息
note-none-text = 请打电话询问部门：
note-ask = 这里没有写到的，请拨打
note-search = 查找
note-search-go = 查找
note-desk = 信息登记
note-desk-lead = 这些查询事项由您登记的内容回答。请随时更新，不再有效的请撤下。
note-desk-none = 您负责的部门没有这样的查询事项。
note-public = 看看公众看到的样子
note-new = 登记一条
note-title-zh = 标题（中文）
note-title-en = 标题（英文）
note-text-zh = 内容（中文）
note-text-en = 内容（英文）
note-wrong = 请填写，最多 { $most } 个字，不能有看不见的符号。
note-put = 发布
note-end = 撤下
note-said-put = 已发布
note-said-ended = 已撤下

ahead-title = 即将超期的申请
ahead-lead = 您管的各部门窗口里，几个工作日之内就要到期、还没有办结的申请。这里不显示申请人是谁。
ahead-days = 到期
ahead-within = { $days } 个工作日内
ahead-none = 这段时间里没有要到期的申请
ahead-table = 要到期的申请
ahead-number = 编号
ahead-due = 最后期限
