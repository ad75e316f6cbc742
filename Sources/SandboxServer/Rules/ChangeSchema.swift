import SchemaRules

/// The schema of what a PATCH may change, made from that of the whole object, so that every bound stands in one place.
enum ChangeSchema {
  /// Of a customer or an account: all but its reference and its customer, and nothing required.
  static func ofParty(_ whole: [UInt8]) -> [UInt8] {
    derive(whole) { properties in
      properties["external_reference"] = nil
      properties["customer"] = nil
    }
  }

  /// Of a bill: amount_paid with its currency, and metadata.
  static func ofBill(_ whole: [UInt8]) -> [UInt8] {
    derive(whole) { properties in
      let (currency, metadata) = (properties["currency"], properties["metadata"])
      properties = JSONObject()
      properties["amount_paid"] = amountPaid
      properties["currency"] = currency
      properties["metadata"] = metadata
    }
  }

  private static let amountPaid: JSONValue = {
    var rule = JSONObject()
    rule["type"] = .string("integer")
    rule["minimum"] = .integer(0)
    rule["maximum"] = .integer(99_999_999)
    return .object(rule)
  }()

  /// What has to be there in a whole object doesn't have to be in a change.
  private static func derive(_ whole: [UInt8], _ edit: (inout JSONObject) -> Void) -> [UInt8] {
    guard var schema = (try? JSONValue(parsing: whole))?.object else { return whole }
    for keyword in ["$id", "required", "oneOf", "anyOf", "allOf"] { schema[keyword] = nil }
    var properties = schema["properties"]?.object ?? JSONObject()
    edit(&properties)
    schema["properties"] = .object(properties)
    return JSONValue.object(schema).encoded
  }
}
