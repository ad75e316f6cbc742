import BillComparison
import BillIntake
import BillLayouts
import BillModel
import BillReports
import DurableFiles
import FileRuns

/// What two files differ in, as lines of CSV in the order of the new file's records, then what is gone in the order of
/// the old one's. Memory holds a 256th of them at a time.
final class ChangeList {
  private static let headings = "change,external_reference,old_record,new_record,field,old,new\n"

  /// What stands before each line in a bucket: record, kind and count of bytes, 4 bytes each.
  private static let headBytes = 12

  private let buckets: Buckets
  private let oldRecords: Int
  private let newRecords: Int
  private var line: [UInt8] = []

  init(folder: String, oldRecords: Int, newRecords: Int) {
    buckets = Buckets(folder: folder, room: 1 << 14)
    self.oldRecords = oldRecords
    self.newRecords = newRecords
  }

  func add(_ change: FileChange) throws(IntakeError) {
    let half = Buckets.count / 2
    let record = change.newRecord ?? change.oldRecord ?? 0
    let place =
      change.newRecord == nil ? half + record * half / (oldRecords + 1) : record * half / (newRecords + 1)
    line = [UInt8](repeating: 0, count: Self.headBytes)
    write(change)
    let count = line.count - Self.headBytes
    let kind = FileChange.Kind.allCases.firstIndex(of: change.kind) ?? 0
    line.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: UInt32(truncatingIfNeeded: record), as: UInt32.self)
      bytes.storeBytes(of: UInt32(truncatingIfNeeded: kind), toByteOffset: 4, as: UInt32.self)
      bytes.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: 8, as: UInt32.self)
    }
    try line.withUnsafeBytes { [buckets] bytes in
      Result { () throws(IntakeError) in try buckets.append(bytes, to: place) }
    }.get()
  }

  /// Writes a file of all of them.
  func write(to path: String) throws(RunFault) {
    let file = try attempt { () throws(FileError) in try AtomicFile(path: path) }
    try attempt { () throws(FileError) in try file.write(Self.headings) }
    var bytes: [UInt8] = []
    for bucket in 0..<Buckets.count {
      do throws(IntakeError) { try buckets.load(bucket, into: &bytes) } catch { throw .intake(error) }
      try attempt { () throws(FileError) in
        for range in Self.lines(of: bytes) { try file.write(Array(bytes[range])) }
      }
    }
    try attempt { () throws(FileError) in try file.commit() }
  }

  private func attempt<Value>(_ work: () throws(FileError) -> Value) throws(RunFault) -> Value {
    do throws(FileError) { return try work() } catch { throw .file(error) }
  }

  /// Where the lines lie, in the order of their records and of the kinds.
  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var found: [(record: UInt32, kind: UInt32, place: Int, range: Range<Int>)] = []
    bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let record = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        let kind = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
        let start = offset + headBytes
        let end = start + Int(bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))
        found.append((record, kind, found.count, start..<end))
        offset = end
      }
    }
    return found.sorted { ($0.record, $0.kind, $0.place) < ($1.record, $1.kind, $1.place) }.map(\.range)
  }

  private func write(_ change: FileChange) {
    let fields = change.fields.isEmpty ? [FileChange.Field(path: "", old: "", new: "")] : change.fields
    for field in fields {
      CSVCell.appendRow(
        [
          change.kind.rawValue, change.reference, change.oldRecord.map(String.init) ?? "",
          change.newRecord.map(String.init) ?? "", field.path, field.shownOld, field.shownNew,
        ], to: &line)
    }
  }
}

extension FileChange.Field {
  /// The value of the old file, masked where it is personal.
  package var shownOld: String { Masking.shown(old, as: kind) }
  /// The value of the new file, masked where it is personal.
  package var shownNew: String { Masking.shown(new, as: kind) }

  private var kind: Masking.Kind {
    switch FieldPath(path)?.attribute {
    case .name: .name
    case .email: .email
    case .phone: .phone
    default: .plain
    }
  }
}
