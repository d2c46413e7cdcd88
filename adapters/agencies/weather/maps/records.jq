# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 天气预报查询
  if $service == "YZ18001" then {
    reference: .id,
    title: .title,
    facts: ({ day: (.day | date_in), weather: .weather, highest: .highest, lowest: .lowest, wind: .wind, rain_chance: .rainChance, advice: .advice } | known),
  } | known
  # 降雨预测
  elif $service == "YZ18002" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "dry": "dry", "light": "light", "moderate": "moderate", "heavy": "heavy" })),
    facts: ({ from_time: (.fromTime | date_in), until: (.until | date_in), rate: .rate, certainty: .certainty } | known),
  } | known
  # 气象灾害预警查询
  elif $service == "YZ18003" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "blue": "blue", "yellow": "yellow", "orange": "orange", "red": "red", "lifted": "lifted" })),
    facts: ({ issued: (.issued | date_in), until: (.until | date_in), area: .area, advice: .advice } | known),
  } | known
  # 潮汐查询
  elif $service == "YZ18004" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "high": "high", "low": "low" })),
    facts: ({ at: (.at | date_in), height: .height, range: .range } | known),
  } | known
  # 台风路径查询
  elif $service == "YZ18005" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "past": "past", "now": "now", "forecast": "forecast" })),
    facts: ({ at: (.at | date_in), position: .position, force: .force, pressure: .pressure, distance: .distance, effect: .effect } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], total: .data.total } | known
