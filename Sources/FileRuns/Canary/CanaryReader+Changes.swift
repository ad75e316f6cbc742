import BillModel
import BillReports
import MomentAPI

/// Rows that change what is there, as the API has it afterwards.
extension CanaryReader {
  /// What a payment was to leave on its bill.
  func fields(_ payment: Payment, _ remote: RemoteBill) -> [Canary.Field] {
    var fields = [field("external_reference", payment.bill, remote.reference)]
    switch payment.meaning {
    case .total, .atFirst:
      fields.append(field("amount_paid", String(payment.amount), remote.amountPaid.map { "\($0)" }))
    case .added(let reference):
      fields.append(metadata(Payment.metadataKey, reference, remote.metadata))
    }
    return fields + [field("currency", payment.currency.description, remote.currency?.description)]
      + metadata(payment.metadata, remote.metadata)
  }

  /// That a bill is voided.
  func fields(_ bill: VoidedBill, _ remote: RemoteBill) -> [Canary.Field] {
    [field("status", "voided", remote.status.map { "\($0)" })]
  }

  /// What a customer or an account was to become. Of persons only whether it is so.
  func fields(_ values: PartyValues, _ remote: RemoteObject) -> [Canary.Field] {
    let others = remote.deviations(from: values)
    var fields = [field("external_reference", values.key.reference, remote.reference)]
    for (name, value) in [("name", values.name), ("email", values.email), ("phone", values.phone)] where value != nil {
      fields.append(field(name, "the row's", others.contains(name) ? "another" : "the row's"))
    }
    if let currency = values.currency {
      fields.append(field("currency", currency.description, others.contains("currency") ? nil : currency.description))
    }
    if let balance = values.balance { fields.append(field("balance", "\(balance)", remote.balance.map { "\($0)" })) }
    return fields + metadata(values.metadata, remote.metadata)
  }

  /// What was added to a balance: that it is in. What the balance was before isn't known any more.
  func fields(_ credit: Credit, _ remote: RemoteObject) -> [Canary.Field] {
    [
      field("external_reference", credit.party.key.reference, remote.reference),
      metadata(Credit.metadataKey, credit.reference, remote.metadata),
    ]
  }

  private func metadata(_ asked: Metadata, _ found: [String: String]) -> [Canary.Field] {
    asked.pairs.map { metadata($0.key, $0.value, found) }
  }

  private func metadata(_ key: String, _ asked: String, _ found: [String: String]) -> Canary.Field {
    let isSame = found[key] == asked
    return Canary.Field(
      name: "metadata.\(key)", asked: asked, found: SanitisedText.shown(found[key], asked: asked), isSame: isSame)
  }

  private func field(_ name: String, _ asked: String, _ found: String?) -> Canary.Field {
    Canary.Field(name: name, asked: asked, found: found, isSame: asked == found)
  }
}
