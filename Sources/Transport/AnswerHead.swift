/// What the head of an answer says of the way on: its status, how its body is delimited, and whether the connection is kept.
struct AnswerHead {
  private(set) var status = 0
  /// Bytes of the body; `nil` where no field says it.
  private(set) var length: Int?
  private(set) var isChunked = false
  private var isOld = false
  private var closes = false
  private var isKept = false

  init() {}

  /// From a status line without its end; `nil` where it is none of HTTP/1. An answer that changes the protocol is none.
  init?(statusLine text: UnsafeRawBufferPointer) {
    guard text.count >= 12, Self.mayBegin(text), text[8] == UInt8(ascii: " "),
      text.count == 12 || text[12] == UInt8(ascii: " ")
    else { return nil }
    for digit in text[9..<12] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      status = status * 10 + Int(digit - UInt8(ascii: "0"))
    }
    guard (100..<1000).contains(status), status != 101 else { return nil }
    isOld = text[7] == UInt8(ascii: "0")
  }

  /// Whether a line can begin so.
  static func mayBegin(_ text: UnsafeRawBufferPointer) -> Bool {
    for (byte, wanted) in zip(text, "HTTP/1.".utf8) where byte != wanted { return false }
    return text.count < 8 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[7])
  }

  /// Another head comes after it.
  var isInterim: Bool { status < 200 }

  var hasNoBody: Bool { status == 204 || status == 304 }

  /// A length beside chunks is somebody's mistake, or somebody's attack: the connection isn't used again.
  var keepsConnection: Bool { !closes && (!isOld || isKept) && !(isChunked && length != nil) }

  /// Takes in a field line without its end. `false` where it leaves open where the body ends.
  mutating func note(field line: UnsafeRawBufferPointer) -> Bool {
    // Three fields of a dozen: their first letters tell nearly all others apart.
    switch line[0] | 0x20 {
    case UInt8(ascii: "c"):
      if line.isBlurred("content-length") { return false }
      if let value = line.value(of: "content-length") { return take(length: value) }
      if let value = line.value(of: "connection") { take(connection: value) }
    case UInt8(ascii: "t"):
      if line.isBlurred("transfer-encoding") { return false }
      if let value = line.value(of: "transfer-encoding") { return take(encoding: value) }
    default: break
    }
    return true
  }

  private mutating func take(length value: UnsafeRawBufferPointer) -> Bool {
    guard (1...18).contains(value.count) else { return false }
    var number = 0
    for digit in value {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return false }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    guard length == nil || length == number else { return false }
    length = number
    return true
  }

  /// Chunks, once; nothing else was asked for.
  private mutating func take(encoding value: UnsafeRawBufferPointer) -> Bool {
    guard !isChunked, value.isSame(as: "chunked") else { return false }
    isChunked = true
    return true
  }

  private mutating func take(connection value: UnsafeRawBufferPointer) {
    for part in value.split(separator: UInt8(ascii: ",")) {
      let word = UnsafeRawBufferPointer(rebasing: part).trimmed
      if word.isSame(as: "close") { closes = true }
      if word.isSame(as: "keep-alive") { isKept = true }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The value of a field line, where it is of this name (in lower case); without white space around it.
  fileprivate func value(of name: StaticString) -> Self? {
    let count = name.utf8CodeUnitCount
    guard self.count > count, self[count] == UInt8(ascii: ":"), Self(rebasing: self[..<count]).isSame(as: name) else {
      return nil
    }
    return Self(rebasing: self[(count + 1)...]).trimmed
  }

  /// Whether white space stands between this name and the colon: what some readers take for the field and others don't
  /// (RFC 9112, 5.1).
  fileprivate func isBlurred(_ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    return self.count > count && Self.isSpace(self[count]) && Self(rebasing: self[..<count]).isSame(as: name)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// Whether it is this text (in lower case) in any case.
  fileprivate func isSame(as text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count {
      let byte = self[index]
      let lowered = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
      if lowered != text.utf8Start[index] { return false }
    }
    return true
  }

  fileprivate var trimmed: Self {
    var (start, end) = (0, count)
    while start < end, Self.isSpace(self[start]) { start += 1 }
    while end > start, Self.isSpace(self[end - 1]) { end -= 1 }
    return Self(rebasing: self[start..<end])
  }
}
