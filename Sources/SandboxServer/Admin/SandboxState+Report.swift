extension SandboxState {
  /// The body of `GET /sandbox/state`.
  var report: [UInt8] {
    var writer = JSONWriter(capacity: 2048)
    writer.open()
    writer.open("objects")
    for kind in ObjectKind.allCases { writer.member(named: kind.collection, calls.objects.count(kind)) }
    writer.close()
    write(MoneyTally.of(calls.objects.bills), to: &writer)
    writer.member("requests_total", counters.total)
    writer.member("under_way", counters.total - counters.answered)
    write("requests", counters.requests, to: &writer)
    write("answers", Dictionary(uniqueKeysWithValues: counters.answers.map { (String($0), $1) }), to: &writer)
    writer.member("replays", counters.replays)
    writer.member("throttled", counters.throttled)
    writer.member("unauthorised", counters.unauthorised)
    write("faults", Dictionary(uniqueKeysWithValues: counters.faults.map { ($0.rawValue, $1) }), to: &writer)
    writer.member("keys", keys.count)
    writer.member("payments", payments.count)
    writer.member("now", clock.now)
    writer.close()
    return writer.bytes
  }

  private func write(_ money: [String: MoneyTally], to writer: inout JSONWriter) {
    writer.open("money")
    for (currency, tally) in money.sorted(by: { $0.key < $1.key }) {
      writer.open(named: currency)
      writer.member("bills", tally.bills)
      writer.member("amount_due", tally.due)
      writer.member("amount_paid", tally.paid)
      writer.member("amount_remaining", tally.remaining)
      writer.member("voided", tally.voided)
      writer.close()
    }
    writer.close()
  }

  private func write(_ name: StaticString, _ counts: [String: Int], to writer: inout JSONWriter) {
    writer.open(name)
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) { writer.member(named: key, count) }
    writer.close()
  }
}
