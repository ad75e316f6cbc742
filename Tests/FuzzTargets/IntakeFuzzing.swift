import BillIntake
import BillLayouts
import BillModel
import Synchronization

/// A layout and a bill file, which is checked in two ways, and shown or previewed.
struct IntakeFuzzing {
  /// The ways to check by a layout, which must find the same.
  private struct Checks: Sendable {
    /// The file in one block.
    let usual: Intake
    /// Small blocks on several threads, fingerprints that meet all the time, and memory for nothing.
    let narrow: Intake
    /// A name that the layout's files may have, if any of these.
    let fileName: String

    init?(_ layout: Layout) {
      var options = IntakeOptions(blockSize: IntakeFuzzing.smallBlock, comparisonBytes: 1, threads: 1)
      guard let usual = try? Intake(layout: layout, options: IntakeOptions(blockSize: 1 << 15, threads: 1)) else {
        return nil
      }
      self.usual = usual
      // How many columns a file without headings has is judged by its first block, which is never so small outside of tests.
      if case .csv(let form) = layout.form, !form.hasHeading, form.columnCount == nil { options.blockSize = 1 << 15 }
      options.memory = MemoryPlan(blockSize: options.blockSize, logBytes: 0, comparisonBytes: 1)
      guard let narrow = try? Intake(layout: layout, options: options, fingerprints: Fingerprints(keyBits: 2)) else {
        return nil
      }
      self.narrow = narrow
      let names = IntakeFuzzing.names
      fileName = names.first { layout.fileName?.values(in: $0) != nil } ?? names[0]
    }
  }

  private static let names = ["in.csv", "za_karoo_dailyfile_2025-07-01.csv", "BILLS.20250701.dat"]
  /// The least that there are.
  private static let smallBlock = 64
  /// No JSON begins with these: they choose a layout that is built in, so that all of an input's bytes are the file's.
  private static let choices: ClosedRange<UInt8> = 0x10...0x1F
  private static let builtIn = Layout.builtInNames.map { name in
    Layout.builtInText(named: name).flatMap { read($0) }.flatMap { Checks($0) }
  }

  private static let known = Mutex<[[UInt8]: Checks]>([:])
  private static let mostKnown = 256

  private let checks: Checks?
  private let file: [UInt8]

  init(_ bytes: [UInt8]) {
    if let first = bytes.first, Self.choices.contains(first) {
      checks = Self.builtIn[Int(first - Self.choices.lowerBound) % Self.builtIn.count]
      file = Array(bytes.dropFirst())
    } else {
      let (layout, file) = ByteSupply(bytes).halves
      checks = Self.checks(layout)
      self.file = file
    }
  }

  /// Most inputs differ from others in their file only.
  private static func checks(_ layout: [UInt8]) -> Checks? {
    if let known = known.withLock({ $0[layout] }) { return known }
    let checks = read(layout).flatMap { Checks($0) }
    known.withLock { known in
      if known.count >= mostKnown { known = [:] }
      if let checks { known[layout] = checks }
    }
    return checks
  }

  private static func read(_ layout: [UInt8]) -> Layout? {
    try? Layout(json: layout) { _ in [UInt8](repeating: 7, count: 32) }
  }

  func run() {
    guard let checks else { return }
    let input = IntakeInput.memory(file, name: checks.fileName)
    let usual = CheckedFile(checks.usual, input)
    let narrow = CheckedFile(checks.narrow, input)
    // Whether a file is text is judged by its first block, which is never so small outside of tests; and how far a reading
    // comes before damage in a packed file depends on its blocks.
    if ![usual, narrow].contains(where: { $0?.isUnread ?? false }) {
      let agree = if let usual, let narrow { usual.agrees(withSmaller: narrow) } else { usual == nil && narrow == nil }
      precondition(agree, "another check in small blocks and little memory")
    }
    // Each takes as long as a check; an input of another length does the others.
    guard file.count % 3 > 0 else {
      _ = try? checks.usual.preview(input)
      return
    }
    let options = ShowOptions(isRaw: file.count % 3 == 1, limit: 20)
    _ = try? checks.usual.show(input, options: options, onFinding: { _ in }, write: { _ in true })
  }
}
