import SchemaRules

/// What customers and accounts have beside their reference; nil where a request doesn't give it.
struct PartyAttributes {
  let name: String?
  let email: String?
  let phone: String?
  let currency: CurrencyTag?
  let balance: Int64?
  let metadata: JSONObject?

  /// Beyond it numbers of JSON lose digits on their way through many parsers.
  private static let largestBalance: Int64 = 9_007_199_254_740_991

  init(_ object: JSONObject, at pointer: String) throws(Problem) {
    name = object["name"]?.string
    email = object["email"]?.string
    phone = object["phone"]?.string
    balance = object["balance"]?.integer
    metadata = object["metadata"]?.object
    let range = -Self.largestBalance...Self.largestBalance
    if object["balance"] != nil, balance.map(range.contains) != true {
      throw Problem(400, "balance is out of range", at: pointer + "/balance")
    }
    currency = object["currency"]?.string.flatMap(CurrencyTag.init)
    if balance != nil && currency == nil {
      throw Problem(400, "currency must come with balance", at: pointer + "/currency")
    }
  }
}

/// The text of a required member.
func text(_ object: JSONObject, _ key: String, at pointer: String) throws(Problem) -> String {
  guard let text = object[key]?.string, !text.isEmpty else {
    throw Problem(400, "\(key) is required", at: pointer + "/" + key)
  }
  return text
}
