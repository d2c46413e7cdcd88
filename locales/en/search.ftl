# Search

search-all = All services
search-title = Results for “{ $q }”
search-filters = Narrow down
search-any = Any
search-option-count = {" "}({ $count })
search-apply = Apply
search-active = Chosen filters
search-remove = Remove{" "}
search-did-you-mean = Did you mean{" "}
search-found = { $count ->
    [one] 1 service found
   *[other] { $count } services found
}
search-found-page = { $count } services found, page { $page } of { $pages }
search-unsure = Nothing fits exactly
search-unsure-text = These may be related. Try other words, or ask the hotline:
search-also = Also found
search-agency = Agency
search-policy = Policy
search-bulletin = Notice
search-nothing = No service matches
search-nothing-words = Try other words, and fewer of them: “licence”, “pension”, “housing fund”.
search-nothing-filters = Remove some of the filters.
search-nothing-pinyin = Pinyin and initials work as well: “jzz” finds the residence permit.
search-nothing-hotline = Or ask a person: call the hotline at{" "}
search-browse = Browse by subject
search-not-found-here = Not what you need? Call the hotline at{" "}
colon = {": "}
question-mark = ?
full-stop = .
