import BillModel
import Testing

@testable import BillSubmission

/// What a row that adds to a sum goes by, in every standing of the mark that the API shows.
@Suite struct SumBaseTests {
  /// The sum was 100 with what was added last, under the mark M2.
  private static func base(
    _ standing: SumHistory.Standing, shown: Int64 = 70, own mark: String = "M3", isInDoubt: Bool = false,
    takesOthers: Bool = false, last: SumHistory.Last? = SumHistory.Last(mark: "M2", total: 100, place: 2),
    of kind: ObjectKind = .bill
  ) -> SumBase {
    SumHistory(standing: standing, last: last, takesOthers: takesOthers)
      .base(shown: shown, own: mark, isInDoubt: isInDoubt, of: kind)
  }

  @Test func `what was added last is shown: whatever the sum is, others have moved it`() {
    for isInDoubt in [false, true] { #expect(Self.base(.last, isInDoubt: isInDoubt) == .shown) }
  }

  @Test func `rule 16: a late request took later additions back: they come from the ledger`() {
    for isInDoubt in [false, true] {
      #expect(Self.base(.older(isExplained: true), isInDoubt: isInDoubt) == .confirmed(100))
      #expect(Self.base(.older(isExplained: false), isInDoubt: isInDoubt) == .undecided(.takenBack))
      // Only the mark was put back, by a change of something else.
      #expect(Self.base(.older(isExplained: false), shown: 100, isInDoubt: isInDoubt) == .shown)
    }
    let unknown = SumHistory.Last(mark: "M2", total: nil, place: 2)
    #expect(Self.base(.older(isExplained: true), last: unknown) == .undecided(.takenBack))
  }

  @Test func `rule 16: another's mark, or one of ours that nothing confirmed, is no ground to add to`() {
    #expect(Self.base(.unknown) == .undecided(.unknownMark))
    #expect(Self.base(.unknown, last: nil) == .undecided(.unknownMark))
    #expect(Self.base(.unconfirmed) == .undecided(.takenBack))
    #expect(Self.base(.unconfirmed, last: nil) == .undecided(.takenBack))
  }

  @Test func `told to take other marks, it adds to what is shown, but for a row that is in doubt itself`() {
    for standing in [SumHistory.Standing.unknown, .unconfirmed, .older(isExplained: false)] {
      #expect(Self.base(standing, takesOthers: true) == .others)
      #expect(Self.base(standing, isInDoubt: true, takesOthers: true) != .others)
    }
    #expect(Self.base(.older(isExplained: true), takesOthers: true) == .confirmed(100))
  }

  @Test func `without a mark nothing was added so far, or somebody has removed it`() {
    #expect(Self.base(.unmarked, last: nil) == .shown)
    #expect(Self.base(.unmarked, isInDoubt: true, last: nil) == .shown)
    #expect(Self.base(.unmarked, shown: 130) == .unmarked)
    #expect(Self.base(.unmarked, shown: 100, isInDoubt: true) == .unmarked)
    #expect(Self.base(.unmarked, isInDoubt: true) == .undecided(.markMissing))
  }

  @Test func `rule 16: without a mark, a sum from before what was confirmed is no ground to add to`() {
    let kinds: [(ObjectKind, before: Int64, paidSince: Int64)] = [
      (.bill, 70, 130), (.customer, 130, 70), (.account, 130, 70),
    ]
    for (kind, before, paidSince) in kinds {
      #expect(Self.base(.unmarked, shown: before, of: kind) == .undecided(.setBack))
      #expect(Self.base(.unmarked, shown: before, takesOthers: true, of: kind) == .unmarked)
      #expect(Self.base(.unmarked, shown: paidSince, of: kind) == .unmarked)
    }
    #expect(Self.base(.unmarked, last: SumHistory.Last(mark: "M2", total: nil, place: 2)) == .unmarked)
  }

  @Test func `rule 16: a row that was confirmed is never added again`() {
    let standings: [SumHistory.Standing] = [
      .unmarked, .last, .older(isExplained: true), .older(isExplained: false), .unconfirmed, .unknown,
    ]
    let expected: [SumBase] = [
      .isIn, .isIn, .own(100), .undecided(.takenBack), .undecided(.takenBack), .undecided(.unknownMark),
    ]
    for (standing, base) in zip(standings, expected) {
      for takesOthers in [false, true] {
        #expect(Self.base(standing, own: "M2", takesOthers: takesOthers) == base, "\(standing)")
      }
    }
    #expect(Self.base(.older(isExplained: false), shown: 100, own: "M2") == .isIn)
  }
}
