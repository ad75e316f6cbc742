import BillModel
import MomentAPI

/// What the party shows.
extension CreditMachine {
  mutating func look(_ question: Look) -> SubmissionStep {
    phase = .looking(question)
    return SubmissionStep(.getParty(credit.party.key))
  }

  /// What an answer to a GET means.
  mutating func looked(_ question: Look, _ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .found(.customer(let party)) where credit.party.key.kind == .customer:
      return found(.customer(party), balance: party.balance, currency: party.currency, question)
    case .found(.account(let party)) where credit.party.key.kind == .account:
      return found(.account(party), balance: party.balance, currency: party.currency, question)
    case .notFound: return absent(question)
    case .found, .accepted, .throttled, .unauthorised, .transient, .unreadable, .refused, .conflict:
      return unanswered(question, answer, context)
    }
  }

  private mutating func absent(_ question: Look) -> SubmissionStep {
    switch question {
    case .before:
      guard credit.party.key.kind == .customer || credit.party.owner != nil else {
        return end(
          .refused, field: "account.customer.external_reference",
          "the API has no account of this reference, and the row doesn't say whose it would be", by: .lookup)
      }
      if let other = credit.party.currency, other != credit.currency {
        return end(.conflict, field: "currency", "the row says that the party is in \(other)", by: .lookup)
      }
      let next = withdrawal(to: ownAttempt > 0 ? ownEpoch + 1 : ownEpoch)
      phase = .ended
      return SubmissionStep(.make(next, holdsIntent: hasIntent))
    case .last: return settle(.conflict, "it was sent, and the API doesn't know the party any more", by: .lookup)
    case .only: return giveUp("the API doesn't have it so far, and the request can be sent again")
    }
  }

  private mutating func found(
    _ party: RemoteObject, balance: Int64?, currency: CurrencyCode?, _ question: Look
  ) -> SubmissionStep {
    let isIn = party.metadata[Credit.metadataKey] == credit.reference
    switch question {
    // By a request of ours that is in doubt, or else by nobody of this run.
    case .before where isIn:
      return end(
        doubt != nil ? .updated : mayHaveMade ? .created : .unchanged, id: party.id, shown: balance, by: .lookup)
    case .before: return add(to: party, balance ?? 0, currency)
    case .last where isIn: return settle(.updated, moved(balance), id: party.id, shown: balance, by: .lookup)
    case .last:
      return settle(
        .conflict, field: "balance",
        "it was added again after its answer was lost, and at the end of the file the party doesn't show that it is in: "
          + "compare its balance", id: party.id, by: .lookup)
    case .only where isIn: return settle(mayHaveMade ? .created : .updated, id: party.id, shown: balance, by: .lookup)
    case .only: return giveUp("the balance doesn't have it so far, and it can be sent again")
    }
  }

  /// What is to be said of a balance that isn't what was set: the amount is in it, and something moved it since.
  private func moved(_ balance: Int64?) -> String? {
    guard let total, let balance, balance != total else { return nil }
    return
      "it is in; the balance was set to \(money(total)), and is \(money(balance)) at the end of the file: a payment "
      + "moved it, or a request that was lost landed late"
  }

  private mutating func add(to party: RemoteObject, _ balance: Int64, _ currency: CurrencyCode?) -> SubmissionStep {
    if case .account(let account) = party, let theirs = account.customerReference,
      let ours = credit.party.owner?.reference,
      theirs != ours
    {
      return end(
        .conflict, field: "account.customer.external_reference",
        "the account exists, and belongs to another customer than the row says", id: party.id, by: .lookup)
    }
    if let currency, currency != credit.currency {
      return end(.conflict, field: "currency", "the balance is in \(currency)", id: party.id, by: .lookup)
    }
    let (total, isTooLarge) = balance.addingReportingOverflow(credit.amount)
    guard !isTooLarge else {
      return end(.conflict, field: "balance", "the balance can't be added to", id: party.id, by: .lookup)
    }
    theirs = party.metadata
    return send(total)
  }

  /// The API took it: an answer that shows other values than were sent contradicts itself.
  mutating func hasNow(_ party: RemoteObject) -> SubmissionStep {
    guard let total else { return end(.updated, id: party.id, by: .answer) }
    let left = party.deviations(from: credit.change(to: total, keeping: theirs))
    guard left.isEmpty else {
      return end(
        .conflict, field: "balance", "the API took it, and shows other values in \(left.joined(separator: ", "))",
        id: party.id, by: .answer)
    }
    return end(.updated, id: party.id, shown: total, by: .answer)
  }
}
