import CScan
import SchemaRules

/// A JSON Schema and a value, which is checked as JSON and as the texts of each field, one by one and side by side.
struct SchemaInput {
  private static let mostRows = 64
  private static let mostColumns = 8

  let schema: [UInt8]
  let value: [UInt8]

  init(_ bytes: [UInt8]) { (schema, value) = ByteSupply(bytes).halves }

  func run() {
    guard let schema = try? CompiledSchema(json: schema) else { return }
    let fields = schema.leafPaths.prefix(20).compactMap { schema.field($0) }
    for field in fields.prefix(Self.mostColumns) { check(field) }
    _ = try? schema.presence(columns: fields.map(\.path))
    guard let value = try? JSONValue(parsing: value, options: .init(allowsComments: true)) else { return }
    _ = schema.validate(value)
  }

  /// The value's lines are the texts of a column, of which a screen says what is said of each by itself.
  private func check(_ field: CompiledField) {
    var texts = value.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(Self.mostRows)
    // The screen's are valid UTF-8.
    texts.removeAll { String(validating: $0, as: UTF8.self) == nil }
    let faulty = texts.map { text in !text.isEmpty && text.withUnsafeBufferPointer { field.check($0) } != nil }
    let sight = look(texts.map { Array($0) }, FieldScreen(field))
    for (row, text) in texts.enumerated() {
      precondition((sight.present >> UInt64(row) & 1 == 1) != text.isEmpty, "a screen that doesn't see what is there")
      precondition((sight.faulty >> UInt64(row) & 1 == 1) == faulty[row], "another fault at a screen than by itself")
    }
  }

  private func look(_ texts: [[UInt8]], _ screen: FieldScreen) -> FieldScreen.Sight {
    var bytes: [UInt8] = []
    var spans: [cscan_span] = []
    for text in texts {
      spans.append(cscan_span(start: UInt32(bytes.count), end: UInt32(bytes.count + text.count)))
      bytes += text
    }
    // What may be read past the last text.
    bytes += [UInt8](repeating: 0xFF, count: 64)
    var values = [Int64](repeating: 0, count: Self.mostRows)
    return bytes.withUnsafeBufferPointer { bytes in
      spans.withUnsafeBufferPointer { spans in
        let column = cscan_column(
          base: bytes.baseAddress, spans: spans.baseAddress, stride: 1, rows: spans.count, digest: nil)
        return screen.look(at: column, values: &values)
      }
    }
  }
}
