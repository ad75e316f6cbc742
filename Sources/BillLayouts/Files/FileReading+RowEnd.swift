import Tabular

extension FileReading {
  /// Where the content of a row ends that came with its line end.
  package func contentEnd(of raw: UnsafeBufferPointer<UInt8>) -> Int {
    guard rowEnd != .none else { return raw.count }
    let feeds = lineFeeds
    if let length = measuredBytes, (1...2).contains(raw.count - length),
      raw[length] == 0x0D || feeds.contains(raw[length])
    {
      return length
    }
    var end = raw.count
    if end > 0, feeds.contains(raw[end - 1]) { end -= 1 }
    if end > 0, raw[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// What ends a line besides CR.
  package var lineFeeds: [UInt8] { rowEnd == .text ? [0x0A] : [0x15, 0x25] }

  /// How long a record is that may hold the bytes of line ends, in bytes; `nil` where none does.
  private var measuredBytes: Int? {
    guard case .fixedWidth(let dialect) = form, case .measured(let length, _) = dialect.framing else { return nil }
    return length
  }
}
