import BillIntake
import BillModel

/// Joins the parties of two files that fell into one bucket.
struct PartyJoin {
  /// What stands before each party in a bucket.
  struct Head: BitwiseCopyable {
    /// Of its reference or id.
    let hash: UInt64
    /// 0 for the old file, 1 for the new one.
    let side: UInt32
    let isAccount: UInt32
    let record: UInt32
    let byteCount: UInt32
  }

  private struct Party {
    let head: Head
    let text: UnsafeRawBufferPointer
    /// The first record that names it, by file.
    var records: (old: Int?, new: Int?)
  }

  func run(
    _ bytes: [UInt8], _ comparison: inout FileComparison, _ tell: FileComparer.Telling
  ) throws(IntakeError) {
    var result = comparison
    defer { comparison = result }
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(IntakeError) in
        for party in parties(bytes) { try count(party, &result, tell) }
      }
    }.get()
  }

  private func parties(_ bytes: UnsafeRawBufferPointer) -> [Party] {
    var parties: [Party] = []
    var table = ReferenceTable(count: bytes.count / MemoryLayout<Head>.size)
    var offset = 0
    while offset < bytes.count {
      let head = bytes.loadUnaligned(fromByteOffset: offset, as: Head.self)
      let start = offset + MemoryLayout<Head>.size
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(head.byteCount)])
      offset = start + text.count
      let place = table.find(head.hash, orInsert: Int32(parties.count)) {
        parties[$0].head.hash == head.hash && parties[$0].head.isAccount == head.isAccount
          && parties[$0].text.equals(text)
      }
      if place == nil { parties.append(Party(head: head, text: text, records: (nil, nil))) }
      let index = place ?? parties.count - 1
      if head.side == 0 {
        parties[index].records.old = parties[index].records.old ?? Int(head.record)
      } else {
        parties[index].records.new = parties[index].records.new ?? Int(head.record)
      }
    }
    return parties
  }

  private func count(
    _ party: Party, _ result: inout FileComparison, _ tell: FileComparer.Telling
  ) throws(IntakeError) {
    let isNew: Bool
    switch party.records {
    case (nil, _?): isNew = true
    case (_?, nil): isNew = false
    default: return
    }
    let kinds: (new: FileChange.Kind, gone: FileChange.Kind)
    if party.head.isAccount == 1 {
      kinds = (.accountNew, .accountGone)
      if isNew { result.accounts.new += 1 } else { result.accounts.gone += 1 }
    } else {
      kinds = (.customerNew, .customerGone)
      if isNew { result.customers.new += 1 } else { result.customers.gone += 1 }
    }
    try tell(
      FileChange(
        kind: isNew ? kinds.new : kinds.gone, reference: party.text.string, oldRecord: party.records.old,
        newRecord: party.records.new))
  }
}
