/// What a sign of a record is.
enum SignKind: Int, CaseIterable {
  case blank, digit, letter, mark, other

  init(_ scalar: UInt32) {
    switch scalar {
    case 0x20, 0xA0: self = .blank
    case 0x30...0x39: self = .digit
    case 0x41...0x5A, 0x61...0x7A: self = .letter
    case 0x21...0x7E: self = .mark
    case 0..<0x20, 0x7F..<0xA0, 0xFFFD: self = .other
    default: self = Unicode.Scalar(scalar)?.properties.isAlphabetic == true ? .letter : .mark
    }
  }
}
