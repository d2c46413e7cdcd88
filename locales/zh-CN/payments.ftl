## 待缴的费用

dues-ask = 查询待缴费用
dues-title = 待缴费用
dues-nothing = 没有待缴的费用
dues-nothing-text = 部门说，现在没有需要您缴的。刚缴过的，入账后就不再列出。
dues-away-text = 现在问不到应缴多少，所以不能缴。请过一会儿再试，以部门当时的金额为准。
dues-anybody = 任何人都可以代缴。页面只显示账单，不显示户主的个人信息。
dues-amount = 应缴金额
dues-surcharge = 其中滞纳金、加处罚款
dues-surcharge-note = 金额和滞纳金由部门计算，缴费前我们会再核对一次。
dues-due-on = 缴费截止
dues-raised = 开具日期
dues-number = 账单、决定书编号
dues-overdue = 已逾期
dues-settled = 已缴清
dues-cancelled = 已撤销
dues-refunded = 已退回
dues-basis = 收费依据：
dues-pay = 缴纳 { $amount }
dues-changed = 金额变了，还没有缴
dues-changed-text = 部门刚刚给出的金额与刚才显示的不同，已经标出。请核对新的金额，再决定是否缴纳。
dues-changed-tag = 金额有变化
dues-gone = 这笔费用现在不能缴
dues-gone-text = 它已经缴清、撤销，或者有人正在缴。没有扣您的钱。已经付过的，请看：
dues-no-till = 现在不能在线付款
dues-no-till-text = 收款机构暂停服务，没有扣您的钱。请稍后再试，或到窗口缴纳。

## 缴费

payments-title = 我的缴费
payments-about = 缴过的费用、收据和退款
payments-all = 全部
payments-open = 进行中
payments-done = 已缴清
payments-back = 退款
payments-none = 没有缴费记录
payments-none-text = 在办事指南里选择要缴的费用，就可以开始。
payments-owed = 待缴
payments-owed-text = 部门主动告知的待缴款项。打开时会再向部门核对一次金额。
payments-owed-by = { $day } 前缴清
payments-waiting = 有 { $count } 笔等您付款
payment-title = 缴费 { $reference }
payment-state = { $state ->
    [created] 待付款
    [paying] 待付款
    [unknown] 正在核实
    [paid] 已付款，正在入账
    [settling] 已付款，正在入账
    [settle-unknown] 已付款，正在核实入账
    [settled] 已缴清
    [failed] 没有付成
    [cancelled] 已取消
    [expired] 已过期
    [refund-asked] 已申请退款
    [refunding] 正在退款
    [refunded] 已退款
    [with-staff] 已转工作人员处理
   *[other] 处理中
}
payment-step = { $act ->
    [make] 生成订单
    [open] 请收款机构收款
    [cancel] 取消
    [expire] 过期
    [fail] 没有付成
    [confirm] 已付款
    [lose] 结果不明，继续核实
    [settle] 通知部门入账
    [hold] 部门暂时不能接收，稍后再通知
    [book] 部门已入账
    [refuse] 部门没有入账
    [ask-refund] 申请退款
    [refund] 同意退款
    [keep] 不同意退款
    [give-back] 已退款
   *[other] 处理
}
payment-by = { $who ->
    [payer] 您
    [provider] 收款机构
    [agency] 收费部门
    [staff] 工作人员
    [clock] 本站（按时间）
   *[other] 本站
}
payment-go = 去付款 { $amount }
payment-cancel = 不缴了
payment-prove = 金额较大，请先再次证明是您本人
payment-prove-text = 按“去付款”后输入一次密码或使用通行密钥，再回到这里。还没有扣您的钱。
payment-leave = 您将前往{ $provider }的页面付款，付完会回到这里。
payment-pay-at = 前往{ $provider }，付 { $amount }
payment-until = 请在 { $until } 前付款，过期自动取消，不会扣款。
payment-waiting = 还没有收到付款
payment-waiting-text = 付过的不要再付：本页会自动向收款机构核实。没有付的，可以继续。
payment-opening = 正在联系{ $provider }
payment-opening-text = 还没有扣您的钱。本页会自动更新，您也可以稍后从“我的缴费”回来。
payment-asking = 正在向{ $provider }核实
payment-asking-text = 付款时间已过。我们正在核实有没有付成，请不要再付。
payment-unknown-text = 收款机构还没有说明有没有付成。我们会一直核实，请不要再付；付成的会入账，没付成的不扣款。
payment-paid = 已经付款
payment-paid-text = 正在通知{ $agency }入账，通常几秒钟。
payment-settle-unknown-text = 已经通知{ $agency }，还没有得到回音。我们会先问清楚，不会重复缴。
payment-settled = 已经缴清
payment-settled-text = { $agency }已经入账。
payment-refund-asked = 退款申请已经收下
payment-refund-asked-text = 工作人员会与收费部门核对，结果会通知您。
payment-refunding = 正在退款
payment-refunding-text = 钱会原路退回，通常几分钟，最长几个工作日。
payment-refunded = 已经退款
payment-refunded-text = 钱已原路退回。
payment-failed = 没有付成
payment-cancelled = 已经取消
payment-expired = 付款时间已过
payment-nothing-taken = 没有扣您的钱。还要缴的，可以重新开始。
payment-with-staff = 已转给工作人员处理
payment-with-staff-text = 我们试了很久都没有结果。您的钱没有丢：工作人员会查清，缴清或者退回，都会通知您。请不要再付。
payment-again = 重新缴费
payment-receipt = 查看收据
payment-to = 收费部门
payment-number = 订单编号
payment-provider = 收款机构
payment-provider-number = 支付流水号
payment-created = 下单时间
payment-paid-at = 付款时间
payment-refunded-at = 退款时间
payment-history = 经过
payment-refund = 申请退款
payment-refund-text = 缴错了、多缴了，可以申请退款。要由{ $agency }核对同意。
payment-refund-reason = 退款的原因
payment-refund-reason-hint = 例如：缴错了户号
payment-refund-reason-wrong = 请写明原因，最多 300 个字。
payment-refund-submit = 申请退款

## 收据

receipt-title = 缴费收据
receipt-for = 缴费项目
receipt-amount = 实缴金额
receipt-payer = 缴款人
receipt-agency-number = 部门票据号
receipt-code = 验证码
receipt-scan = 扫码核对收据 { $code }
receipt-check = 任何人都可以核对这张收据：
receipt-note = 本收据证明款项已缴给{ $agency }。需要财政票据或发票的，以部门开具的为准。
receipt-print = 用浏览器的“打印”功能可以打印或存为 PDF。
receipt-void = 这笔钱已经退回或正在退回
receipt-void-text = 收据不再有效，核对时也会这样显示。

## 通知

mail-payment-subject = { $service }：{ $state }
due-news-subject = { $state ->
    [raised] 待缴：{ $service }
    [changed] { $service }：待缴款项有变化
   *[gone] { $service }：不用再缴了
}
due-news-lead = { $state ->
    [raised] { $agency }通知您缴纳 { $amount }（{ $service }）。查看和缴纳：
    [changed] { $agency }通知您现在应缴 { $amount }（{ $service }）。查看和缴纳：
   *[gone] { $agency }撤销了要您缴纳的款项（{ $service }，{ $amount }），您不用再办。
}
due-news-lead-by = { $state ->
    [raised] { $agency }通知您在 { $day } 前缴纳 { $amount }（{ $service }）。查看和缴纳：
    [changed] { $agency }通知您现在应在 { $day } 前缴纳 { $amount }（{ $service }）。查看和缴纳：
   *[gone] { $agency }撤销了要您在 { $day } 前缴纳的款项（{ $service }，{ $amount }），您不用再办。
}
mail-payment-lead = 您的缴费 { $reference }（{ $service }，{ $amount }）：{ $state }。

## 验证码核对

check-title = 核对凭证
check-lead = 输入收据、决定书、证照上的验证码，看它是不是本市出具的，现在是否有效。
check-code = 验证码
check-code-hint = 凭证上一组一组的字母和数字，不分大小写，横线可以不填
check-submit = 核对
check-file = 核对文件
check-file-lead = 从本门户下载的结果文件带有我们的签名。请选择您收到的原文件；打开后另存过的文件已经不是原样。
check-file-field = 文件
check-file-submit = 核对文件
check-file-missing = 请选择一个文件。
check-file-right = 这份文件由本门户发出，内容没有改动
check-file-right-text = 下面是所涉事项现在的情况。
check-file-wrong = 这不是本门户发出的原文件
check-file-wrong-text = 它不是从本门户下载的，或者内容被改动过。请向给您文件的人要原文件，也可以核对文件里的验证码。
check-file-keys = 不经过我们也能核对签名，公钥在这里：
check-unknown = 没有这个验证码
check-unknown-text = 请对照凭证再输入一次。仍然查不到的，可能不是本市出具的。
check-valid = { $kind ->
    [receipt] 有效：这是本市出具的缴费收据
    [decision] 有效：这份决定书是本市部门作出的
    [licence] 有效：这件证照现在有效
   *[other] 有效：这是本市出具的凭证
}
check-valid-text = 请把下面的内容与凭证逐项对照。
check-void = { $kind ->
    [receipt] 已失效：这笔钱已经退回或正在退回
    [licence] 这件证照现在无效
   *[other] 已失效
}
check-void-text = 这个验证码是本市出具的，但凭证不再有效。
check-covered = 为保护隐私，编号只显示最后几位，不显示全名。
check-fact = { $fact ->
    [service] 事项
    [agency] 部门
    [amount] 金额
    [paid-on] 付款日期
    [due] 账单、决定书编号
    [order] 订单编号
    [case] 办件编号
    [decided-on] 作出日期
    [outcome] 结果
    [licence] 证照
    [stands] 现在的状态
    [as-of] 发证部门说明的日期
    [holder] 持有人
    [number] 证照号码
    [issued-on] 签发日期
    [expires-on] 有效期至
    [remarks] 备注
   *[other] 内容
}

## 对账

desk-payments = 缴费对账
desk-payments-lead = 三方对不上的、机器办不完的，都在这里，一笔一笔由人说明原因后了结。
desk-payments-none = 没有等人处理的
desk-payments-orders = 等人处理的订单
desk-payments-differences = 三方对不上的
desk-payments-days = 最近对账
desk-payments-day-line = 收款 { $payments } 笔 { $came }，退款 { $refunds } 笔 { $went }
desk-payments-balanced = 平
desk-payments-open = { $count } 处不平
desk-payments-unchecked = { $count } 笔没有问到部门
desk-payments-way = { $count } 笔在途
desk-payments-why = { $kind ->
    [with-staff] 机器办不完
    [refund-asked] 市民申请退款
    [not-in-statement] 本站已收，收款机构账上没有
    [unknown-order] 收款机构账上有，本站没有这个订单
    [amount] 金额不一致
    [refund-not-in-statement] 本站已退，收款机构账上没有
    [refund-unknown] 收款机构已退，本站没有退
    [agency-not-booked] 本站记为缴清，部门没有入账
    [agency-still-booked] 钱已退回，部门仍记为缴清
    [decision] 工作人员处理
   *[other] 需要核对
}
desk-payments-portal = 本站
desk-payments-provider = 收款机构
desk-payments-agency = 部门
desk-payments-settle = 处理
desk-payment-title = 处理缴费 { $reference }
desk-payment-lead = 先向收费部门和收款机构核实，再选择。您的账号、时间和原因都会记录。
desk-payment-what = 怎么处理
desk-payment-book = 部门已经入账：记为缴清
desk-payment-refund = 退款给市民
desk-payment-keep = 不同意退款，维持缴清
desk-payment-again = 请机器再试
desk-payment-explained = 已查明，不需要处理订单
desk-payment-citizen-says = 市民写的原因：{ $reason }
desk-payment-reason-hint = 写明与谁核对过、结果是什么。会记录在案。
desk-payment-submit = 确定
desk-payment-done = 已经处理
desk-payment-not-now = 订单的状态变了，请再看一遍。
