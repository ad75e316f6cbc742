import BillIntake
import BillModel
import BillReports
import Tabular

/// Writes rows of a checked file again, in the file's own format, encoding and packing: with the heading, header, parent
/// and trailer records that they need to be read by the same layout.
struct RejectedRows {
  private let check: FileCheck
  /// What the text doesn't tell of the file's bytes, in its order.
  private let replaced: [ReplacedBytes]
  private let encoder: TextEncoder?
  private let packer: GzipDeflater?
  /// How the reason columns are written; `nil` where rows have no headings that would tell them apart.
  private let form: CSVCell.Form?
  /// The parent record that was written last.
  private var parent: TextExtent?
  /// Blank lines behind the last row, as they are and with their reasons.
  ///
  /// Among records of several kinds a line with reasons would be one of no kind, which ends what the parent above it is
  /// for; and what is blank at a file's end is no row.
  private var blanks: (plain: [UInt8], reasoned: [UInt8]) = ([], [])

  /// More bytes of blank lines than these aren't held back.
  private static let mostBlanks = 1 << 20

  init(_ check: FileCheck) throws(RunFault) {
    self.check = check
    let frame = check.frame
    replaced =
      frame.otherLineEnds.isEmpty
      ? frame.replaced : (frame.replaced + frame.otherLineEnds).sorted { $0.text < $1.text }
    packer = check.mustBePacked ? GzipDeflater() : nil
    form =
      check.heading == nil
      ? nil : check.dialect.map { CSVCell.Form(delimiter: $0.delimiter, quote: $0.quote, escape: $0.escape) }
    do throws(TextEncodingError) {
      encoder = if let from = check.frame.decodedFrom { try TextEncoder(from) } else { nil }
    } catch {
      let code: Int32 = if case .failed(_, let code) = error { code } else { 0 }
      throw .intake(.input(.failed(name: check.name, operation: .convert, code: code, byteOffset: 0)))
    }
  }

  /// The file that the rows go into.
  func file() throws(RunFault) -> RejectedFile {
    RejectedFile(
      nameExtension: nameExtension, opening: pack(try opening()), listsReasons: form == nil)
  }

  /// A row, behind its parent record where that wasn't written yet.
  mutating func row(_ raw: RawRow, _ reason: RejectedReason) throws(RunFault) -> [UInt8] {
    var bytes: [UInt8] = []
    if let above = raw.parent, above != parent { try append(above, to: &bytes) }
    parent = raw.parent ?? parent
    let lineEnd = raw.lineEnd.isEmpty ? check.lineEnd : raw.lineEnd
    if form != nil, raw.bytes.isEmpty, check.hasKinds {
      if blanks.reasoned.count > Self.mostBlanks {
        bytes = blanks.plain + bytes
        blanks = ([], [])
      }
      append(lineEnd, at: raw.start, to: &blanks.plain)
      append(reason, lineEnd, to: &blanks.reasoned)
      return pack(bytes)
    }
    bytes = blanks.plain + bytes
    blanks = ([], [])
    guard form != nil else {
      append(raw.bytes + lineEnd, at: raw.start, to: &bytes)
      return pack(bytes)
    }
    bytes.reserveCapacity(bytes.count + raw.bytes.count + 160)
    append(raw.bytes, at: raw.start, to: &bytes)
    append(reason, lineEnd, to: &bytes)
    return pack(bytes)
  }

  /// Appends what stands behind the columns of a row.
  private func append(_ reason: RejectedReason, _ lineEnd: [UInt8], to bytes: inout [UInt8]) {
    guard let form else { return }
    guard encoder != nil else {
      Self.append(reason, in: form, to: &bytes)
      bytes += lineEnd
      return
    }
    var ending: [UInt8] = []
    Self.append(reason, in: form, to: &ending)
    append(ending + lineEnd, to: &bytes)
  }

  /// Appends the reason columns.
  private static func append(_ reason: RejectedReason, in form: CSVCell.Form, to bytes: inout [UInt8]) {
    bytes.append(form.delimiter)
    CSVCell.append(reason.code.rawValue, to: &bytes, in: form)
    bytes.append(form.delimiter)
    CSVCell.append(reason.message, to: &bytes, in: form)
  }

  /// What stands behind the rows.
  func closing() throws(RunFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes += check.frame.trailer == nil ? blanks.reasoned : blanks.plain
    if let trailer = check.frame.trailer { try append(trailer, to: &bytes) }
    return pack(bytes) + (packer?.finish() ?? [])
  }

  private func opening() throws(RunFault) -> [UInt8] {
    guard check.fileFinding == nil else { return [] }
    var bytes: [UInt8] = []
    try appendPrologue(to: &bytes)
    if let heading = check.heading, let form {
      append(heading.raw.bytes, at: heading.raw.start, to: &bytes)
      var columns: [UInt8] = []
      for column in Heading.reasonColumns {
        columns.append(form.delimiter)
        CSVCell.append(column, to: &columns, in: form)
      }
      append(columns + check.lineEnd, to: &bytes)
    }
    if let header = check.frame.header { try append(header, to: &bytes) }
    return bytes
  }

  private func appendPrologue(to bytes: inout [UInt8]) throws(RunFault) {
    let prologue = check.frame.prologue
    // Where it is too long, blank lines are passed over as well.
    if prologue.count <= FileFrame.longestPrologue { return try append(prologue, to: &bytes) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = try text(of: TextExtent(start: 0, count: mark.count))
    if start == mark { append(mark, to: &bytes) }
    for _ in 0..<(check.dialect?.skippedLines ?? 0) { append(check.lineEnd, to: &bytes) }
  }

  private var nameExtension: String {
    let packed = packer == nil ? "" : ".gz"
    if check.dialect != nil { return "csv" + packed }
    var name = check.fileName[...]
    if name.hasSuffix(".gz") { name = name.dropLast(3) }
    let last = name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
    let isPlain = (1...8).contains(last.utf8.count) && last.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return (isPlain ? String(last) : check.lineEnd.isEmpty ? "dat" : "txt") + packed
  }

  private func pack(_ bytes: [UInt8]) -> [UInt8] { packer?.pack(bytes) ?? bytes }

  private func append(_ extent: TextExtent, to bytes: inout [UInt8]) throws(RunFault) {
    append(try text(of: extent), at: extent.start, to: &bytes)
  }

  private func text(of extent: TextExtent) throws(RunFault) -> [UInt8] {
    do throws(IntakeError) { return try check.text(of: extent) } catch { throw .intake(error) }
  }

  private func append(_ text: [UInt8], at start: Int64? = nil, to bytes: inout [UInt8]) {
    guard let encoder else {
      bytes += text
      return
    }
    encoder.append(text, at: start, replaced: start.map { replaced(from: $0) } ?? [], to: &bytes)
  }

  /// What the text doesn't tell from a place in it on.
  private func replaced(from start: Int64) -> ArraySlice<ReplacedBytes> {
    var low = 0
    var high = replaced.count
    while low < high {
      let middle = (low + high) / 2
      if replaced[middle].text < start { low = middle + 1 } else { high = middle }
    }
    return replaced[low...]
  }
}
