/// Customers, accounts and bills, with their texts and the index of their references.
struct ObjectStore {
  var arena = ByteArena()
  private(set) var ids: ObjectIDs
  var customers: [CustomerRecord] = []
  var accounts: [AccountRecord] = []
  var bills: [BillRecord] = []
  /// Metadata with which a bill was created, for those that were changed since.
  private(set) var originalMetadata: [UInt32: ByteSpan] = [:]
  private var indexes = ObjectKind.allCases.map { _ in HashIndex() }

  init(seed: UInt64) { ids = ObjectIDs(seed: seed) }

  /// The object of that kind with this external reference.
  func find(_ kind: ObjectKind, reference: String) -> UInt32? {
    indexes[Int(kind.rawValue)].find(ByteHash.of(reference.utf8)) {
      arena.holds(reference, at: referenceSpan(kind, $0))
    }
  }

  /// The object of that kind with this id.
  func find(_ kind: ObjectKind, id: String) -> UInt32? {
    guard let serial = ids.serial(kind, id), serial < count(kind) else { return nil }
    return serial
  }

  /// The object that the last part of a path names: an id where it begins as one, else an external reference.
  func find(_ kind: ObjectKind, named name: String) -> UInt32? {
    name.hasPrefix(kind.prefix) ? find(kind, id: name) : find(kind, reference: name)
  }

  func count(_ kind: ObjectKind) -> Int {
    switch kind {
    case .customer: customers.count
    case .account: accounts.count
    case .bill: bills.count
    }
  }

  func reference(_ kind: ObjectKind, _ serial: UInt32) -> ArraySlice<UInt8> {
    arena.bytes(referenceSpan(kind, serial))
  }

  mutating func add(_ record: CustomerRecord) -> UInt32 {
    customers.append(record)
    return indexed(.customer, record.reference)
  }

  mutating func add(_ record: AccountRecord) -> UInt32 {
    accounts.append(record)
    return indexed(.account, record.reference)
  }

  mutating func add(_ record: BillRecord) -> UInt32 {
    bills.append(record)
    return indexed(.bill, record.reference)
  }

  /// Changes a bill's metadata; what it was created with stays known, for the answer stored under its key.
  mutating func setMetadata(_ metadata: ByteSpan, ofBill serial: UInt32) {
    if originalMetadata[serial] == nil { originalMetadata[serial] = bills[Int(serial)].metadata }
    bills[Int(serial)].metadata = metadata
  }

  /// The bill as it was when it was created.
  func originalBill(_ serial: UInt32) -> BillRecord {
    var record = bills[Int(serial)]
    record.amountPaid = 0
    record.status = .unpaid
    if let metadata = originalMetadata[serial] { record.metadata = metadata }
    return record
  }

  private mutating func indexed(_ kind: ObjectKind, _ span: ByteSpan) -> UInt32 {
    let serial = UInt32(count(kind) - 1)
    indexes[Int(kind.rawValue)].insert(ByteHash.of(arena.bytes(span)), serial: serial)
    return serial
  }

  private func referenceSpan(_ kind: ObjectKind, _ serial: UInt32) -> ByteSpan {
    switch kind {
    case .customer: customers[Int(serial)].reference
    case .account: accounts[Int(serial)].reference
    case .bill: bills[Int(serial)].reference
    }
  }
}
