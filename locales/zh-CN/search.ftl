# 搜索

search-all = 全部服务
search-title = 搜索“{ $q }”
search-filters = 筛选
search-any = 不限
search-option-count = （{ $count }）
search-apply = 应用筛选
search-active = 已选条件
search-remove = 去掉条件
search-did-you-mean = 您要找的是不是
search-found = 找到 { $count } 项服务
search-found-page = 找到 { $count } 项服务，第 { $page } 页，共 { $pages } 页
search-also = 还找到
search-agency = 部门
search-policy = 政策
search-bulletin = 公告
search-nothing = 没有找到对应的服务
search-nothing-words = 换个说法试试：用短一点的词，如“驾照”“社保”“公积金”。
search-nothing-filters = 去掉一些筛选条件。
search-nothing-pinyin = 不会写的字可以用拼音或首字母，如“jzz”找居住证。
search-nothing-hotline = 说不清也没关系，直接问人：拨打热线{" "}
search-browse = 按领域找
search-not-found-here = 没有您要的？拨打热线{" "}
colon = ：
question-mark = ？
full-stop = 。
