/// The rule for the header Idempotency-Key: 1 to 255 characters of `^[a-zA-Z0-9-]+$`.
enum IdempotencyKey {
  static func isValid(_ key: String) -> Bool {
    (1...255).contains(key.utf8.count) && key.utf8.allSatisfy(isAllowed)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
