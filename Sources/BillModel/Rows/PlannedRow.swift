/// What a plan foresees of a row. The raw value is the letter by which a plan's file has it, in ASCII.
package enum PlannedRow: UInt8, CaseIterable, Sendable {
  /// The bill is created, and with it its customer, and its account where it has one.
  case createdWithCustomer = 0x6E  // n
  /// The bill is created, and with it its account, under a customer that is there.
  case createdWithAccount = 0x61  // a
  /// The bill is created, on a party that is there by then.
  case created = 0x63  // c
  /// What is there is changed as the row asks.
  case updated = 0x65  // e
  /// The bill is voided, which can't be undone.
  case voids = 0x7A  // z
  /// The bill is voided, which can't be undone, and raised again as the row has it.
  case corrects = 0x79  // y
  /// The bill is there, the same, and unpaid.
  case unchanged = 0x75  // u
  /// The bill is there, the same, and paid in part or whole.
  case paid = 0x70  // p
  /// The ledger has the bill as the row asks for it, and the API wasn't asked: it may be paid by now.
  case known = 0x6B  // k
  /// The bill is there, and different.
  case conflict = 0x78  // x
  /// The bill is there, and voided.
  case voided = 0x76  // v
  /// The row's account is another customer's: nothing is sent.
  case otherCustomer = 0x6F  // o
  /// By the ledger another file made the bill, and the API doesn't have it.
  case lost = 0x67  // g
  /// The API would say no: a party that the ledger knows isn't there any more.
  case refused = 0x66  // f
  /// Our rules say no.
  case rejected = 0x72  // r
  /// Nothing is asked for, by a rule of the layout.
  case skipped = 0x73  // s
  /// It would not be sent: the fate of another row, which holds its bill or a party, isn't known.
  case notSent = 0x62  // b
  /// An earlier run of the file has settled it.
  case settled = 0x64  // d

  /// What the row would end as; `nil` where the ledger has that.
  package var outcome: RowOutcome? {
    switch self {
    case .createdWithCustomer, .createdWithAccount, .created: .created
    case .updated, .voids, .corrects: .updated
    case .unchanged, .paid, .known: .unchanged
    case .conflict, .voided, .otherCustomer, .lost: .conflict
    case .refused: .refused
    case .rejected: .rejected
    case .skipped: .skipped
    case .notSent: .notSent
    case .settled: nil
    }
  }

  /// Whether the row's bill is there already, by the API or the ledger: then nothing is sent for it.
  package var findsBill: Bool {
    switch self {
    case .unchanged, .paid, .known, .conflict, .voided, .lost: true
    case .createdWithCustomer, .createdWithAccount, .created, .updated, .voids, .corrects, .otherCustomer, .refused,
      .rejected, .skipped, .notSent, .settled:
      false
    }
  }

  /// Whether something is sent for the row.
  package var sends: Bool {
    switch self {
    case .createdWithCustomer, .createdWithAccount, .created, .updated, .voids, .corrects, .refused: true
    case .unchanged, .paid, .known, .conflict, .voided, .otherCustomer, .lost, .rejected, .skipped, .notSent, .settled:
      false
    }
  }

  /// A row of a bill that would be sent in this form. (A change is no form of a bill.)
  package init(sentAs form: BodyForm) {
    switch form {
    case .nested: self = .createdWithCustomer
    case .accountUnder: self = .createdWithAccount
    case .account, .customer, .change: self = .created
    }
  }
}
