import BillModel

/// What a row that adds to a sum goes by.
enum SumBase: Hashable {
  /// The amount comes to what the API shows.
  case shown
  /// The same, and the mark of what was added last is gone.
  case unmarked
  /// The same, whatever mark is there: that was asked for.
  case others
  /// Later additions were taken back by a late request: the amount comes to this sum, as it was with them.
  case confirmed(Int64)
  /// The row's own addition was taken back so: the sum is set to this, as it was with it.
  case own(Int64)
  /// The row is in, by the ledger.
  case isIn
  /// Nobody can tell what the sum is to be: nothing is sent.
  case undecided(SumTrouble)
}

extension SumHistory {
  /// What a row goes by that leaves the mark `own`, where the sum shown (minor units) doesn't have it.
  ///
  /// `isInDoubt`: a request of the row may have been carried out, or may still be. `kind`: of the object whose sum it is.
  func base(shown: Int64, own mark: String, isInDoubt: Bool, of kind: ObjectKind) -> SumBase {
    if last?.mark == mark { return baseOfOwn(shown) }
    switch standing {
    case .last: return .shown
    case .unmarked:
      guard let last else { return .shown }
      if isInDoubt, last.total != shown { return .undecided(.markMissing) }
      return !takesOthers && isSetBack(shown, of: kind) ? .undecided(.setBack) : .unmarked
    case .older(let isExplained):
      if last?.total == shown { return .shown }
      guard isExplained, let total = last?.total else { return undecided(.takenBack, isInDoubt) }
      return .confirmed(total)
    case .unconfirmed: return undecided(.takenBack, isInDoubt)
    case .unknown: return undecided(.unknownMark, isInDoubt)
    }
  }

  /// The same of the row that was confirmed last.
  private func baseOfOwn(_ shown: Int64) -> SumBase {
    switch standing {
    case .last, .unmarked: return .isIn
    case .older(let isExplained):
      if last?.total == shown { return .isIn }
      guard isExplained, let total = last?.total else { return .undecided(.takenBack) }
      return .own(total)
    case .unconfirmed: return .undecided(.takenBack)
    case .unknown: return .undecided(.unknownMark)
    }
  }

  private func undecided(_ trouble: SumTrouble, _ isInDoubt: Bool) -> SumBase {
    takesOthers && !isInDoubt ? .others : .undecided(trouble)
  }

  /// Whether a sum is from before what was confirmed: payments of others make those of a bill more, and a balance less.
  private func isSetBack(_ shown: Int64, of kind: ObjectKind) -> Bool {
    guard let total = last?.total else { return false }
    return kind == .bill ? shown < total : shown > total
  }
}
