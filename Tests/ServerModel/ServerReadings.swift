/// What the API's documentation leaves open, each way that it can be read.
package struct ServerReadings: Hashable, Sendable, CustomStringConvertible {
  /// What a nested object does whose reference exists.
  package enum Nested: String, CaseIterable, Sendable {
    /// 409, and nothing is made.
    case conflict
    /// The one that is there is taken as it is.
    case adopt
    /// The one that is there is taken, and its attributes are set.
    case update
    /// 422, and nothing is made.
    case refuse
  }

  /// What a known key with another body does.
  package enum ReusedKey: String, CaseIterable, Sendable {
    case conflict, refuse
    /// The stored answer comes back, whatever the body.
    case ignore
  }

  package var nested = Nested.conflict
  package var reusedKey = ReusedKey.conflict
  /// Whether a 429 is stored under its key.
  package var stores429 = false
  /// Whether a 401 is stored under its key.
  package var stores401 = false
  /// Whether everything is looked at before anything is made. Else a request that meets a conflict on its way leaves
  /// behind what it made before.
  package var looksAhead = true
  /// Whether a problem says what it is about.
  package var saysDetails = true
  /// Whether answers carry `Date`.
  package var tellsDate = true
  /// Whether a bill on an account shows its customer's id.
  package var showsCustomer = true

  package init() {}

  /// The readings that differ from the first ones.
  package var description: String {
    let plain = Self()
    var words: [String] = []
    if nested != plain.nested { words.append("nested=\(nested.rawValue)") }
    if reusedKey != plain.reusedKey { words.append("reused-key=\(reusedKey.rawValue)") }
    if stores429 { words.append("stored-429") }
    if stores401 { words.append("stored-401") }
    if !looksAhead { words.append("no-look-ahead") }
    if !saysDetails { words.append("vague") }
    if !tellsDate { words.append("no-date") }
    if !showsCustomer { words.append("no-customer-id") }
    return words.isEmpty ? "plain" : words.joined(separator: ",")
  }
}
