/// From places in decoded text back to places in the bytes that it was decoded from.
struct SourceMap: Sendable {
  /// How far the source goes on for a character of the text.
  enum Pace: Hashable, Sendable {
    /// The text is the source.
    case same
    /// So many bytes for each character.
    case bytes(Int)
    /// Two bytes for each character, four for those past U+FFFF.
    case utf16
    /// Unknown between two marks: a place counts as that of the mark before it, which is its line's beginning.
    case unknown
  }

  /// A place that is known in both.
  struct Mark: Hashable, Sendable {
    var text: Int64
    var source: Int64
  }

  var pace = Pace.same
  /// In their order; the first one not behind any place that is asked for.
  private(set) var marks: [Mark] = []

  mutating func add(_ mark: Mark) { marks.append(mark) }

  /// Where in the source a place of the text stands.
  ///
  /// - Parameter bytes: the text, of which `bytes[0]` stands at `base`: at least from the first mark up to `text`.
  func source(of text: Int64, in bytes: UnsafePointer<UInt8>, at base: Int64) -> Int64 {
    guard pace != .same, let mark = mark(before: text) else { return text }
    let from = bytes + Int(mark.text - base)
    return mark.source + width(of: UnsafeBufferPointer(start: from, count: Int(text - mark.text)))
  }

  /// Forgets all marks before a place, which gets one itself.
  mutating func forget(before text: Int64, in bytes: UnsafePointer<UInt8>, at base: Int64) {
    guard pace != .same, !marks.isEmpty else { return }
    let source = source(of: text, in: bytes, at: base)
    let next = index(after: text)
    marks.removeSubrange(..<next)
    marks.insert(Mark(text: text, source: source), at: 0)
  }

  private func mark(before text: Int64) -> Mark? {
    let next = index(after: text)
    return next > 0 ? marks[next - 1] : nil
  }

  private func index(after text: Int64) -> Int {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].text <= text { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many bytes of the source a stretch of text takes.
  private func width(of text: UnsafeBufferPointer<UInt8>) -> Int64 {
    switch pace {
    case .same: return Int64(text.count)
    case .unknown: return 0
    case .bytes(let each): return Int64(each * Self.characters(in: text))
    case .utf16:
      var beyond = 0
      for byte in text where byte >= 0xF0 { beyond += 1 }
      return Int64(2 * (Self.characters(in: text) + beyond))
    }
  }

  private static func characters(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
