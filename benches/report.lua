-- Hands wrk's counts to the caller as one line, and sends the addresses it is given in turn.

local paths = {}
local next_path = 0

function init(arguments)
  for _, path in ipairs(arguments) do
    paths[#paths + 1] = wrk.format("GET", path)
  end
end

function request()
  next_path = next_path % #paths + 1
  return paths[next_path]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "RESULT requests=%d micros=%d bytes=%d p50=%d p99=%d broken=%d refused=%d\n",
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
