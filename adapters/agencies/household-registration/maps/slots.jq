# Their appointments as ours.
def known: with_entries(select(.value != null));

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  {
    slots: [
      .body.hys | .[]
      | {
          id: .hyid,
          place: .ddbh,
          place_name: .ddmc,
          starts: (.kssj | date_in),
          ends: (.jssj | date_in),
          free: .syhs,
          fee_fen: (.fy | amount_in),
          stopped: (.tz | tostring | . == "1" or . == "true"),
        }
      | known
    ],
  }
end
