extension Masking {
  /// The first letter or digit of each run stays, the others become `*`.
  static func maskWords(_ value: String) -> String {
    if let masked = maskASCIIWords(value) { return masked }
    var isInside = false
    return String(
      value.map { character -> Character in
        guard character.isLetter || character.isNumber else {
          isInside = false
          return character
        }
        defer { isInside = true }
        return isInside ? "*" : character
      })
  }

  /// The same of a text of ASCII alone, which most are, byte by byte; `nil` of another.
  private static func maskASCIIWords(_ value: String) -> String? {
    var bytes = Array(value.utf8)
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    var isInside = false
    for index in bytes.indices {
      let isSign = isAlphanumeric(bytes[index])
      if isSign, isInside { bytes[index] = UInt8(ascii: "*") }
      isInside = isSign
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What could be a name or a number of somebody's in a sentence, masked as a word is, the rest as it is.
  static func maskNames(_ value: String) -> String {
    var masked = ""
    var rest = value[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber }
      let isKept = word.isEmpty || (first.isLowercase || first.isNumber) && word.count(where: \.isNumber) < 5
      masked += isKept ? String(word.isEmpty ? rest.prefix(1) : word) : maskWords(String(word))
      rest = rest.dropFirst(max(1, word.count))
    }
    return masked
  }

  /// Letters and digits but the first and last ones become `*`.
  static func maskMiddle(_ value: String, first: Int, last: Int) -> String {
    if let masked = maskASCIIMiddle(value, first: first, last: last) { return masked }
    let total = value.count { $0.isLetter || $0.isNumber }
    var seen = 0
    return String(
      value.map { character -> Character in
        guard character.isLetter || character.isNumber else { return character }
        seen += 1
        return total > first + last && seen > first && seen <= total - last || total <= first + last ? "*" : character
      })
  }

  /// The same of a text of ASCII alone; `nil` of another.
  private static func maskASCIIMiddle(_ value: String, first: Int, last: Int) -> String? {
    var bytes = Array(value.utf8)
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    let total = bytes.count(where: isAlphanumeric)
    let kept = total > first + last ? (first, last) : (0, 0)
    var seen = 0
    for index in bytes.indices where isAlphanumeric(bytes[index]) {
      seen += 1
      if seen > kept.0, seen <= total - kept.1 { bytes[index] = UInt8(ascii: "*") }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What could be an identity number in a longer text masked (each run of 13 digits, whatever it means), the rest as it
  /// is.
  static func maskIdentityNumbers(_ value: String) -> String {
    if value.utf8.count < 13 { return value }
    return masking(value) { bytes, start in
      guard isDigit(bytes[start]), start == 0 || !isDigit(bytes[start - 1]) else { return nil }
      let end = end(of: bytes, from: start, while: isDigit)
      return end - start == 13 ? start..<(end - 2) : nil
    }
  }

  /// Words with an `@` inside masked as an address is, the rest as it is.
  static func maskAddresses(_ value: String) -> String {
    guard value.utf8.contains(UInt8(ascii: "@")) else { return value }
    var masked = ""
    for word in words(of: value) {
      let at = word.firstIndex(of: "@")
      let isAddress = at.map { $0 > word.startIndex && word.index(after: $0) < word.endIndex } ?? false
      masked += isAddress ? maskWords(String(word)) : String(word)
    }
    return masked
  }

  /// Telephone numbers masked, but for the first two and last two digits: `+` and 9 digits or more, with blanks, hyphens,
  /// dots or brackets between them.
  static func maskPhones(_ value: String) -> String {
    masking(value) { bytes, start in
      guard bytes[start] == UInt8(ascii: "+") else { return nil }
      let end = end(of: bytes, from: start + 1) { isDigit($0) || " -.()".utf8.contains($0) }
      let digits = bytes[(start + 1)..<end].indices.filter { isDigit(bytes[$0]) }
      return digits.count >= 9 ? digits[2]..<digits[digits.count - 2] : nil
    }
  }

  /// Keys struck out: `sk_` or `pk_` at the beginning of a word (`sk_test_` and its like anywhere) with 5 signs or more
  /// after it, of which nothing stays.
  static func maskKeys(_ value: String) -> String {
    masking(value, replacing: isKeySign) { bytes, start in
      guard begins(bytes, "sk_", at: start) || begins(bytes, "pk_", at: start) else { return nil }
      let key = start + 3
      let isKey = begins(bytes, "test_", at: key) || begins(bytes, "live_", at: key)
      guard isKey || start == 0 || !isAlphanumeric(bytes[start - 1]) else { return nil }
      let end = end(of: bytes, from: key, while: isKeySign)
      return end - start >= 8 ? key..<end : nil
    }
  }

  /// The text with the signs of the stretches that `find` names as `*`, where `isMasked` holds. `find` is asked at each
  /// byte that lies in no stretch before it.
  private static func masking(
    _ value: String, replacing isMasked: (UInt8) -> Bool = isAlphanumeric, _ find: ([UInt8], Int) -> Range<Int>?
  ) -> String {
    let bytes = Array(value.utf8)
    var masked = bytes
    var place = 0
    while place < bytes.count {
      guard let stretch = find(bytes, place) else {
        place += 1
        continue
      }
      for index in stretch where isMasked(bytes[index]) { masked[index] = UInt8(ascii: "*") }
      place = max(stretch.upperBound, place + 1)
    }
    return masked == bytes ? value : String(decoding: masked, as: UTF8.self)
  }

  /// The text cut where a word ends: blanks and the signs that no address has outside quotes, each a piece of its own.
  private static func words(of value: String) -> [Substring] {
    var words: [Substring] = []
    var start = value.startIndex
    for index in value.indices where value[index].isWhitespace || "<>()[]{}\",;:/=\\".contains(value[index]) {
      let next = value.index(after: index)
      words += [value[start..<index], value[index..<next]]
      start = next
    }
    return words + [value[start...]]
  }

  private static func end(of bytes: [UInt8], from start: Int, while holds: (UInt8) -> Bool) -> Int {
    bytes[start...].firstIndex { !holds($0) } ?? bytes.count
  }

  /// Whether the ASCII text `word`, in small letters, stands there in whatever case.
  private static func begins(_ bytes: [UInt8], _ word: String, at start: Int) -> Bool {
    bytes[start...].prefix(word.utf8.count).elementsEqual(word.utf8) { byte, sign in
      (byte >= 65 && byte <= 90 ? byte + 32 : byte) == sign
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
  }

  /// Visible ASCII but for quotes, brackets and the signs that end a clause: more than keys are made of.
  private static func isKeySign(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"\"'`<>()[]{},;".utf8.contains(byte)
  }
}
