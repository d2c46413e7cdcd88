# 出错时的页面

failure-not-found-title = 没有找到这个页面
failure-not-found-text = 它可能已经搬走，或者网址里有打错的字。服务编码不会重复使用，已停办的服务可以用名称搜索替代的服务。
failure-bad-request-title = 没能看懂这个请求
failure-bad-request-text = 网址或表单里有不完整的内容。请返回上一页检查后再试一次，您填写的内容没有提交。
failure-refused-title = 不能打开这个页面
failure-refused-text = 您没有查看它的权限，或者页面停留太久已经失效。请从首页重新进入。
failure-too-many-title = 操作太频繁，请稍等
failure-too-many-seconds = 短时间内请求太多。{ $seconds } 秒后可以再试。
failure-too-many-minutes = 短时间内请求太多。大约 { $minutes } 分钟后可以再试。
failure-busy-title = 现在人太多，请稍后再来
failure-busy-text = 系统正忙或正在维护，几分钟后通常就会恢复。已经提交的申请不会丢失。
failure-broken-title = 我们这边出了问题
failure-broken-text = 不是您的操作有误。工作人员已经收到通知，已经提交的申请不会丢失。请过几分钟再试。
failure-support = 打电话时请报这个编号：
failure-now = 现在可以
failure-home = 回到首页
failure-browse = 按领域浏览全部服务
failure-hotline = 拨打 24 小时热线{" "}
failure-hall = 到现场办理：
