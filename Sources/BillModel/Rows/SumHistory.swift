/// What the ledger knows of a sum that rows add to, held against what the API shows of it.
package struct SumHistory: Hashable, Sendable {
  /// What the mark is that the API shows beside the sum.
  package enum Standing: Hashable, Sendable {
    /// It shows none.
    case unmarked
    /// That of the addition which was confirmed last.
    case last
    /// Of an addition before that one, or before the sum was set as a whole since. `isExplained`: a request of ours has
    /// set just what is shown, with this mark.
    case older(isExplained: Bool)
    /// Of an addition that was sent since, and that no answer has confirmed.
    case unconfirmed
    /// Of no addition that the ledger has.
    case unknown
  }

  /// The addition that was confirmed last, with what the sum was set to as a whole since.
  package struct Last: Hashable, Sendable {
    /// `nil` for one from before marks were kept.
    package var mark: String?
    /// What the sum was with it, in minor units; `nil` where that isn't known.
    package var total: Int64?
    /// Which one it was of this sum, from 1; what sets the sum as a whole counts too.
    package var place: Int
    /// Whether a request to the sum was ever lost: none can land late else.
    package var isDoubted: Bool

    package init(mark: String?, total: Int64?, place: Int, isDoubted: Bool = false) {
      self.mark = mark
      self.total = total
      self.place = place
      self.isDoubted = isDoubted
    }
  }

  package var standing: Standing
  /// Which addition to the sum the shown one is, as `Last.place`; `nil` where the ledger can't tell.
  package var shownPlace: Int?
  /// `nil` where the ledger has no addition to this sum.
  package var last: Last?
  /// What another row has added under the mark of the one that asks; `nil` where none has.
  package var earlier: Addition?
  /// Whether a mark that isn't ours, or a sum that can't be told, is taken as it is shown.
  package var takesOthers: Bool
  /// Whether what became of another row's change of the object isn't known: the sum may be with it, or without.
  package var isClaimed = false

  package init(
    standing: Standing = .unmarked, shownPlace: Int? = nil, last: Last? = nil, earlier: Addition? = nil,
    takesOthers: Bool = false
  ) {
    self.standing = standing
    self.shownPlace = shownPlace
    self.last = last
    self.earlier = earlier
    self.takesOthers = takesOthers
  }
}
