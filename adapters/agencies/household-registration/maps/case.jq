# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "hlyy": "idcard_reason",
  "pcs": "station",
  "zphm": "photo_number",
  "lqfs": "delivery",
  "yjdz": "post_to",
  "dsrq": "lost_day",
  "dsdd": "lost_place",
  "znxm": "child_name",
  "znzjh": "child_id",
  "gx": "relation",
  "sqyy": "reason",
  "znxb": "child_sex",
  "zncsrq": "child_born",
  "cszbh": "birth_paper",
  "shr": "follows",
  "ypfxm": "other_parent",
  "ypfzjh": "other_parent_id",
  "xzz": "new_address",
  "qyyy": "move_reason",
  "fczh": "deed_number",
  "qyrs": "members",
  "yzz": "old_address",
  "hkyy": "book_reason",
  "yxm2": "old_name",
  "xxm": "new_name",
  "gzxm": "entry",
  "xdjnr": "entry_now",
  "zqnr": "entry_right",
  "szxm": "deceased_name",
  "szzjh": "deceased_id",
  "swrq": "death_day",
  "zz": "home_address",
  "zslx": "home_kind",
  "jzsy": "stay_reason",
  "dwmc": "employer",
  "qsrq": "since_day",
  "bhyy": "fix_reason",
  "qsxm": "relative_name",
  "qszjh": "relative_id",
  "yt": "use_for",
  "ysfs": "copies",
  "sygj": "use_country",
  "zjhm2": "permit_number",
};

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  .body
  | {
      reference: .slbh,
      status: (.zt | word({
        "01": "received",
        "02": "correction-required",
        "03": "accepted",
        "04": "not-accepted",
        "05": "in-review",
        "06": "suspended",
        "07": "extended",
        "08": "granted",
        "09": "refused",
        "10": "terminated",
        "11": "delivering",
        "12": "delivered",
        "13": "withdrawn",
      })),
      since: (.gxsj | date_in),
      due: (.qxrq | date_in),
      reason: .yy,
      parcel: .kddh,
      corrections: (.bzsx | list | map({ about: (.xm | . as $name | ours[$name] // $name), text: .yq }) | if . == [] then null else . end),
    }
  | known
end
