## 填写表格

form-item = 第{ $number }项
form-remove = 删除{ $item }
form-add = 再加一项
form-choose = 请选择
form-yes = 是
form-no = 否
form-agree = 我已阅读并同意
form-unit = 单位：{ $unit }
form-yuan = 按元填写，可以有两位小数。
form-example = 例如：{ $example }
form-known = 这是您账号里的信息，请核对，可以改。
form-brought = 由{ $agency }提供。请核对，可以改。
form-again = 这个问题有变化，请核对您的回答。
form-district = 区和街道、镇
form-street = 道路、门牌和房号
form-between = {" "}
form-comma = 、

wrong-missing = 请填写。
wrong-must-agree = 不同意就不能继续，请勾选。
wrong-too-short = 太短了，至少要 { $least } 个字。
wrong-too-long = 太长了：最多 { $most } 个字，现在有 { $now } 个字。
wrong-date = 这不是日期。请按“2026-11-20”填写。
wrong-month = 这不是月份。请按“2026-11”填写。
wrong-year = 这不是年份。请填四位数字，如 2026。
wrong-time = 这不是时间。请按“09:30”填写。
wrong-before = 不能早于{ $day }。
wrong-after = 不能晚于{ $day }。
wrong-number = 请填数字。
wrong-whole = 请填整数。
wrong-amount = 请填金额，如 120 或 120.50。
wrong-small = 不能小于{ $least }。
wrong-large = 不能大于{ $most }。
wrong-multiple = 必须是 { $step } 的倍数。
wrong-choice = 请从列出的选项中选择。
wrong-yes-or-no = 请选“是”或“否”。
wrong-few = 至少要 { $least } 项。
wrong-many = 最多 { $most } 项。
wrong-identity-number = 身份证号应是 18 位，最后一位可以是 X。
wrong-credit-code = 统一社会信用代码应是 18 位数字和字母。
wrong-check-digit = 这个号码有一位填错了，请对照证件再看一遍。
wrong-phone = 请填 11 位手机号，或带区号的固定电话。
wrong-mail = 请填电子邮箱，如 name@example.com。
wrong-district = 请选区和街道；不在本市的，请写全省、市、区县，在国外的写明国家。
wrong-file = 请选择文件。
wrong-form = 格式不对，请检查。
wrong-form-like = 格式不对，应当像这样：{ $example }
wrong-fit = 这一项部门的系统不能接收，请换一种写法，或拨打服务热线。
amount-yuan = { $yuan } 元

## 申请

apply-begin = 开始填写
apply-begin-new = 重新填一份
apply-begun = 您填过一部分
apply-begun-at = { $at } 保存
apply-go-on = 接着填
apply-pages = 一共 { $count } 页。每填一页就自动保存，换一台设备也能接着填。
apply-any-time = 任何时候都可以提交。部门不在办公时间，我们先收下，开门后送过去。
apply-told = 提交后，{ $agency }会得到您填写的内容，以及：
apply-told-only = 提交后，{ $agency }会得到您填写的内容。
apply-promise-working = 承诺 { $days } 个工作日内办结
apply-promise-calendar = 承诺 { $days } 天内办结
apply-instant = 符合条件的当天办结
apply-place = 第 { $page } 页，共 { $pages } 页
apply-next = 保存，下一步
apply-save = 保存，以后再填
apply-back = 上一步
apply-saved = 已经保存
apply-saved-text = 在“我的办件”里接着填，90 天内有效。
apply-changed = 这张表格有了新版本
apply-changed-text = 您填过的都还在。标出的问题有变化，请再看一遍。
apply-changed-review = 不再需要填的已经略去，其余都和您填的一样。请看过再提交。
apply-too-much = 填写的内容太多，存不下了
apply-too-much-text = 这一页没有保存。请删减一些再试。
apply-review = 核对后提交
apply-review-lead = 请看一遍。提交以后，部门以这些内容为准。
apply-change = 修改
apply-blank = 没有填
apply-unfinished = 还没有填完
apply-unfinished-text = 还有问题没有回答，或者填错了。
apply-finish = 去填写
apply-submit = 提交
apply-submit-note = 提交后马上得到受理编号。您可以随时查看进度，办结前可以撤回。
apply-discard = 删除这份草稿

## 我的办件

cases-title = 我的办件
cases-about = 提交过的申请、办到哪一步，和没填完的表格
cases-of = { $who }的办件
cases-none = 您还没有提交过申请
cases-none-text = 找到要办的事，打开办事指南就可以开始。
cases-begun = 没有填完的
cases-number = 编号 { $reference }
case-title = 办件 { $reference }
case-new = 已经收下
case-new-text = 您的编号是 { $reference }。请记下来，打电话或到窗口都可以用它查询。
case-queued = 还没有送到{ $agency }
case-queued-at = 部门现在不能接收，我们会在 { $at } 再送。您什么都不用做，提交时间以 { $submitted } 为准。
case-queued-away = 部门的系统正在停机维护，恢复时间另行通知。恢复后我们会自动送出，您什么都不用做，提交时间以 { $submitted } 为准。
case-queued-soon = 我们正在送。您什么都不用做，提交时间以 { $submitted } 为准。
case-unknown = 正在向{ $agency }确认
case-unknown-text = 材料发出去了，还没有得到回音。我们会先问清楚，不会重复提交。
case-failed = 没能送到{ $agency }
case-failed-text = 我们试了很久都没有成功，已经转给工作人员处理。也可以拨打电话，告诉他们您的编号。
case-where = 现在到哪一步
case-next = 接下来
case-due = 最迟 { $day } 前办结
case-due-provisional = （{ $year } 年的节假日还没有公布，日期可能调整）
case-due-you = 请在 { $day } 前补正
case-paused-until = 暂停计时到 { $day }
case-documents = 部门出具的文件
case-licence = 到“我的证照”领取
case-corrections = 需要补正的内容
case-reason = 部门说明
case-carrier = 快递公司
delivery-result = 结果送达
delivery-title = 送达方式
delivery-lead = 结果寄出或者可以领取之前，都可以改。
delivery-name = 收件人
delivery-phone = 收件人电话
delivery-place = 收件地址
delivery-only-post = 选择邮寄时填写
delivery-place-hint = 选择邮寄时填写：区、街道、门牌号
delivery-box-wrong = 请填写，最多 { $most } 个字。
delivery-save = 保存
delivery-back = 返回申请
delivery-none = 还没有选择。
delivery-choose = 选择送达方式
delivery-change = 改用其他方式
delivery-ready = 结果已经可以领取。请带上身份证件，并出示取件码：
delivery-scan = 取件码的二维码
delivery-code-text = 取件码只能用一次，只给替您领取的人，不要给别人。
delivery-at = 领取地点
case-parcel = 快递单号
case-history = 办理经过
case-answers = 您提交的内容
case-withdraw = 撤回申请
case-withdraw-text = 部门作出决定以前可以撤回。撤回后不能恢复，要办请重新提交。
case-withdraw-reason = 撤回的原因
case-withdrawn = 已经撤回
case-not-now = 现在不能撤回
case-not-now-text = 部门已经作出决定，或者您已经撤回过。
case-remedies = 不同意这个结果
case-ask = 有疑问请问{ $agency }：
case-print = 打印收件凭证
case-scan = 扫码查看 { $reference } 的进度
case-receipt = 收件凭证。凭下面的编号可以在门户、电话和窗口查询。
case-submitted-at = 提交时间
case-service = 办理事项
case-agency = 办理部门
case-agency-number = 部门编号




case-state = { $state ->
    [submitted] 已提交
    [correction-required] 需要补正
    [resubmitted] 已补正
    [accepted] 已受理
    [not-accepted] 不予受理
    [in-review] 审查中
    [extended] 办理期限已延长
    [suspended] 暂停计时
    [granted] 准予
    [decided] 已作出决定
    [refused] 不予批准
    [terminated] 终止办理
    [delivering] 结果送达中
    [ready] 可以领取
    [delivered] 已办结
    [lapsed] 逾期没有补正，视为撤回
    [handover-failed] 没能送到部门，已转工作人员处理
   *[withdrawn] 已撤回
}

case-next-text = { $state ->
    [submitted] 部门会先看材料齐不齐：齐了就受理，不齐会一次告诉您全部要补的。
    [correction-required] 请按下面的要求补正。
    [resubmitted] 部门会再看一遍补正的材料。
    [accepted] 部门开始办理，办理期限从受理的第二天起算。
    [not-accepted] 这件事没有受理，原因见下面。
    [in-review] 部门正在审查，有结果马上告诉您。
    [suspended] 正在做法律规定的特别程序，这段时间不算在办理期限里。
    [granted] 部门已经同意，结果会按您选的方式送达。
    [decided] 部门已经作出决定，内容和理由见下面。请在期限内缴款；不服的，可以按下面的办法申请救济。
    [refused] 部门没有同意，原因和可以怎么做见下面。
    [terminated] 办理已经终止，原因见下面。
    [delivering] 结果正在送给您。
    [ready] 结果已经在窗口，取件码在下面。
    [delivered] 办完了。
   *[withdrawn] 您已经撤回，部门不再办理。
}

case-payment = 缴费
case-payment-text = { $state ->
    [settled] 部门已经作出决定，款项已经缴清。不服的，仍可以按下面的办法申请救济。
   *[paying] 部门已经作出决定，正在缴款，办到哪一步见缴费页。不服的，可以按下面的办法申请救济。
}

case-step = { $act ->
    [submit] 提交申请
    [ask-correction] 要求补正
    [correct] 补正
    [lapse] 逾期没有补正，视为撤回
    [accept] 受理
    [deem] 没有按时答复，视为受理
    [not-accept] 不予受理
    [review] 开始审查
    [suspend] 暂停计时
    [resume] 恢复计时
    [extend] 延长期限
    [grant] 准予
    [decide] 作出决定
    [refuse] 不予批准
    [terminate] 终止办理
    [send] 寄出结果
    [deliver] 送达
   *[withdraw] 撤回
}

case-by = { $by ->
    [applicant] 申请人
    [agency] 部门
   *[clock] 系统
}

## 向别的部门取得

prefill-offer = 下面的内容{ $agency }有记录，可以不用自己填：
prefill-tells = { $what }（{ $licence }）
prefill-consent = 您同意后，我们用您的姓名和身份证号向{ $agency }查询，只用来办“{ $service }”。结果先给您看；您提交申请，{ $recipient }才会得到。这次查询会记入“谁看过我的信息”，同意可以随时在隐私中心撤回。
prefill-agree = 同意，从{ $agency }取得
prefill-or-type = 不同意也能办：在下面自己填就行。
prefill-known = 已经从{ $agency }取得，请核对
prefill-nothing = { $agency }没有查到唯一对应的记录，请自己填写
prefill-unavailable = { $agency }现在不能提供，请自己填写
grounds-changed = 这条记录和您刚才看到的不一样了
grounds-changed-text = 下面是现在的内容。请重新核对，再确认一次；没有提交任何东西。
grounds-gone = 这条记录现在不能这样办理了
grounds-gone-text = 它可能已经处理过，或者改由窗口办理。请回到查询结果看看现在的状态。
grounds-checks = 提交前核对
grounds-right = 符合
grounds-wrong = 不符合
grounds-open = 暂时核对不了，由部门核对
grounds-submit = 确认并提交
