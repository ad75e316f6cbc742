import BillIntake
import BillLayouts
import BillModel

/// A layout and a bill file, which is checked in blocks of two sizes, shown and previewed.
struct IntakeFuzzing {
  let layout: [UInt8]
  let file: [UInt8]
  private static let names = ["in.csv", "za_karoo_dailyfile_2025-07-01.csv", "BILLS.20250701.dat"]

  init(_ bytes: [UInt8]) { (layout, file) = ByteSupply(bytes).halves }

  func run() {
    guard let layout = try? Layout(json: layout, key: { _ in [UInt8](repeating: 7, count: 32) }) else { return }
    let name = Self.names.first { layout.fileName?.values(in: $0) != nil } ?? Self.names[0]
    let input = IntakeInput.memory(file, name: name)
    let whole = findings(layout, input, blockSize: 1 << 16)
    // Whether a file is text is judged by its first block, which is never so small outside of tests; and how far a reading
    // comes before damage in a packed file depends on its blocks.
    let isUnread = whole?.contains { $0.code == .fileBinary || $0.code == .fileDamaged } ?? false
    precondition(isUnread || whole == findings(layout, input, blockSize: 7), "other findings in blocks of 7 bytes")
    guard let intake = try? Intake(layout: layout) else { return }
    for isRaw in [false, true] {
      _ = try? intake.show(
        input, options: ShowOptions(isRaw: isRaw, limit: 20), onFinding: { _ in }, write: { _ in true })
    }
    _ = try? intake.preview(input)
  }

  /// What is found, or `nil` where the file can't be read; bills and money must add up.
  private func findings(_ layout: Layout, _ input: IntakeInput, blockSize: Int) -> [Finding]? {
    guard let intake = try? Intake(layout: layout, options: IntakeOptions(blockSize: blockSize, threads: 1)),
      let check = try? intake.check(input, temporaryFolder: "/tmp")
    else { return nil }
    var found: [Finding] = []
    var findings = check.findings()
    while let finding = try? findings.next() { found.append(finding) }
    guard check.fileFinding == nil else { return found }
    var cursor = intake.rows(check)
    var rows = 0
    while let next = try? cursor.next(limit: 16), !next.isEmpty { rows += next.count }
    precondition(rows == check.recordsRead, "\(rows) rows of \(check.recordsRead)")
    return found
  }
}
