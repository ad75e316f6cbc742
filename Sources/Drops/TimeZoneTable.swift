package import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The offsets of a time zone from UTC, taken from the C library for some years around now.
///
/// The C library knows one zone at a time, that of the variable TZ. A table is made by setting it for a moment: before
/// the process has other threads that look at the clock.
package struct TimeZoneTable: Hashable, Sendable {
  private struct Offset: Hashable {
    /// Seconds since 1970 from which it holds.
    var from: Int64
    /// Seconds ahead of UTC.
    var seconds: Int64
  }

  package let name: String
  private let offsets: [Offset]

  /// - Returns: `nil` where the machine knows no zone of this name.
  package init?(named name: String, around now: WallTime) {
    guard Self.isKnown(name) else { return nil }
    self.name = name
    let day: Int64 = 86_400
    let middle = now.milliseconds / 1000 / day * day
    offsets = Self.inZone(name) {
      var offsets = [Offset(from: .min, seconds: Self.offset(at: middle - 400 * day))]
      for start in stride(from: middle - 400 * day, to: middle + 4000 * day, by: Int(day)) {
        let next = Self.offset(at: start + day)
        guard let last = offsets.last, next != last.seconds else { continue }
        offsets.append(Offset(from: Self.change(between: start, and: start + day), seconds: next))
      }
      return offsets
    }
  }

  /// The date and the minute of the day at a moment.
  package func civil(_ time: WallTime) -> (date: CivilDate, minute: Int)? {
    let seconds = time.milliseconds / 1000
    let local = seconds + (offsets.last { $0.from <= seconds }?.seconds ?? 0)
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    guard let date = CivilDate(daysSinceEpoch: Int(day)) else { return nil }
    return (date, Int((local - day * 86_400) / 60))
  }

  /// The moment at which a minute of a day begins; where the clock is put forward over it, that of the change.
  package func moment(of minute: Int, on date: CivilDate) -> WallTime {
    let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(minute) * 60
    for (index, offset) in offsets.enumerated() {
      let seconds = max(local - offset.seconds, offset.from)
      if index + 1 == offsets.count || seconds < offsets[index + 1].from {
        return WallTime(milliseconds: seconds * 1000)
      }
    }
    return WallTime(milliseconds: local * 1000)
  }

  /// Whether the machine has a zone of this name; an unknown one in TZ, and a folder of zones, would silently be UTC.
  package static func isKnown(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte) || "_+-/".utf8.contains(byte)
    }
    guard isPlain, !name.hasPrefix("/"), !name.hasSuffix("/"), !name.isEmpty else { return false }
    return name == "UTC" || isZoneFile("/usr/share/zoneinfo/\(name)")
  }

  private static func isZoneFile(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var mark = [UInt8](repeating: 0, count: 4)
    return read(descriptor, &mark, mark.count) == mark.count && mark == Array("TZif".utf8)
  }

  private static func inZone<Value>(_ name: String, _ work: () -> Value) -> Value {
    let before = getenv("TZ").map { String(cString: $0) }
    setenv("TZ", name, 1)
    tzset()
    defer {
      if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
      tzset()
    }
    return work()
  }

  private static func offset(at seconds: Int64) -> Int64 {
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    return Int64(parts.tm_gmtoff)
  }

  /// The first second of the offset that holds at `end`.
  private static func change(between start: Int64, and end: Int64) -> Int64 {
    var (low, high) = (start, end)
    let target = offset(at: end)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == target { high = middle } else { low = middle }
    }
    return high
  }
}
