/// Finds the known name that was most likely meant.
package enum NearestName {
  /// The name with the fewest insertions, deletions, substitutions and swaps of neighbours away from `text` (letters'
  /// case, blanks, `-` and `_` don't count), or `nil` where none is near: more than a third of its characters away.
  package static func of(_ text: String, among names: [String]) -> String? {
    let wanted = plain(text)
    guard !wanted.isEmpty, wanted.count <= 128 else { return nil }
    let wantedBytes = plainASCII(text)
    var near: (name: String, distance: Int)?
    for name in names {
      let least = near?.distance ?? .max
      let found =
        if let wantedBytes, let bytes = plainASCII(name) {
          distance(wantedBytes, bytes, below: least)
        } else {
          distance(wanted, plain(name), below: least)
        }
      if let found { near = (name, found) }
    }
    guard let near, near.distance * 3 <= max(near.name.count, wanted.count) else { return nil }
    return near.name
  }

  private static func plain(_ text: String) -> [Character] {
    text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "\u{FEFF}" }.map { $0 }
  }

  /// The same of a text in ASCII, as most are: bytes are compared much faster. `nil` of any other.
  private static func plainASCII(_ text: String) -> [UInt8]? {
    var plain: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"): break
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): plain.append(byte | 0x20)
      case 0..<0x80: plain.append(byte)
      default: return nil
      }
    }
    return plain
  }

  /// Optimal string alignment distance; `nil` where it isn't below a limit.
  private static func distance<Letter: Equatable>(_ left: [Letter], _ right: [Letter], below limit: Int) -> Int? {
    guard abs(left.count - right.count) < limit else { return nil }
    var last = Array(0...right.count)
    var (beforeLast, current) = (last, last)
    for i in left.indices {
      current[0] = i + 1
      for j in right.indices {
        let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(substitution, last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, beforeLast[j - 1] + 1) }
        current[j + 1] = best
      }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count] < limit ? last[right.count] : nil
  }
}
