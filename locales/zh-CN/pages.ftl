# Words that handlers put into pages.
agencies-all-fields = 全部领域
bulletins-all-kinds = 全部
filter-agency = 部门
filter-domain = 领域
filter-visits = 跑动次数
filter-kind = 办理方式
filter-audience = 服务对象
domain-all-classes = 全部
open-services-name = 服务目录
open-services-about = 全部在线服务：编码、名称、部门、时限、费用与跑动次数。
form-choose-one = 请从列出的选项中选择一项
filter-zero-visit = 零跑动
filter-one-visit = 跑一次
agency-field = { $code ->
    [agriculture] 农业农村
    [civil-affairs] 民政
    [court] 法院
    [culture] 文化
    [disability] 残疾人服务
    [education] 教育
    [emergency] 应急
    [employment] 就业
    [energy] 能源
    [environment] 生态环境
    [exams] 考试
    [exit-entry] 出入境
    [fire] 消防
    [foreign-affairs] 外事
    [government-services] 政务服务
    [health] 卫生健康
    [healthcare-security] 医疗保障
    [hospital] 医院
    [hotline] 热线
    [household] 户政
    [housing] 住房
    [intellectual-property] 知识产权
    [justice] 司法
    [land] 土地与不动产
    [legal-aid] 法律援助
    [library] 图书馆
    [market] 市场监管
    [marriage] 婚姻登记
    [museum] 博物馆
    [notary] 公证
    [parks] 公园
    [planning] 规划
    [provident-fund] 公积金
    [public-security] 公安
    [social-insurance] 社会保险
    [sports] 体育
    [tax] 税务
    [tobacco] 烟草
    [tourism] 旅游
    [traffic] 交通管理
    [transport] 交通出行
    [urban-management] 城市管理
    [utility] 公用事业
    [vehicle] 车辆
    [veterans] 退役军人
    [volunteering] 志愿服务
    [water] 水务
    [weather] 气象
   *[other] { $code }
}
