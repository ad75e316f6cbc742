package import BillIntake
import BillLayouts
package import BillModel
import Hashing

/// Compares two files that need not fit into memory: takes the rows of one, then of the other, and joins them bucket by
/// bucket. Rows meet by what they ask for and the bytes of what names them, which stands once in a file: a bill's reference,
/// a payment's, a party's. They are compared on the bytes of their fields.
package struct FileComparer {
  /// Called with what differs, in no order that means anything.
  package typealias Telling = (FileChange) throws(IntakeError) -> Void

  private let bills: Buckets
  private let parties: Buckets
  private let hash = FastHash(seed: 1)
  private var sides: [(side: FileComparison.Side, paths: [FieldPath])] = []

  /// - Parameter folder: Where temporary files are.
  package init(folder: String) {
    bills = Buckets(folder: folder, room: 1 << 15)
    parties = Buckets(folder: folder, room: 1 << 13)
  }

  /// Takes the rows of a file: of the old one first, then of the new one.
  ///
  /// - Parameter isCancelled: Asked for each stretch of the file.
  /// - Returns: `false` where it was told to end.
  package mutating func take(
    _ check: FileCheck, _ intake: Intake, isCancelled: () -> Bool
  ) throws(IntakeError) -> Bool {
    let texts = RowTexts(intake, check)
    let side = UInt32(sides.count)
    var goesOn = true
    var log = PartyLog(texts.paths, side: side, hash: hash)
    try texts.forEachStretch { (bytes) throws(IntakeError) in
      goesOn = goesOn && !isCancelled()
      guard goesOn else { return }
      var rest = bytes
      while let start = rest.baseAddress, rest.count > 0 {
        let row = RowView(start: start, fields: texts.paths.count)
        let count = row.byteCount
        try put(row, count, side)
        if !row.isRejected { try log.note(row, in: parties) }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    sides.append((Self.side(check), texts.paths))
    return goesOn
  }

  private func put(_ row: RowView, _ count: Int, _ side: UInt32) throws(IntakeError) {
    let text = row.key
    guard text.count > 0 else { return }
    let key = hash(text) &+ UInt64(row.operation) &* 0x9E37_79B9_7F4A_7C15
    let bucket = Int(key >> 56)
    try withUnsafeBytes(of: BillJoin.Head(hash: key, side: side, byteCount: UInt32(count))) { head in
      Result { () throws(IntakeError) in try bills.append(head, to: bucket) }
    }.get()
    try bills.append(UnsafeRawBufferPointer(start: row.start, count: count), to: bucket)
  }

  private static func side(_ check: FileCheck) -> FileComparison.Side {
    var money: [CurrencyCode: Int64] = [:]
    for currency in check.money.currencies where check.money[currency].valid != 0 {
      money[currency] = check.money[currency].valid
    }
    return FileComparison.Side(
      name: check.name.split(separator: "/").last.map(String.init) ?? check.name, sha256: check.digest.hex,
      bills: check.valid, rejected: check.invalid, money: money)
  }

  /// Joins what was taken of two files.
  ///
  /// - Returns: `nil` where it was told to end.
  package func compare(isCancelled: () -> Bool, _ tell: Telling) throws(IntakeError) -> FileComparison? {
    precondition(sides.count == 2, "two files are compared")
    var comparison = FileComparison(old: sides[0].side, new: sides[1].side)
    let join = BillJoin(fields: ComparedFields(sides[0].paths, sides[1].paths), counts: sides.map(\.paths.count))
    var bytes: [UInt8] = []
    for bucket in 0..<Buckets.count {
      if isCancelled() { return nil }
      try bills.load(bucket, into: &bytes)
      try join.run(bytes, &comparison, tell)
      try parties.load(bucket, into: &bytes)
      try PartyJoin().run(bytes, &comparison, tell)
    }
    return comparison
  }
}
