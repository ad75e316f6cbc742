/// One step on a value's way from the file into a field. Texts are UTF-8.
package enum ConversionStep: Hashable, Sendable {
  /// A text and what becomes of it.
  package struct Pair: Hashable, Sendable {
    package var from: [UInt8]
    package var to: [UInt8]

    package init(from: [UInt8], to: [UInt8]) {
      self.from = from
      self.to = to
    }
  }

  case trim
  case upper
  case lower
  case stripZeros
  case amount(AmountForm)
  case date(DateForm)
  case phone(PhoneForm)
  case boolean(yes: [[UInt8]], no: [[UInt8]])
  /// Filled up to `width` characters, before the value or behind it.
  case pad(width: Int, with: [UInt8], isBefore: Bool)
  case restoreZeros(width: Int)
  case width(Int)
  case replace([Pair])
  /// The whole value by a table, sorted by `from`; `otherwise` for all else.
  case map([Pair], otherwise: [UInt8]?)
  case defaultValue([UInt8])
  /// These texts mean that there is no value.
  case empty([[UInt8]])
  case prefix([UInt8])
  case suffix([UInt8])
  /// In characters; `start` from 1, or from −1 backwards.
  case slice(start: Int, length: Int?)
  /// A South African identity number, with its check digit.
  case identityNumber
  /// HMAC-SHA-256 under the key in an environment variable, 32 hexadecimal digits of it.
  case hmac(variable: String)
}
