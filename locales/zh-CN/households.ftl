# 受助家庭：档案、走访和统计

household-desk = 受助家庭
household-desk-lead = 每户一份档案：家里几口人、靠什么生活、需要什么，谁在什么时候去看过。打开一份档案，会留在对方的查看记录里。
household-new = 建立档案
household-new-lead = 按核验过的身份证号找到联系人。查找和理由会留在对方的查看记录里；档案的全部内容，对方自己也看得到。
household-begin = 建立
household-none = 没有这样的家庭。
household-show = { $show ->
    [late] 该走访没走访
    [ended] 已结束
   *[open] 正在帮扶
}
household-late = 已过走访日期
household-people = { $people } 口人
household-visited = 上次走访：{ $day }
household-next-by = 下次走访：{ $day }前
household-members = 家里几口人
household-about = 家庭情况和需要
household-about-hint = 收入来源、身体状况、住房、需要什么。只写与帮扶有关的。
household-next = 下次走访不晚于
household-ended = 结束日期
household-recorded = 您这次打开已经记录，对方看得到。
household-visits = 走访记录
household-visits-none = 还没有走访过。
household-on = 走访日期
household-found = 走访情况
household-outcome = { $outcome ->
    [needs-more] 需要更多帮助
    [needs-less] 情况好转
    [absent] 家中无人
   *[steady] 情况平稳
}
household-words = 看到了什么、做了什么
household-words-hint = 对方自己看得到。
household-act = { $act ->
    [change] 更新家庭情况
    [end] 结束帮扶
   *[visit] 记一次走访
}
household-end-text = 结束后不再走访，档案仍然保留，对方看得到。
household-wrong-day = 请填写走访日期：今天或者一年之内
household-wrong-next = 请填写下次走访的日期：今天以后、一年之内
household-wrong-members = 请填写人数，1 到 99
household-wrong-words = 请填写，不超过 { $most } 字
household-said-done = 已经记下
household-said-meanwhile = 档案刚才有了变化，没有记下，请看下面的最新内容
household-figures = 帮扶统计
household-figures-lead = 各部门帮扶了多少家庭，走访了多少次。只有合计，不打开任何一份档案；不满 { $least } 户的不显示。
household-head = { $head ->
    [late] 已过走访日期
    [visits] 近十二个月走访
    [more] 其中需要更多帮助
   *[households] 正在帮扶的家庭
}
household-few = 不显示
household-mine = 我家的帮扶档案
household-mine-about = 部门怎么记的，谁来走访过
household-mine-lead = 帮扶您家的部门记了些什么、什么时候来看过，都在这里。谁打开过，请看“谁看过我的数据”。
household-mine-none = 没有部门为您家建立过帮扶档案。
household-correct = 内容不对？申请更正
