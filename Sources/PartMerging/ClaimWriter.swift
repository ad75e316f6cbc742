package import BillIntake
import BillLayouts
import BillModel
package import DurableFiles
import Hashing

/// Writes `references.bin`: what the rows of a part claim, so that parts can be compared without their rows.
///
/// A header, then runs (kind and count, 8 bytes each, and so many sorted entries), then a run of kind 255 with the
/// SHA-256 of all before it. Integers are little-endian. A run has at most 2²⁰ entries: so much memory is needed. What
/// stands in it are digests, of which no reference can be read; but who has a reference can look whether it is there.
package final class ClaimWriter {
  /// Why it can't be written.
  package enum Fault: Error {
    case intake(IntakeError)
    case file(FileError)
  }

  /// The run that ends a file.
  static let endKind: UInt64 = 255

  private let mostEntries: Int
  private let file: AtomicFile
  private let digest = SHA256Hasher()
  private let hasher = SHA256Hasher()
  private var claims: [PartClaim] = []
  private var owners: [PartOwner] = []
  private var runs: UInt64 = 0

  init(folder: String, header: ClaimHeader, mostEntries: Int = 1 << 20) throws(FileError) {
    file = try AtomicFile(path: folder + "/" + ClaimHeader.fileName)
    self.mostEntries = mostEntries
    try write(header.bytes)
  }

  /// Writes the claims of a checked file of bills into the folder of its report.
  package static func write(_ check: FileCheck, of intake: Intake, into folder: String) throws(Fault) {
    let header = ClaimHeader(file: check.digest, layout: check.layout.digest, duplicates: check.layout.duplicates)
    let writer: ClaimWriter
    do throws(FileError) { writer = try ClaimWriter(folder: folder, header: header) } catch { throw .file(error) }
    var rows = intake.rows(check, tellsValues: true)
    while true {
      let next: [IntakeRow]
      do throws(IntakeError) { next = try rows.next(limit: 512) } catch { throw .intake(error) }
      if next.isEmpty { break }
      do throws(FileError) {
        for (index, row) in next.enumerated() { try writer.add(row, values: rows.values(at: index)) }
      } catch {
        throw .file(error)
      }
    }
    do throws(FileError) { try writer.finish() } catch { throw .file(error) }
  }

  /// Adds a row, with the values of its fields.
  func add(_ row: IntakeRow, values: [UInt8]) throws(FileError) {
    let record = UInt32(row.record)
    switch row {
    case .operation(_, _, let operation):
      claims.append(
        PartClaim(
          key: PartKey(operation.reference, hasher), row: PartKey(values, hasher).high,
          holding: holding(operation, record), amount: operation.money?.amount ?? 0, record: record,
          currency: operation.money?.currency, stands: true))
    case .rejected(let rejected):
      guard let reference = rejected.reference, !reference.isEmpty else { return }
      claims.append(
        PartClaim(
          key: PartKey(reference, hasher), row: PartKey(values, hasher).high, holding: 0,
          amount: rejected.money?.amount ?? 0, record: record, currency: rejected.money?.currency, stands: false))
    }
    if claims.count >= mostEntries { try flush() }
  }

  /// Notes whose account the row is about; 0 where it is about none.
  private func holding(_ operation: BillOperation, _ record: UInt32) -> UInt64 {
    let names: (account: String, customer: String)
    switch (operation.bill?.party, operation) {
    case (.account(let account), _): names = (account.reference, account.customer.reference)
    case (_, .credit(let credit)):
      guard credit.party.key.kind == .account, let owner = credit.party.owner else { return 0 }
      names = (credit.party.key.reference, owner.reference)
    default: return 0
    }
    let owner = PartOwner(
      key: PartKey(names.account, hasher), customer: PartKey(names.customer, hasher).high, record: record)
    owners.append(owner)
    return owner.holding
  }

  /// Makes the file whole.
  func finish() throws(FileError) {
    try flush()
    var end: [UInt8] = []
    end.append(integer: Self.endKind)
    end.append(integer: runs)
    try write(end)
    try file.write(digest.finish().bytes)
    try file.commit()
  }

  private func flush() throws(FileError) {
    claims.sort(by: PartClaim.precedes)
    try writeRun(claims)
    claims.removeAll(keepingCapacity: true)
    owners.sort(by: PartOwner.precedes)
    var distinct: [PartOwner] = []
    for owner in owners where owner.key != distinct.last?.key || owner.customer != distinct.last?.customer {
      distinct.append(owner)
    }
    try writeRun(distinct)
    owners.removeAll(keepingCapacity: true)
  }

  private func writeRun<Entry: PartEntry>(_ entries: [Entry]) throws(FileError) {
    guard !entries.isEmpty else { return }
    runs += 1
    var bytes: [UInt8] = []
    bytes.append(integer: Entry.kind)
    bytes.append(integer: UInt64(entries.count))
    for entry in entries {
      entry.append(to: &bytes)
      if bytes.count >= 1 << 16 {
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try write(bytes)
  }

  private func write(_ bytes: [UInt8]) throws(FileError) {
    digest.update(bytes)
    try file.write(bytes)
  }
}
