import BillModel

extension FindingCount {
  /// Whether a report tells it first: a bill that is gone comes before all, then what comes first in the file.
  func isToldBefore(_ other: Self) -> Bool {
    guard (code == .correctVoidedNotRaised) == (other.code == .correctVoidedNotRaised) else {
      return code == .correctVoidedNotRaised
    }
    return firstRecord < other.firstRecord
  }
}
