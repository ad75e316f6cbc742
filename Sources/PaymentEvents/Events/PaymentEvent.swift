import BillModel
package import Hashing
import SchemaRules

/// An event, read from its body.
package struct PaymentEvent: Hashable, Sendable {
  /// What an event is for us.
  package enum Content: Hashable, Sendable {
    case applied(AppliedAmount)
    /// An event of another type, which says nothing of money that came.
    case other(type: String)
    /// A body that can't be read as an event; why.
    case unreadable(String)
  }

  /// `evt_…`; empty where it can't be read.
  package var id: String
  package var content: Content

  /// The type of the events that we go by.
  package static let appliedType = "obligation.amount_applied"
  /// Most minor units of an amount, an event's and any other that Moment tells of: ten thousand times what a bill can ask
  /// for, and so few that no store of events, nor any file that fits a machine, holds as many as leave `Int64` in a sum.
  package static let mostAmount: Int64 = 1_000_000_000_000

  package init(body: [UInt8]) {
    guard let object = (try? JSONValue(parsing: body))?.object else {
      self.init(id: "", .unreadable("it is not a JSON object"))
      return
    }
    guard let id = object["id"]?.string, Self.isName(id) else {
      self.init(id: "", .unreadable("it has no id"))
      return
    }
    self.init(id: id, Self.content(object))
  }

  private init(id: String, _ content: Content) {
    self.id = id
    self.content = content
  }

  private static func content(_ object: JSONObject) -> Content {
    guard let type = object["type"]?.string, isName(type) else { return .unreadable("it has no type") }
    guard type == appliedType else { return .other(type: type) }
    guard let data = object["data"]?.object else { return .unreadable("it has no data") }
    return applied(data)
  }

  private static func applied(_ data: JSONObject) -> Content {
    guard let amount = data["amount"]?.integer, (1...mostAmount).contains(amount) else {
      return .unreadable("its amount is no integer above 0")
    }
    guard let currency = data["currency"]?.string.flatMap({ CurrencyCode($0) }) else {
      return .unreadable("its currency is not three letters")
    }
    var names: [String?] = []
    for (key, prefix) in [("bill_id", "bill_"), ("account_id", "bacc_"), ("customer_id", "bcus_")] {
      guard let value = data[key], value != .null else {
        names.append(nil)
        continue
      }
      guard let name = value.string, name.hasPrefix(prefix), isName(name) else {
        return .unreadable("its \(key) is not \(prefix) and letters or digits")
      }
      names.append(name)
    }
    guard names.contains(where: { $0 != nil }) else {
      return .unreadable("it names neither bill, account nor customer")
    }
    func word(_ key: String) -> String? { data[key]?.string.flatMap { isName($0) ? $0 : nil } }
    return .applied(
      AppliedAmount(
        obligation: word("id"), payment: word("payment_id"), amount: amount, currency: currency, bill: names[0],
        account: names[1], customer: names[2], createdAt: data["created_at"]?.string.flatMap { WallTime(rfc3339: $0) }))
  }

  /// What two deliveries of one event must have in common: a digest of what counts, or of the body where nothing does.
  package func contentDigest(body: [UInt8]) -> SHA256Digest {
    let hasher = SHA256Hasher()
    guard case .applied(let applied) = content else {
      hasher.update(body)
      return hasher.finish()
    }
    for part in [
      id, String(applied.amount), applied.currency.description, applied.bill ?? "", applied.account ?? "",
      applied.customer ?? "", applied.payment ?? "",
    ] {
      hasher.updateLengthPrefixed(part)
    }
    return hasher.finish()
  }

  /// 1 to 255 of what ids and types are made of.
  private static func isName(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 0x20) || "_-.".utf8.contains($0) }
  }
}
