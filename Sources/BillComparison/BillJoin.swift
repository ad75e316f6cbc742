import BillIntake
import BillModel

/// Joins the rows of two files that fell into one bucket.
struct BillJoin {
  /// What stands before each row in a bucket.
  struct Head: BitwiseCopyable {
    /// Of what names it and what it asks for.
    let hash: UInt64
    /// 0 for the old file, 1 for the new one.
    let side: UInt32
    let byteCount: UInt32
  }

  private struct Entry {
    let hash: UInt64
    let row: RowView
  }

  let fields: ComparedFields
  /// How many fields each file has.
  let counts: [Int]

  func run(
    _ bytes: [UInt8], _ comparison: inout FileComparison, _ tell: FileComparer.Telling
  ) throws(IntakeError) {
    var result = comparison
    defer { comparison = result }
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(IntakeError) in try join(entries(bytes), &result, tell) }
    }.get()
  }

  /// The rows by their file: those that stand, and of the new one also those that are rejected.
  private func entries(_ bytes: UnsafeRawBufferPointer) -> (old: [Entry], new: [Entry], rejected: [Entry]) {
    var old: [Entry] = []
    var new: [Entry] = []
    var rejected: [Entry] = []
    var offset = 0
    while offset < bytes.count, let base = bytes.baseAddress {
      let head = bytes.loadUnaligned(fromByteOffset: offset, as: Head.self)
      let row = RowView(start: base + offset + MemoryLayout<Head>.size, fields: counts[Int(head.side)])
      let entry = Entry(hash: head.hash, row: row)
      switch (head.side, row.isRejected) {
      case (0, false): old.append(entry)
      case (0, true): break
      case (_, false): new.append(entry)
      case (_, true): rejected.append(entry)
      }
      offset += MemoryLayout<Head>.size + Int(head.byteCount)
    }
    return (old, new, rejected)
  }

  private func join(
    _ entries: (old: [Entry], new: [Entry], rejected: [Entry]), _ result: inout FileComparison,
    _ tell: FileComparer.Telling
  ) throws(IntakeError) {
    let old = entries.old
    var table = ReferenceTable(count: old.count)
    for (place, entry) in old.enumerated() { _ = find(entry, in: old, &table, orInsert: Int32(place)) }
    var isMet = [Bool](repeating: false, count: old.count)
    for entry in entries.new {
      guard let place = find(entry, in: old, &table) else {
        result.added += 1
        try tell(change(.added, nil, entry.row))
        continue
      }
      isMet[place] = true
      try compare(old[place].row, entry.row, &result, tell)
    }
    for entry in entries.rejected {
      guard let place = find(entry, in: old, &table), !isMet[place] else { continue }
      isMet[place] = true
      result.nowRejected += 1
      try tell(change(.rejected, old[place].row, entry.row))
    }
    for place in old.indices where !isMet[place] {
      result.gone += 1
      try tell(change(.gone, old[place].row, nil))
    }
  }

  private func find(
    _ entry: Entry, in old: [Entry], _ table: inout ReferenceTable, orInsert place: Int32 = -1
  ) -> Int? {
    let key = entry.row.key
    return table.find(entry.hash, orInsert: place) {
      old[$0].hash == entry.hash && old[$0].row.operation == entry.row.operation && old[$0].row.key.equals(key)
    }
  }

  private func compare(
    _ old: RowView, _ new: RowView, _ result: inout FileComparison, _ tell: FileComparer.Telling
  ) throws(IntakeError) {
    if fields.areAlike, old.content.equals(new.content) {
      result.same += 1
      return
    }
    var change = change(.changed, old, new)
    for field in fields.all {
      let (before, after) = (old.text(field.old), new.text(field.new))
      guard !before.equals(after) else { continue }
      result.changedFields[field.path, default: 0] += 1
      change.fields.append(FileChange.Field(path: field.path, old: before.string, new: after.string))
    }
    guard !change.fields.isEmpty else {
      result.same += 1
      return
    }
    result.changed += 1
    try tell(change)
  }

  private func change(_ kind: FileChange.Kind, _ old: RowView?, _ new: RowView?) -> FileChange {
    FileChange(
      kind: kind, reference: (new ?? old)?.key.string ?? "", oldRecord: old?.record, newRecord: new?.record)
  }
}
