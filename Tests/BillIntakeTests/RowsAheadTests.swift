import Testing

@testable import BillIntake

@Suite struct RowsAheadTests {
  private static let head = "external_reference,currency,amount_due,customer\n"

  private static func text(_ count: Int) -> String {
    head + (0..<count).map { "R\($0),ZAR,\($0 % 100),bcus_\($0)\n" }.joined()
  }

  /// Read by two threads, however many processors there are.
  private static func file(_ count: Int) -> CheckedFile {
    var file = CheckedFile(text(count))
    file.options = IntakeOptions(threads: 2)
    return file
  }

  @Test(arguments: [0, 1, 999, 1_000, 1_001, 10_000])
  func `rows read ahead are those of a cursor, with their texts`(count: Int) throws {
    let file = Self.file(count)
    let check = try file.check()
    var cursor = try file.intake().rows(check)
    let ahead = try file.intake().rowsAhead(check)
    var seen = 0
    while true {
      let portion = try ahead.next()
      let rows = try cursor.next(limit: max(1, portion.rows.count))
      #expect(portion.rows == rows)
      for index in rows.indices { #expect(portion.raw(at: index) == cursor.raw(at: index)) }
      seen += rows.count
      if portion.rows.isEmpty { break }
    }
    #expect(seen == count)
    #expect(try ahead.next().rows.isEmpty)
  }

  @Test func `rule 21: rows read ahead of a file that changed are those of the blocks before the change`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/bills.csv"
    let bytes = Array(Self.text(150_000).utf8)
    try folder.put(bytes, at: path)
    let intake = try Intake(options: IntakeOptions(threads: 2))
    let check = try intake.check(.file(path: path), temporaryFolder: folder.path)
    var changed = bytes
    changed[3 << 19] ^= 1
    try folder.put(changed, at: path)
    let ahead = intake.rowsAhead(check)
    var last = 0
    #expect(throws: IntakeError.changed(name: path, byteOffset: 2 << 20)) {
      while let row = try ahead.next().rows.last { last = row.record }
    }
    let before = bytes[..<(1 << 20)].count { $0 == UInt8(ascii: "\n") } - 1
    #expect(last <= before && last > before - 1_000)
    #expect(try ahead.next().rows.isEmpty)
  }

  @Test func `who asks for no more rows isn't waited for`() throws {
    let file = Self.file(20_000)
    let check = try file.check()
    for portions in 0...3 {
      let ahead = try file.intake().rowsAhead(check)
      for _ in 0..<portions { #expect(try !ahead.next().rows.isEmpty) }
    }
  }
}
