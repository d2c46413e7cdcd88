probe = 探针
probe-count = { $count } 项
