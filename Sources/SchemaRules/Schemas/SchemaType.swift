/// The types of JSON Schema. An integer is a number without a fraction, `1.0` too.
enum SchemaType: String, Sendable {
  case null, boolean, integer, number, string, array, object

  func admits(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.null, .null), (.boolean, .bool), (.integer, .integer), (.number, .integer), (.number, .decimal),
      (.string, .string), (.array, .array), (.object, .object):
      true
    case (.integer, .decimal(let number)): number.isIntegral
    default: false
    }
  }
}
