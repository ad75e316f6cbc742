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
      return found(.customer(party), balance: party.balance, currency: party.currency, question, context)
    case .found(.account(let party)) where credit.party.key.kind == .account:
      return found(.account(party), balance: party.balance, currency: party.currency, question, context)
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
    _ party: RemoteObject, balance: Int64?, currency: CurrencyCode?, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    let history = context.history
    let isIn = party.metadata[Credit.metadataKey] == credit.reference
    switch question {
    case .before where isWithoutEffect && history.earlier != nil: return addedBefore(history, party)
    case .before where isWithoutEffect && history.isClaimed: return giveUp(SumTrouble.isClaimed)
    case .before where isIn: return self.isIn(party, balance, history)
    case .before:
      let base = base(balance ?? 0, isInDoubt: doubt != nil, history)
      return reread(base, before: .before, context) ?? add(to: party, balance ?? 0, currency, history)
    case .last where isIn && settledAs != nil: return lastOfSettled(party, balance ?? 0, history)
    case .last where isIn:
      return confirming(
        settle(changed, moved(balance), id: party.id, shown: balance, by: .lookup), balance ?? total)
    case .last: return lastWithout(party, balance ?? 0, context)
    case .only where isIn: return settle(mayHaveMade ? .created : .updated, id: party.id, shown: balance, by: .lookup)
    case .only: return giveUp("the balance doesn't have it so far, and it can be sent again")
    }
  }

  /// Another row has this reference on this balance, by the ledger: it is not added again, whatever came after it.
  private mutating func addedBefore(_ history: SumHistory, _ party: RemoteObject) -> SubmissionStep {
    let isSame = history.earlier?.amount == credit.amount && history.earlier?.currency == credit.currency
    return isSame
      ? end(.unchanged, "another row added it to the balance before, by the ledger", id: party.id, by: .ledger)
      : end(
        .conflict, field: "external_reference", "another row has used this reference for something else, by the ledger",
        id: party.id, by: .ledger)
  }

  /// What the row goes by.
  func base(_ balance: Int64, isInDoubt: Bool, _ history: SumHistory) -> SumBase {
    history.base(
      shown: balance, own: credit.reference, isInDoubt: isInDoubt, of: ObjectKind(credit.party.key.kind))
  }

  /// The mark of a settled row is there: the balance may be from before it was set as a whole.
  private mutating func lastOfSettled(
    _ party: RemoteObject, _ balance: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    guard case .own(let sum) = base(balance, isInDoubt: true, history) else {
      return stands()
    }
    return putBack(party, balance, sum, history)
  }

  /// Another ledger has added this row, of whatever amount: it is never added again.
  private mutating func carried(_ party: RemoteObject, _ history: SumHistory) -> SubmissionStep {
    end(
      history.takesOthers ? .unchanged : .conflict, code: .balanceUnknownMark, field: "external_reference",
      SumTrouble.carried(by: credit.party.key.kind.rawValue), id: party.id, by: .lookup)
  }

  /// The balance has the row: by a request of ours that is in doubt, or else by nobody of this run.
  private mutating func isIn(_ party: RemoteObject, _ balance: Int64?, _ history: SumHistory) -> SubmissionStep {
    if history.standing == .unknown, attempts == 0 { return carried(party, history) }
    let outcome: RowOutcome = doubt != nil ? changed : mayHaveMade ? .created : .unchanged
    let isOurs = history.standing != .unknown && history.standing != .unmarked
    return confirming(
      end(outcome, id: party.id, shown: balance, by: .lookup), isOurs || hasIntent ? balance ?? total : nil)
  }

  /// The party doesn't show at the end of the file that the row is in.
  private mutating func lastWithout(
    _ party: RemoteObject, _ balance: Int64, _ context: SubmissionContext
  ) -> SubmissionStep {
    let history = context.history
    switch base(balance, isInDoubt: true, history) {
    case .own(let sum): return putBack(party, balance, sum, history)
    case .isIn: return settledAs == nil ? settle(changed, id: party.id, shown: balance, by: .lookup) : stands()
    // What another ledger adds after the row is nothing of the row's.
    case .undecided(.unknownMark) where settledAs != nil: return stands()
    case .undecided(.unknownMark) where doubt?.isOver(context) == false: return giveUp(SumTrouble.mayStillLand)
    case .undecided(let trouble): return settle(trouble, party, balance, history)
    case .shown, .unmarked, .others, .confirmed:
      guard settledAs == nil else { return stands() }
      if doubt?.isOver(context) == false { return giveUp(SumTrouble.mayComeYet) }
      return settle(
        .conflict, field: "balance",
        "its answer was lost, and at the end of the file the party doesn't show that it is in: compare its balance",
        id: party.id, by: .lookup)
    }
  }

  private mutating func settle(
    _ trouble: SumTrouble, _ party: RemoteObject, _ balance: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    settle(
      .conflict, code: trouble.code(ObjectKind(credit.party.key.kind)), field: "balance",
      words(trouble, party, balance, history), id: party.id, by: .lookup)
  }

  /// What is to be said of a balance that isn't what was set: the amount is in it, and something moved it since.
  private func moved(_ balance: Int64?) -> String? {
    guard let total, let balance, balance != total else { return nil }
    return
      "it is in; the balance was set to \(money(total)), and is \(money(balance)) at the end of the file: a payment "
      + "moved it, or a request that was lost landed late"
  }

  /// What a row that is sent again was stays so.
  var changed: RowOutcome { becomes == .created ? .created : .updated }

  /// The API took it: an answer that shows other values than were sent contradicts itself.
  mutating func hasNow(_ party: RemoteObject) -> SubmissionStep {
    guard let total else { return end(changed, id: party.id, by: .answer) }
    let left = party.deviations(from: credit.change(to: total, keeping: theirs))
    guard left.isEmpty else {
      return end(
        .conflict, field: "balance", "the API took it, and shows other values in \(left.joined(separator: ", "))",
        id: party.id, by: .answer)
    }
    return confirming(end(changed, id: party.id, shown: total, by: .answer), total)
  }
}
