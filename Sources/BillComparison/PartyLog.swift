import BillIntake
import BillLayouts
import BillModel
import Hashing

/// Notes the parties that the rows of a file name, for their join.
struct PartyLog {
  private let fields: [(kind: PartyKind, field: Int)]
  private let side: UInt32
  private let hash: FastHash
  /// The hash of what each field held last: rows of one party stand together, and need it once.
  private var last: [UInt64?]

  init(_ paths: [FieldPath], side: UInt32, hash: FastHash) {
    self.side = side
    self.hash = hash
    fields = paths.enumerated().compactMap { index, path in
      guard path.attribute == .reference || path.attribute == .id, path.owner != .bill else { return nil }
      return (path.owner == .account ? .account : .customer, index)
    }
    last = fields.map { _ in nil }
  }

  mutating func note(_ row: RowView, in buckets: Buckets) throws(IntakeError) {
    for (index, field) in fields.enumerated() {
      let text = row.text(field.field)
      guard text.count > 0 else { continue }
      let key = hash(text)
      // Among a file's parties no two are likely to share all 64 bits, and to stand side by side as well.
      guard last[index] != key else { continue }
      last[index] = key
      let head = PartyJoin.Head(
        hash: key, side: side, isAccount: field.kind == .account ? 1 : 0, record: UInt32(row.record),
        byteCount: UInt32(text.count))
      let bucket = Int(key >> 56)
      try withUnsafeBytes(of: head) { head in
        Result { () throws(IntakeError) in try buckets.append(head, to: bucket) }
      }.get()
      try buckets.append(text, to: bucket)
    }
  }
}
