#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is known of where an answer is seen: how wide it is, and whether it takes colour.
struct Screen: Sendable {
  /// Columns, from 20.
  var columns: Int
  var coloured: Bool

  /// Where nothing says how wide the terminal is, or where there is none.
  static let usualColumns = 80
  /// How many lines a terminal shows at least.
  static let lines = 25

  init(columns: Int, coloured: Bool) {
    self.columns = max(20, columns)
    self.coloured = coloured
  }

  /// The screen behind a descriptor: `COLUMNS` goes before what the terminal says.
  init(descriptor: Int32) {
    let isTerminal = isatty(descriptor) == 1
    let stated = Place.environment("COLUMNS").flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
    self.init(
      columns: stated ?? (isTerminal ? Self.columns(of: descriptor) : nil) ?? Self.usualColumns,
      coloured: isTerminal && Self.takesColour)
  }

  /// The columns of a terminal as they are now; `nil` where it doesn't say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether the environment allows colour: neither NO_COLOR (no-color.org) nor a terminal that knows nothing.
  static var takesColour: Bool {
    Place.environment("NO_COLOR") == nil && Place.environment("TERM") != "dumb"
  }

  /// The text in a colour of ECMA-48 (`31` is red, `1` bold), where colours are taken.
  func paint(_ text: String, _ colour: String) -> String {
    coloured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
