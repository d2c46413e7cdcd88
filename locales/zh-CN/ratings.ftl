# 好差评

score-title = 办事人评价
score-none = 还没有人评价
score-line = { $rated } 人评价，{ $share } 满意（{ $low } 至 { $high }）
score-response = 办结 { $finished } 件，{ $response } 有评价
score-small = 评价还少，仅供参考
score-all = 查看评价和整改情况

rating-ask = 评价这次服务
rating-level = { $level ->
    [very-satisfied] 非常满意
    [satisfied] 满意
    [basically-satisfied] 基本满意
    [dissatisfied] 不满意
   *[very-dissatisfied] 非常不满意
}
rating-question = 这件事办得怎么样？
rating-free = 评不评由您决定，到{ $day }为止都可以。不评就是没有评价，不会算成任何一档。
rating-next = 下一步
rating-not-now = 先不评
rating-private = 办事人员看不到是谁评的。您写的话给部门看之前，会把电话、证件号、姓名等遮住；部门要联系您，须写明理由，并记在“谁看过我的数据”里。
rating-chosen = 您选的是
rating-choose-again = 重新选
rating-choose = 请选一项
rating-tags = 哪些方面？可以多选，也可以不选
rating-words = 想说的话
rating-words-bad = 哪里不满意？
rating-words-hint = 可以不写。请不要写电话、证件号码和别人的姓名。
rating-too-long = 最多 { $most } 个字，请写短一些，并去掉看不见的符号
rating-send = 提交评价
rating-over = 评价时间已过
rating-over-text = 还有话要说，请拨打{ $hotline }。
rating-matter = 查看这件事
rating-yours = 您的评价
rating-first = （原来是{ $level }）
rating-given-at = 评价时间
rating-your-words = 您写的话
rating-standing = { $standing ->
    [review] 复核中
    [aside] 不计入
   *[counts] 计入
}
rating-follow = 回访和整改
rating-state = { $state ->
    [opened] 待联系
    [contacted] 整改中
    [answered] 已答复
    [escalated] 上级处理中
    [closed] 已了结
    [settled] 上级已处理
   *[dropped] 已终止
}
rating-state-text = { $state ->
    [opened] 部门还没有联系您。
    [contacted] 部门联系过您，正在处理。
    [answered] 部门已经答复。请说说您满不满意。
    [escalated] 您对答复不满意，正由上级管理员处理。
    [closed] 这件事已经了结。
    [settled] 上级管理员已经作出处理。
   *[dropped] 不再继续处理。
}
rating-due = 最迟{ $day }
rating-step = { $act ->
    [take] 有人领办
    [hand-over] 移交给同事
    [open] 提交差评
    [contact] 联系评价人
    [lengthen] 情况复杂，延长期限
    [answer] 部门答复
    [accept] 评价人认可答复
    [object] 评价人不认可答复
    [lapse] 评价人没有再表示意见
    [send-back] 上级退回部门重办
    [settle] 上级处理
   *[drop] 终止
}
rating-by = { $by ->
    [person] 评价人
    [agency] 部门
    [above] 上级管理员
   *[portal] 一门（本站程序）
}
rating-verdict-question = 对答复和整改满意吗？
rating-verdict = { $verdict ->
    [satisfied] 满意
    [basic] 基本满意
   *[unsatisfied] 不满意
}
rating-verdict-theirs = 评价人对整改：{ $verdict }
rating-verdict-was = 您的意见：{ $verdict }
rating-verdict-until = 到{ $day }为止可以表示意见；选“不满意”，会交给上级管理员处理。
rating-verdict-send = 提交意见
rating-still = 还有什么没有解决？
rating-still-hint = 选“不满意”时请写一写，上级管理员会看到。
rating-amend = 修改评价
rating-amend-text = 问题处理过了，您可以改一次评价。原来的评价也会保留。
rating-amend-question = 现在您觉得怎么样？
rating-amend-send = 改为这一档
rating-appeal-is = { $standing ->
    [review] 部门对这条评价提出异议，正在复核
    [aside] 复核后，这条评价不计入平均
   *[counts] 部门提过异议，复核后仍然计入
}
rating-fault-told = { $fault ->
    [malicious] 部门认为这是恶意评价。复核由部门以外的管理员决定；复核期间照常计入。
   *[mistaken] 部门认为这是误评。复核由部门以外的管理员决定；复核期间照常计入。
}
rating-appeal-reason = 复核理由
rating-said = { $word ->
    [counter] 目前没有您在这个部门办完、可以评价的事
    [hall] 目前没有您办完、可以评价的事
    [which] 您办完的不止一件，请选一件来评价
    [given] 已收到您的评价，谢谢您
    [amended] 已改为新的评价，谢谢您
    [heard] 已收到您的意见
    [already] 之前已经提交过，以下面显示的为准
    [over] 时间已过，没有提交
    [not-now] 情况有了变化，没有提交，请看下面的最新情况
    [own] 自己提出的异议，须由别人复核
    [done] 已记录
   *[other] {""}
}

ratings-title = 我的评价
ratings-about = 办完的事，可以评一评；差评的处理结果也在这里
ratings-lead = 办完的事可以评价一次，评不评由您决定。
ratings-open = 可以评价
ratings-open-none = 现在没有可以评价的事。
ratings-rated = 评价过的
ratings-ended = { $day }办完
ratings-until = 可评价到{ $day }

rating-news-subject = { $what ->
    [contact] { $service }：部门已联系您
    [lengthen] { $service }：整改期限延长
    [answer] { $service }：您的差评有答复了
    [send-back] { $service }：上级要求部门重新处理
    [settle] { $service }：上级已作出处理
    [review] { $service }：部门对您的评价提出异议
    [upheld] { $service }：评价复核结果
   *[rejected] { $service }：评价复核结果
}
rating-news-lead = { $what ->
    [contact] { $agency }记录：已就您的评价（{ $service }）联系过您。如果没有联系过，请告诉我们。查看：
    [lengthen] 您的评价（{ $service }）涉及的问题较复杂，{ $agency }延长了整改期限。理由在这里：
    [answer] { $agency }答复了您的评价（{ $service }）。请看答复，并说说您满不满意：
    [send-back] 您对{ $agency }的答复（{ $service }）不满意，上级已要求部门重新处理。查看：
    [settle] 您对{ $agency }的答复（{ $service }）不满意，上级已作出处理。查看：
    [review] { $agency }对您的评价（{ $service }）提出异议，由部门以外的管理员复核。复核期间照常计入。查看：
    [upheld] 您的评价（{ $service }）经复核不计入平均，仍然保留。理由在这里：
   *[rejected] 您的评价（{ $service }）经复核仍然计入。查看：
}

rating-desk = 评价和整改
rating-admin = 评价复核和督办
rating-desk-lead = 差评须按期联系评价人，按期整改并答复。这里不显示是谁评的。
rating-desk-above = 评价人不认可的答复、部门提出的异议和超期的差评。这里不显示是谁评的。
rating-desk-none = 没有。
rating-ended-in = 办结月份
rating-level-label = 评价等级
rating-every-service = 看全部服务的评价
rating-late = 超期
rating-show = { $show ->
    [mine] 我领办的
    [open] 待处理
    [late] 超期
    [escalated] 评价人不认可
    [appeals] 复核中
   *[all] 全部
}
rating-their-words = 评价人写的话
rating-hid = 已遮住：
rating-hidden = { $kind ->
    [identity] 身份证号
    [credit-code] 统一社会信用代码
    [bank-card] 银行卡号
    [phone] 电话
    [plate] 车牌
    [mail] 邮箱
    [number] 长号码
   *[name] 姓名
}
rating-contact-by = 最迟联系日
rating-fix-by = 最迟答复日
rating-provisional = 下一年的放假安排还没有公布，到时会重新计算。
rating-reply = 公开的整改情况
rating-which = 评价的是哪一件事
rating-matter-kind = { $kind ->
    [case] 申请
    [booking] 预约
   *[payment] 缴费
}
rating-reach = 评价人的联系方式
rating-reach-recorded = 这次查看和理由已经记录，评价人看得到。
rating-appeal = 异议
rating-fault = 理由类别
rating-appeal-at = 提出时间
rating-evidence = 依据
rating-ruling = 复核结果
rating-proof = { $what ->
    [fix] 整改情况的证明
   *[appeal] 异议依据的证明
}
rating-proof-hint = PDF、JPG 或 PNG，不超过 8 MB。照片里的拍摄地点等隐藏信息会去掉。填写有误需要改时，请重新选择文件。
rating-proofs = 证明文件
rating-proofs-recorded = 打开文件会留下记录，评价人看得到。
rating-code = 窗口评价码
rating-code-lead = 打印后贴在窗口或者大厅。扫码的人评价的是自己在这个部门办完的事：如约办理的预约，办结的申请（包括没有预约、在窗口提交的），缴过的费用。大厅的码不限部门。没有办完的事，就没有可以评价的。
rating-code-where = 贴在哪里
rating-code-counter = 窗口
rating-code-counter-hint = 会印在纸上，例如“3号窗口”。可以不填。
rating-code-show = 显示
rating-code-asks = 这次办得怎么样？
rating-code-picture = 评价二维码，内容是 { $address }
rating-code-text = 用手机扫码，评价您来办的这件事。可以不评；不评就不算评价。
rating-hand = 由谁跟进
rating-hand-nobody = 还没有人领办。
rating-hand-me = 我自己（{ $name }）
rating-hand-to = 交给
rating-hand-give = 领办或移交
staff-kind-ratings = 差评整改
rating-order = { $act ->
    [matter] 看是哪一件事
    [look] 查看联系方式
    [contact] 记录联系
    [lengthen] 延长期限
    [answer] 答复评价人
    [appeal] 提出异议
    [send-back] 退回部门重办
    [settle] 作出处理
   *[decide] 作出复核决定
}
rating-order-text = { $act ->
    [matter] 只为处理这条评价。查看和理由会记在评价人的“谁看过我的数据”里。
    [look] 只为联系评价人。查看和理由会记在评价人的“谁看过我的数据”里。
    [contact] 写明什么时候、用什么方式联系，谈了什么。评价人会收到通知。
    [lengthen] 情况复杂的可以延长一次，须写明理由。评价人会收到通知。
    [answer] 写给评价人的答复，以及给大家看的整改情况。评价人会说满不满意。
    [appeal] 认为是恶意或误评的，写明依据。由部门以外的管理员复核，只能提一次。
    [send-back] 写明还要做什么。部门重新计算整改期限。
    [settle] 写明处理结果。这是最后的答复。
   *[decide] 写明理由。成立的，这条评价不再计入平均，但仍然保留。
}
rating-order-words = { $act ->
    [matter] 为什么要看
    [look] 为什么要看
    [contact] 联系情况
    [lengthen] 延长的理由
    [answer] 给评价人的答复
    [appeal] 依据
    [send-back] 还要做什么
    [settle] 处理结果
   *[decide] 复核理由
}
rating-order-hint = { $act ->
    [look] 评价人会看到这句话。
    [contact] 只有处理的人看得到。
    [appeal] 只有处理的人看得到。
   *[other] 评价人会看到。
}
rating-order-what = { $act ->
    [answer] 结果
    [appeal] 属于
   *[decide] 决定
}
rating-order-choice = { $tag ->
    [fixed] 已整改
    [explained] 无法整改，已说明
    [malicious] 恶意评价
    [mistaken] 误评
    [upheld] 异议成立，不计入
   *[rejected] 异议不成立，照常计入
}
rating-order-reply = 公开的整改情况
rating-order-reply-hint = 显示在事项的评价页上。不要写能认出评价人的内容。
rating-order-missing = 请填写

rating-public = { $name }：评价和整改
rating-public-title = 评价和整改
rating-public-about = 统计最近十二个月办结的事。没有评价的不算成任何一档。括号里是把握有多大：真实的满意率有九成五的可能在这个范围内。
rating-public-aside = 另有 { $count } 条经复核不计入。
rating-public-levels = 各档人数
rating-people = { $count } 人
rating-public-months = 按月
rating-public-none = 还没有可以评价的办件
rating-public-followed = 差评的整改
rating-public-followed-text = 最近的差评和有异议的评价，以及部门是怎么处理的。不公开评价人写的话。
rating-public-fault = { $fault ->
    [malicious] 部门认为是恶意评价。
   *[mistaken] 部门认为是误评。
}
rating-month = { $year }年{ $month }月
rating-sort = { $sort ->
    [newest] 最近的在前
    [oldest] 最早的在前
    [worst] 最不满意的在前
   *[urgent] 期限近的在前
}
