extension SandboxClock {
  /// The body of the answers about the clock.
  var report: [UInt8] {
    var writer = JSONWriter(capacity: 128)
    writer.open()
    writer.member("now", now)
    writer.member("offset_ms", offset)
    writer.member("date", HTTPDate.text(now))
    writer.close()
    return writer.bytes
  }
}
