probe = Probe
probe-count = { $count ->
    [one] one
   *[other] { $count }
}
