# 寄给人的消息：验证码，账号里发生的事

mail-greeting = 您好：
mail-hotline = 如有疑问，请拨打 { $phone }。
mail-code-subject = { $city }政务服务验证码
mail-code-lead = 您{ $purpose }的验证码是：
mail-code-life = { $until } 前有效，只能使用一次。
mail-code-secret = 请不要告诉任何人。工作人员绝不会向您索要验证码。
mail-code-unasked = 如果这不是您本人的操作，请不用理会这封邮件：没有验证码，别人无法继续。
code-for-register = 注册账号
code-for-sign-in = 登录
code-for-recover = 找回账号
code-for-contact = 更改联系方式
code-for-other = 确认身份
sms-code = 您{ $purpose }的验证码是 { $code }，{ $until } 前有效。请勿告诉任何人，工作人员绝不会索要。非本人操作请忽略。

mail-news-subject = { $city }政务服务：您的账号有新情况
mail-news-device = 设备：{ $device }
mail-news-not-you = 如果不是您本人的操作，请马上登录，查看登录设备并更改密码：
news-new-device = 有一台新设备登录了您的账号。
news-password-changed = 您的账号密码已更改。
news-second-factor-changed = 您的账号的二次验证方式已更改。
news-passkey-added = 您的账号添加了一个通行密钥。
news-contact-changed = 您的账号的联系方式已更改。
news-contact-removed = 您的账号移除了一个手机号或邮箱，我们也通知了被移除的那一个。
news-no-longer-yours = 这个手机号（邮箱）已从一个账号中移除，今后不再接收该账号的消息，也不能用来登录。
news-national-linked = 您的账号关联了国家身份认证，今后可以用它登录。
news-identity-tried = 有人想在另一个账号里使用您的身份证号码，已被拒绝。
news-register-tried = 有人想用您的手机号或邮箱再注册一个账号。您的账号没有变化；如果是您本人，请直接登录。
news-identity-corrected = 窗口工作人员更正了您账号的姓名和身份证号码。
news-accounts-merged = 窗口工作人员把登记为您本人的两个账号合并成了一个，是谁、为什么办的，可在“谁看过我的数据”里查到。
sms-news = { $news }如非本人操作，请马上登录查看，或拨打 { $phone }。

mail-returned-subject = { $agency }恢复了
mail-returned-lead = { $agency }刚才没有回应，您让我们在恢复后告诉您。现在已经恢复，可以接着办了：
sms-returned = { $agency }已经恢复，可以接着办了：{ $address }
mail-case-subject = { $service }：{ $state }
mail-case-lead = 您的办件 { $reference }（{ $service }）有了进展：{ $state }。在这里查看：
mail-case-lead-outcome = 您的办件 { $reference }（{ $service }）有了进展：{ $state }。办理结果：{ $outcome }。怎样领取，在这里查看：
news-outlet-added = 您的账号添加了一个接收通知的浏览器、程序或手机应用，今后的消息也会发到那里。
news-question-answered = 您问过为什么查看您的数据，现在有答复了。
news-correction-answered = 您的更正请求有答复了。
mail-news-answer = 登录后在这里看答复：
sms-news-answer = { $news }请登录查看：{ $address }

# 收件箱

notices-title = 消息
notices-about = 办理进度、账号变化，以及您想怎样收到通知
notices-none = 还没有消息
notices-none-text = 您办的事有进展、账号有变化时，会在这里告诉您。
notices-unread = { $count } 条未读
notices-read-all = 全部标为已读
notices-new = 未读
notices-said-read = 已全部标为已读
notices-said-saved = 已保存
notices-choose = 怎样通知我
notices-choose-lead = 所有消息都会留在这里。下面选择哪些还要用短信或邮件告诉您。账号的安全变化总会马上用所有方式告诉您。
notices-quiet = 免打扰时间
notices-quiet-hint = 这段时间里的短信和邮件，等到结束时再发；您关注的预警和账号安全的变动除外。开始和结束相同就是不设免打扰。
notices-quiet-from = 从
notices-quiet-until = 到
notices-gathered-at = 每天把邮件合成一封，时间
notices-gathered-hint = 留空就逐封及时发送。短信和账号安全方面的邮件总是马上发送。
notices-save = 保存
notices-for-title = 代办事项的通知
notices-for-lead = 默认和您自己的事一样通知。如果这一位的事要用别的方式通知，或者不用通知，请在这里选择；消息总会留在收件箱里。
notices-for-as-own = 和我自己的事一样
notices-unreached = { $channel ->
    [sms] 短信没能送到您的手机
    [webhook] 通知没能送到您的程序
    [push] 通知没能送到您的浏览器
    [app] 通知没能送到您的手机应用
   *[email] 邮件没能送到您的邮箱
}
notices-unreached-text = 上一条没有送达，所以在您告诉我们恢复之前，不再往那里发。您不会漏掉什么：所有消息都在这里。
notices-unreached-change = 更换联系方式
notices-unreached-works = 已经恢复
notice-topic = { $topic ->
    [account] 账号安全
    [dates] 日期提醒
    [cases] 办件进度
    [voice] 咨询投诉进度
    [bookings] 预约
    [payments] 缴费
    [bulletins] 关注的公告
    [warnings] 关注的预警
    [all] 所有可以选择的消息
   *[agencies] 部门系统恢复
}
notice-channel = { $channel ->
    [sms] 短信
    [webhook] 自己的程序
    [push] 浏览器
    [app] 手机应用
   *[email] 邮件
}
notice-go = 去看看
notice-by-law = 法定告知
notice-by-law-text = 这是依法必须告知您的事项，补正、申请复议等期限可能从告知起算。
notice-of-person = 代他人办理
notice-of-company = 代企业办理
notice-ways = 还用这些方式通知了您
notice-way = { $state ->
    [waiting] 等待发送
    [trying] 正在发送
    [sent] 已发送
    [arrived] 已送达
   *[failed] 没有送达
}
notice-suppressed = { $reason ->
    [chosen] 按您的选择没有发送
    [another-way] 已用另一种方式通知
    [no-address] 您没有登记
    [enough] 当天已发送多条，请在这里查看
    [unreached] 之前没能送达那里
   *[no-channel] 本市没有开通
}
notice-account-when = 时间：{ $when }
notice-account-device = 时间：{ $when }；设备：{ $device }
notice-returned = { $agency }的系统恢复了
notice-returned-text = 您可以接着办了。如有疑问，请拨打 { $phone }。

# 关于一件事的消息，各种方式说法一样

# 接收通知的浏览器和程序

outlets-title = 浏览器和程序
outlets-lead = 除了短信和邮件，通知还可以在浏览器里弹出，或者发给您自己的程序。内容和短信一样：是什么事、去哪里看。
outlets-yours = 通知发往
outlets-choose = 选择哪些通知发到那里
outlet-works = 可用
outlet-open = 尚未确认
outlet-asked = 正在发送确认请求
outlet-silent = 确认请求没有得到正确答复
outlet-failing = 最近一条没有送达
outlet-unreached = 没能送达
outlet-unreached-text = 连续多条没有送达，所以在您告诉我们恢复之前，不再往那里发。所有消息都在您的收件箱里。
outlet-ask = 发送确认请求
outlet-said-asked = 确认请求正在发送，请稍后刷新本页查看结果。
outlet-said-browser = 这个浏览器现在可以接收通知了
outlet-said-removed = 已移除
outlet-said-full = 最多可以有 { $most } 个，请先移除一个。
outlet-browser = 在这个浏览器里
outlet-browser-lead = 通知会在这台设备上弹出，不打开我们的页面也能收到。负责传送的服务看不到内容。请只在没有别人使用的设备上开启：退出登录后仍会继续接收。
outlet-browser-on = 在这个浏览器里开启
outlet-browser-failed = 浏览器没有允许。请检查浏览器对本网站通知的设置，然后再试。
outlet-browser-script = 这项功能需要 JavaScript，您的浏览器没有开启。短信和邮件不受影响。
outlet-app = 在本市的手机应用里
outlet-app-lead = 在手机上打开应用，登录后允许接收通知，这台手机就会出现在本页。转让手机之前，请先在这里移除。负责传送的服务能看到通知的标题。
outlet-program = 发给自己的程序
outlet-program-lead = 适合在互联网上运行自己程序的人。每条通知是一个带签名的 POST 请求，怎样核对见开发手册。
outlet-address = 程序的地址
outlet-address-hint = 例如 https://bot.example.org/notices，必须能从互联网访问
outlet-add = 添加
outlet-wrong-https = 地址必须以 https:// 开头
outlet-wrong-address = 这不是一个地址，请写完整，例如 https://bot.example.org/notices
outlet-wrong-known = 您已经添加过这个地址
outlet-secret = 这个地址的密钥
outlet-secret-lead = 请保存在您的程序里，用它核对消息是不是我们发的。密钥只显示这一次。保存后请发送确认请求，您的程序必须原样答复。

# 不再接收

notices-stop-title = 不再接收这类邮件？
notices-stop-lead = 今后不再给您发送这类邮件：{ $topic }。所有消息仍可在“我的一门”里查看；账号安全的变动总会通知您。
notices-stop-button = 不再接收这类邮件
notices-stopped-title = 不再给您发送这类邮件
notices-stopped-lead = 今后不再给您发送这类邮件：{ $topic }。您随时可以在这里改：
mail-stop = 不再接收“{ $topic }”的邮件：
mail-gathered-subject = { $city }政务服务：{ $count } 条消息
mail-gathered-lead = 上一封邮件以来您的消息：

sms-matter = { $said }{ $address }
sms-matter-by-law = 法定告知：{ $said }{ $address }
reminder-of = { $source ->
    [booking] 您的预约
    [case] 您的办件
    [document] 您的证照
    [due] 您的待缴款项
   *[own] 您自己记的日期
}
reminder-for-other = { $name }（您代办的）
reminder-subject = { $days ->
    [0] { $name }：今天
    [1] { $name }：明天
   *[other] { $name }：还有 { $days } 天
}
reminder-passed = { $name }：已过 { $days } 天
reminder-passed-lead = { $name }：{ $day } 已经过了。看看还能怎么办：
reminder-lead = { $what ->
    [renewal] { $name }有效期至 { $day }，请及时办理：
    [endorsement] { $name }需要在 { $day } 前签注：
    [inspection] { $name }需要在 { $day } 前检验：
    [check] { $name }需要在 { $day } 前检查：
    [report] { $name }需要在 { $day } 前报告：
    [tied] { $name }随所依附的事项于 { $day } 到期：
    [plan] { $name }下一次在 { $day }：
    [again] { $name }从 { $day } 起可以再次办理：
    [booking] { $name }：您的预约在 { $day }。时间、地点和要带的材料：
    [case] { $name }：部门要求补正的内容，{ $day } 前要交：
    [due] { $name }要在 { $day } 前缴清，逾期可能加收费用。查看和缴纳：
   *[own] { $name }：{ $day }。查看是什么事：
}
reminder-closes = 最晚要在 { $day } 办理。{ $lead }
reminder-unchecked = { $lead }（没能再向部门核对一次；如果已经办好，不用再办。）

# 没能送达的通知（管理员）

notices-desk-title = 没能送达的通知
notices-desk-lead = 最近 7 天没能送达的通知。内容都在收件箱里；有其他联系方式的，已改用其他方式。原因排除后，可以重发。
notices-desk-none = 全部已送达
notices-desk-sort = { $sort ->
    [channel] 按渠道
    [count] 多的在前
   *[latest] 最近的在前
}
notices-desk-head = { $head ->
    [channel] 渠道
    [reason] 原因
    [count] 数量
    [first] 最早
   *[last] 最近
}
notices-desk-count = { $count } 条没有送达
notices-desk-undelivered = 服务商说没有送达。已请本人核对联系方式。
notices-desk-again = 重发
notices-desk-again-said = 正在重发 { $count } 条

# 关注的公告

warning-level = { $level ->
    [blue] 蓝色预警
    [yellow] 黄色预警
    [orange] 橙色预警
   *[red] 红色预警
}
warning-whole-city = 全市
agency-follow = 有新公告时告诉我
follow-title = 关注的公告
follow-lead = 有新公告就按您选的方式通知您。预警在夜间也会发，发布后马上发。
follow-districts = 接收这些区县的预警
follow-districts-hint = 气象和其他灾害预警，由主管部门发布
follow-level = 从哪一级起
follow-agencies = 这些部门的公告
follow-agencies-none = 要关注一个部门，请到它的页面。
follow-domains = 这些领域的公告
follow-domains-hint = 不论哪个部门发布
follow-save-to-follow = 点“保存”即可关注这个部门
mail-warning-subject = { $level }：{ $title }
mail-bulletin-subject = { $agency }：{ $title }
mail-bulletin-lead = { $agency }发布了您关注的公告：{ $title }。在这里查看：
