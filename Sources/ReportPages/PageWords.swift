import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Figures for people, as pages show them.
enum PageWords {
  /// Seconds: `0.4 s`, `42 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "unknown" }
    if seconds < 0.05 { return "< 0.1 s" }
    if seconds < 10 { return "\(decimal(seconds)) s" }
    let whole = Int(min(seconds, 1e9).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min" + (whole % 60 > 0 ? " \(whole % 60) s" : "") }
    return "\(MoneyText.count(whole / 3600)) h" + (whole / 60 % 60 > 0 ? " \(whole / 60 % 60) min" : "")
  }

  /// Milliseconds: `4.2 ms`, `340 ms`, `1.2 s`.
  static func latency(_ milliseconds: Double) -> String {
    if milliseconds >= 1000 { return "\(decimal(milliseconds / 1000)) s" }
    return milliseconds < 10 ? "\(decimal(milliseconds)) ms" : "\(Int(milliseconds.rounded())) ms"
  }

  /// One decimal, none where it is 0.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((min(max(value, -1e15), 1e15) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return sign + MoneyText.count(Int(whole)) + (rest > 0 ? ".\(rest)" : "")
  }

  /// Bytes: `812 B`, `1.6 GB`; powers of 1000.
  static func bytes(_ count: Int64) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 1000 { return "\(decimal(value)) \(unit)" }
      value /= 1000
    }
    return "\(decimal(value)) TB"
  }

  /// A share in percent, never 0 % of something and never 100 % of less than all.
  static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0 %" }
    if part >= whole { return "100 %" }
    let percent = Double(part) * 100 / Double(whole)
    if percent < 0.1 { return "< 0.1 %" }
    return percent > 99.9 ? "> 99.9 %" : "\(decimal(percent)) %"
  }

  /// `1 row`, `2 rows`.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(MoneyText.count(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// A moment in the machine's zone: `26 November 2026, 06:02 (UTC+02:00)`.
  static func moment(_ time: WallTime) -> String {
    let parts = local(time)
    let name = months[Int(parts.tm_mon) % 12]
    let offset = Int(parts.tm_gmtoff) / 60
    let zone =
      offset == 0 ? "UTC" : "UTC\(offset < 0 ? "−" : "+")\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
    return
      "\(parts.tm_mday) \(name) \(parts.tm_year + 1900), \(two(Int(parts.tm_hour))):\(two(Int(parts.tm_min))) (\(zone))"
  }

  /// Its time of day in the machine's zone: `06:02`.
  static func time(_ time: WallTime) -> String {
    let parts = local(time)
    return "\(two(Int(parts.tm_hour))):\(two(Int(parts.tm_min)))"
  }

  /// Its day in the machine's zone.
  static func day(_ time: WallTime) -> CivilDate? {
    let parts = local(time)
    return CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }

  /// A word for a shell: quoted where it must be.
  static func shell(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      byte < 128 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_./:=,+".utf8.contains(byte)
    }
    if plain, !word.isEmpty, !word.hasPrefix("-") { return word }
    return "'" + Masking.oneLine(word).replacing("'", with: "'\\''") + "'"
  }

  /// A path as a link: whatever would mean something else in an address is escaped.
  static func link(_ path: String) -> String {
    path.utf8.map { byte -> String in
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 128
      let isPlain = isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.~/".utf8.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func local(_ time: WallTime) -> tm {
    var seconds = time_t(time.milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return parts
  }
}
