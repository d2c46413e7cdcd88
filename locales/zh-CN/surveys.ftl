# 意见征集与信息收集

surveys-title = 征集与收集
surveys-lead = 各部门正在征求意见、收集信息。每人答一次，截止之前可以改。
surveys-open = 现在可以填写 { $count } 份
surveys-none = 现在没有正在进行的征集
surveys-none-text = 有新的征集时会列在这里。
surveys-others = 即将开始和已经结束的
footer-surveys = 征集与收集

survey-stage = { $stage ->
    [draft] 草稿
    [soon] 即将开始
    [open] 进行中
   *[over] 已结束
}
survey-days = { $from }至{ $until }
survey-when = 时间
survey-of = 发起部门
survey-who = 谁可以答
survey-who-is = { $who ->
    [everybody] 任何人，不用登录
    [signed-in] 登录的人，每人一次
   *[verified] 实名认证的人，每人一次
}
survey-names = 姓名
survey-names-are = { $names ->
    [named] 答案连同您的姓名交给发起部门。工作人员每看一次都会记下，您可以在“谁看过我的信息”里查到。
    [choice] 您可以选择附上姓名，也可以不附。
   *[unnamed] 不记姓名：系统只知道您答过，不知道哪一份是您的。
}
survey-kept = 保存多久
survey-kept-until = 您写的内容保存到{ $day }，之后删除，只留下统计数字

survey-answer = 开始填写
survey-change = 修改我的答案
survey-sign-in = 登录后填写
survey-with-name = 登录后填写，可以附上姓名，之后也能修改
survey-verify = 实名认证后填写
survey-acting = 您正在代他人办理，这里只能以本人身份填写
survey-acting-back = 切换回本人
survey-answered = 您已经答过了
survey-answered-text = 您没有附上姓名，我们找不到哪一份是您的，所以不能修改。
survey-soon = 从{ $day }起可以填写
survey-over = 这次征集已经结束，谢谢您的关注
survey-take-back = 撤回我的答案
survey-send = 提交
survey-not-now = 先不填
survey-again = 您之前填写的内容在下面
survey-again-text = 提交后会代替之前的答案。
survey-name = 要附上您的姓名吗？
survey-name-hint = 不附姓名，提交后就不能再修改或撤回。
survey-name-choice = { $choice ->
    [named] 附上姓名
   *[unnamed] 不附姓名
}
survey-name-missing = 请选择是否附上姓名
survey-said-sent = 已提交，谢谢您
survey-said-changed = 已改为新的答案
survey-said-back = 已撤回您的答案

survey-files = 文件
survey-files-title = 上传文件
survey-files-lead = 先上传下面的文件，再填写其他问题。传错了可以替换。
survey-files-again = 您已经提交过。在这里换了文件，答案里的文件马上跟着换。
survey-files-safe = 文件加密保存，只有您和发起部门能看；部门每看一次，您的记录里都会留下一条。没有提交的文件，征集结束后删除。照片里的拍摄地点等隐藏信息会被去掉。
survey-files-next = 下一步，填写
survey-files-change = 上传或更换文件
survey-files-too-much = 这份答案的全部文件加起来不能超过 { $most } MB。
survey-file-optional = 可不传
survey-file-none = 没有上传
survey-file-replace = 您提交的答案里必须有这个文件，不能只删除。请上传新的文件来替换。
survey-file-meanwhile = 您刚才在另一个窗口传了文件。请看看现在是哪一个，需要时再传一次。

survey-desk-title = 征集与收集
survey-desk-lead = 设计问卷，发布后由市民填写，随时查看统计，截止后导出。
survey-desk-none = 还没有问卷。
survey-new = 新建问卷
survey-said-discarded = 草稿已删除
survey-plan-title = 问卷说明
survey-plan-lead = 先说明要问什么、问谁、到哪天为止，再添加问题。
survey-agency = 发起部门
survey-title-zh = 标题（中文）
survey-title-en = 标题（英文）
survey-lead-zh = 说明（中文）
survey-lead-zh-hint = 为什么问、答案用来做什么。用大家平时说的话写。
survey-lead-en = 说明（英文）
survey-names-option = { $names ->
    [named] 附姓名
    [choice] 由填写人选择
   *[unnamed] 不记姓名
}
survey-opens = 开始日期
survey-closes = 截止日期
survey-closes-hint = 这一天还可以填写
survey-plan-save = 保存
survey-plan-change = 修改说明和时间
survey-wrong-words = 请写 2 到 { $most } 个字
survey-wrong-long = 最多 { $most } 个字
survey-wrong-choice = 请选择一项
survey-wrong-day = 请选择日期
survey-wrong-order = 截止日期不能早于开始日期，也不能早于今天
survey-wrong-term = 一次征集最长一年
survey-wrong-names = 不登录就可以填写的问卷不能要求附姓名

survey-questions = 问题
survey-questions-none = 还没有问题。
survey-question-new = 添加问题
survey-question-title = 问题
survey-question-change = 修改
survey-question-save = 保存问题
survey-question-zh = 问题（中文）
survey-question-en = 问题（英文）
survey-hint-zh = 补充说明（中文）
survey-hint-en = 补充说明（英文）
survey-asked = 怎样回答
survey-asked-as = { $asked ->
    [one] 单选
    [several] 多选
    [yes-no] 是或否
    [number] 数字
    [date] 日期
    [line] 一句话
    [file] 上传文件
   *[long] 一段话
}
survey-choices = 选项
survey-choices-hint = 单选和多选要写。每行一个，英文写在竖线后面，例如：赞成 | In favour
survey-wrong-choices = 单选和多选要有 2 到 { $most } 个选项，每个不超过 100 个字
survey-wrong-file = 上传的文件往往能看出是谁的。请先把问卷改为“附姓名”，再问文件
survey-wrong-names-files = 问卷里有要上传文件的问题，只能附姓名填写
survey-required = 必填
survey-required-yes = 不回答就不能提交
survey-up = 上移
survey-down = 下移
survey-out = 删除
survey-preview = 预览
survey-preview-title = 预览
survey-preview-text = 市民看到的就是这样。在这里填写不会保存。
survey-publish = 发布
survey-publish-text = 发布后问题不能再改：先答的人和后答的人回答的是同样的问题。
survey-publish-who = 由部门负责人发布。
survey-discard = 删除草稿
survey-said-saved = 已保存
survey-said-published = 已发布
survey-said-ended = 已结束
survey-said-extended = 截止日期已推迟
survey-said-not-now = 现在不能这样做，请看现在的状态
survey-said-full = 问题已经够多了，不能再添加
survey-said-why = 请写明导出的用途，2 到 200 个字
survey-said-last = 请选择不早于现在截止日期的一天，一次征集最长一年

survey-public = 公开地址
survey-count = 答案
survey-counted = 附姓名 { $named } 份，不附姓名 { $unnamed } 份
survey-count-everybody = 不登录也可以填写，同一个人可能答了几次。
survey-totals = 统计
survey-answered-count = { $count } 人回答
survey-numbers = 合计 { $sum }，平均 { $mean }
survey-choice = 选项
survey-chosen = 人数
survey-share = 占回答人数
survey-percent = { $share }%
survey-yes = 是
survey-no = 否
survey-words = 大家写了什么
survey-words-text = 附姓名的答案，看一次就在填写人的记录里留下一条。所有答案保存到{ $day }。
survey-cleared = 保存期已过，填写的内容已经删除，只留下统计数字。
survey-read = 查看答案
survey-why = 导出用途
survey-why-hint = 填写人会在“谁看过我的信息”里看到这句话
survey-export = 导出 CSV
survey-end-title = 延期或结束
survey-last = 新的截止日期
survey-extend = 推迟截止日期
survey-end = 现在结束
survey-tab = { $part ->
    [named] 附姓名的
   *[unnamed] 不附姓名的
}
survey-read-recorded = 您看到的每一份答案，填写人都会知道您看过。
survey-read-unnamed = 这些答案没有姓名，也没有可以找到填写人的信息。
survey-read-none = 这里还没有答案。
survey-no-name = 未附姓名
survey-csv-name = 姓名
survey-csv-day = 日期

# 关于平台本身的问卷
survey-portal = 市民怎么看本平台
survey-portal-text = 这是对平台本身的问卷结果，和对单个事项的评价分开统计。问卷没有结束时，结果还会变。
survey-portal-title = 关于本平台的问卷
survey-portal-lead = 指明哪些问卷问的是平台本身。它们的结果按月列在服务质量页和月报里，和事项评价并列。
survey-portal-none = 现在没有已发布的问卷。
survey-portal-named = 已列入月报
survey-portal-name = 列入月报
survey-portal-leave-out = 不再列入
