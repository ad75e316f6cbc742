/// How the text of an input is encoded: any encoding that the C library's iconv has but UTF-7, by the names that it knows.
///
/// Making one asks iconv 256 times or so: once for a layout, not for a record.
package struct TextEncoding: Hashable, Sendable {
  /// The name as it was stated.
  package let name: String
  let form: Form

  /// What has to be done to read it.
  enum Form: Hashable, Sendable {
    /// Nothing, unless a byte order mark says that it is UTF-16 or UTF-32.
    case utf8
    /// Two or four bytes a unit; the order stands in the name, or else in the byte order mark.
    case utf16(ByteOrder?)
    case utf32(ByteOrder?)
    /// One byte is one character.
    case singleByte(SingleByteTable)
    /// Anything else: iconv does it, in units of so many bytes.
    case iconv(unit: Int)
  }

  /// UTF-8; or UTF-16 or UTF-32 where their byte order mark begins the input.
  package static let utf8 = TextEncoding(name: "UTF-8", form: .utf8)

  /// By a name of iconv's, whose case doesn't matter.
  ///
  /// `UTF-16` and `UTF-32` need a byte order mark; `UTF-16LE` and the like may have one.
  package init(named name: String) throws(TextEncodingError) {
    let form = try Self.form(of: name)
    self.init(name: name, form: form)
  }

  private init(name: String, form: Form) {
    self.name = name
    self.form = form
  }

  /// What each byte stands for, where one byte is one character; `nil` for all other encodings.
  package var singleByteTable: SingleByteTable? {
    if case .singleByte(let table) = form { table } else { nil }
  }

  private static func form(of name: String) throws(TextEncodingError) -> Form {
    let plain = name.uppercased()
    if let known = unicodeForms[plain] { return known }
    let converter = try Iconv(from: name)
    guard !converter.isUTF7 else { throw .unknown(name: name) }
    if let table = SingleByteTable(converter) { return .singleByte(table) }
    return .iconv(unit: converter.unit)
  }

  private static let unicodeForms: [String: Form] = [
    "UTF-8": .utf8, "UTF8": .utf8,
    "UTF-16": .utf16(nil), "UTF16": .utf16(nil), "UTF-16LE": .utf16(.little), "UTF16LE": .utf16(.little),
    "UTF-16BE": .utf16(.big), "UTF16BE": .utf16(.big),
    "UTF-32": .utf32(nil), "UTF32": .utf32(nil), "UTF-32LE": .utf32(.little), "UTF32LE": .utf32(.little),
    "UTF-32BE": .utf32(.big), "UTF32BE": .utf32(.big),
  ]
}
