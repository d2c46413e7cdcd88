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
sms-case = { $said }{ $address }
news-question-answered = 您问过为什么查看您的数据，现在有答复了。
news-correction-answered = 您的更正请求有答复了。
mail-news-answer = 登录后在这里看答复：
sms-news-answer = { $news }请登录查看：{ $address }
