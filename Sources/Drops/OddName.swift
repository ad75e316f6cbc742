/// Why what has a name in a drop is never taken, where somebody may wonder that it isn't.
package enum OddName: String, Hashable, Sendable {
  case controlCharacter = "its name has control characters"
  case sameText = "another file's name is the same text in other bytes"
  case notUTF8 = "its name is not in UTF-8"
  case tooLong = "its name has more than 255 bytes"
  case link = "it is a symbolic link"
  case notAFile = "it is neither a file nor a folder"
  case tooLarge = "it has more than 1 TiB"
}

/// What names say of files.
package enum DropName {
  /// Endings of files that somebody is still writing.
  static let unfinished = [".part", ".partial", ".tmp", ".filepart", ".crdownload"]

  /// Whether a name is passed over without a word: hidden, or still being written.
  package static func isPassedOver(_ name: String) -> Bool {
    if name.hasPrefix(".") { return true }
    let lower = name.lowercased()
    return unfinished.contains { lower.hasSuffix($0) }
  }

  /// Whether a name has a character that no name should have: C0, DEL, C1, or what turns the direction of writing.
  package static func hasControlCharacter(_ name: String) -> Bool {
    name.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069: true
      default: false
      }
    }
  }
}
