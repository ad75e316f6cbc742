package import BillModel

extension BillComparison {
  /// Compares reference, currency, amount_due, bill_date, due_date, party (by its reference) and whether our metadata
  /// are contained in theirs.
  ///
  /// A bill_date that the row doesn't give isn't compared: the server sets its own day. Of a party described by the
  /// row the reference is what counts: by the reference that came with the bill, else by the id that `evidence` knows
  /// for it. The customer above an account isn't compared here: an account has one, and who adopts it checks that.
  package init(of remote: RemoteBill, with bill: Bill, evidence: PartyEvidence = PartyEvidence()) {
    if remote.status == .voided {
      self = .voided
      return
    }
    let party = PartyMatch(of: remote, with: bill.party, evidence: evidence)
    var fields: [String] = []
    if remote.reference != bill.reference { fields.append("external_reference") }
    if remote.currency != bill.currency { fields.append("currency") }
    if remote.amountDue != bill.amountDue { fields.append("amount_due") }
    if bill.billDate != nil, remote.billDate != bill.billDate { fields.append("bill_date") }
    if remote.dueDate != bill.dueDate { fields.append("due_date") }
    if case .different(let field) = party { fields.append(field) }
    fields += bill.metadata.pairs.filter { remote.metadata[$0.key] != $0.value }.map { "metadata.\($0.key)" }
    if !fields.isEmpty {
      self = .differs(fields)
    } else if party == .unknown {
      self = .partyUnknown
    } else {
      self = remote.isPaidOrPartPaid ? .samePaid : .same
    }
  }
}
