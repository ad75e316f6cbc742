import SchemaRules

/// How a request says whose an account or a bill is.
enum CustomerChoice {
  /// An id, or where that is taken an external reference.
  case named(String)
  /// To be created on the way.
  case new(CustomerDraft)

  init(_ value: JSONValue, at pointer: String) throws(Problem) {
    if let name = value.string {
      self = .named(name)
    } else {
      self = .new(try CustomerDraft(value, at: pointer))
    }
  }
}
