/// What people are told of a standing.
extension ReconcileStanding {
  /// A heading.
  package var words: String {
    switch self {
    case .unreadable: "Events that can't be gone by"
    case .unknown: "Paid towards something unknown"
    case .ambiguous: "Fits several bills"
    case .missingEvent: "Paid, and no event told of it"
    case .notAtAPI: "Told by events, and not at the API"
    case .notInReport: "Told by events, and not in Moment's report"
    case .reportDiffers: "Reported otherwise than events tell"
    case .changed: "Otherwise at the API than in the ledger"
    case .voided: "Paid on a voided bill"
    case .overpaid: "Paid more than due"
    case .refund: "Refunded"
    case .partPaid: "Paid in part"
    case .paid: "Paid"
    case .onBalance: "Paid towards a balance"
    }
  }
}
