import BillModel

extension FindingCount {
  /// Whether a report tells it first: a bill that is gone, or may be, comes before all, then money that was taken back, then what comes
  /// first in the file.
  func isToldBefore(_ other: Self) -> Bool {
    (rank, firstRecord) < (other.rank, other.firstRecord)
  }

  private var rank: Int {
    switch code {
    case .correctVoidedNotRaised, .correctVoidUnclear: 0
    case .balanceTakenBack, .paymentTakenBack: 1
    case .balanceUnknownMark, .paymentUnknownMark, .balanceMarkMissing, .paymentMarkMissing: 2
    default: 3
    }
  }
}
