/// The byte order marks of Unicode 16, table 2-4.
enum ByteOrderMark: Hashable, Sendable {
  case utf8
  case utf16(ByteOrder)
  case utf32(ByteOrder)

  /// How many bytes must be at hand to tell.
  static let longest = 4

  /// The mark that an input begins with. FF FE 00 00 is taken for UTF-32, as UTF-16 it would be a NUL.
  init?(_ head: UnsafeBufferPointer<UInt8>) {
    if head.starts(with: [0xFF, 0xFE, 0x00, 0x00]) {
      self = .utf32(.little)
    } else if head.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
      self = .utf32(.big)
    } else if head.starts(with: [0xFF, 0xFE]) {
      self = .utf16(.little)
    } else if head.starts(with: [0xFE, 0xFF]) {
      self = .utf16(.big)
    } else if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else {
      return nil
    }
  }

  /// The encoding that it is the mark of, as iconv calls it.
  var encoding: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16(let order): "UTF-16\(order.rawValue)"
    case .utf32(let order): "UTF-32\(order.rawValue)"
    }
  }
}
