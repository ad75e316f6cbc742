import BillReports
import SchemaRules

/// A receipt against the one that file and ledger make now.
struct ReceiptComparison {
  let file: ReceiptFile
  let receipt: Receipt
  let key: ReceiptKey?

  /// What the signature is worth.
  var signature: ReceiptVerdict.Signature {
    switch (file.keyName, key) {
    case (nil, nil): .none
    case (nil, .some): .bad
    case (let name?, nil): .unchecked(key: name)
    case (.some, let key?): file.bytes == receipt.text(signedBy: key) ? .good(key: key.name) : .bad
    }
  }

  /// What doesn't fit, a sentence each.
  var problems: [String] {
    var found = differing(file.value, try? JSONValue(parsing: receipt.text(signedBy: nil)))
    let isSameBody = file.unsigned == receipt.text(signedBy: nil)
    if found.isEmpty, !isSameBody {
      found.append("The receipt's bytes are not as they were written, though what they say is the same.")
    }
    guard signature == .bad else { return found }
    switch (file.keyName, key?.name) {
    case (nil, _): found.append("The receipt is not signed, and a key was given to check it with.")
    case (let name?, let given?) where name != given:
      found.append("The receipt was signed with another key (\(name)) than the one given (\(given)).")
    default: if isSameBody { found.append("The signature is not that of the key given.") }
    }
    return found
  }

  /// The members that say something else, by their names.
  private func differing(_ said: JSONValue?, _ found: JSONValue?, _ place: String = "") -> [String] {
    if case .object(let left)? = said, case .object(let right)? = found {
      let names = right.members.map(\.key) + left.members.map(\.key).filter { right[$0] == nil }
      return names.filter { !place.isEmpty || $0 != "signature" }.flatMap { name in
        differing(left[name], right[name], place.isEmpty ? name : "\(place).\(name)")
      }
    }
    guard said != found else { return [] }
    return ["\(place): the receipt says \(Self.words(said)), file and ledger \(Self.words(found))."]
  }

  private static func words(_ value: JSONValue?) -> String {
    guard let value else { return "nothing" }
    let text = String(decoding: value.encoded, as: UTF8.self)
    return text.count > 80 ? text.prefix(79) + "…" : text
  }
}
