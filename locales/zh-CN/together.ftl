## 一件事：几件申请一起填、一起交

together-title = 正在办的一件事
together-go = 一起办
together-go-text = 其中 { $count } 件可以在这里一次填好、一起提交。
together-parts = 要办哪几件
together-none = 请至少选一件。
together-once = 几个部门都要问的，只需要填一遍。
together-separate = 填好后一起提交，各部门分别办理，进度都在一页上看。
together-to-event = 先看看这件事怎么办
together-to-fill = 要填写
together-ready = 填好了
together-go-on = 接着填
together-back = 看好了，回到清单
together-hand-in = { $count ->
   *[other] 提交填好的 { $count } 件
}
together-rest = 也可以先提交填好的，其余的以后再填。
together-look = 全部填好了。点开每一件可以再看一遍。
together-handed = 已经提交
together-handed-text = 每件事由各自的部门办理，办好一件告诉您一件。进度都在这一页。
together-left = { $count ->
   *[other] 有 { $count } 件没有提交成
}
together-left-text = 请点开还没有提交的，里面写着原因。其余的已经提交。
together-empty = 这里的申请都已经放弃了。
