import BillModel
import Hashing
import Testing

@testable import BillIntake

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct RowCursorTests {
  private let head = "external_reference,currency,amount_due,customer"

  @Test func `a row's bytes are those that came, whatever was asked for at once`() throws {
    let lines = [
      "\"A\",ZAR,1,bcus_1\r\n", "B,ZAR,\"1,5\",bcus_1\n", "C,ZAR,\"\n\",\"b\"\"c\"\r", "D,ZAR", ",,,\r\n",
      "E,ZAR,1,bcus_1",
    ]
    let ends = ["\r\n", "\n", "\r", "\n", "\r\n", ""]
    let text = head + "\n" + zip(lines, ends).map { $0.hasSuffix($1) ? $0 : $0 + $1 }.joined()
    let file = CheckedFile(text)
    let check = try file.check()
    for limit in [1, 2, 100] {
      var cursor = try file.intake().rows(check)
      var read = ""
      while true {
        let rows = try cursor.next(limit: limit)
        if rows.isEmpty { break }
        for index in rows.indices {
          let raw = cursor.raw(at: index)
          read += String(decoding: raw.bytes + raw.lineEnd, as: UTF8.self)
        }
      }
      #expect(head + "\n" + read == text)
    }
    #expect(check.heading?.raw == RawRow(bytes: Array(head.utf8), lineEnd: [10]))
  }

  @Test func `our reason columns are passed over, and left out of the bytes`() throws {
    let file = CheckedFile(
      head
        + ",billdrop_code,billdrop_reason\r\nA,ZAR,0,\"bcus_1\",amount.range,\"is, \"\"0\"\"\"\r\nB,ZAR,1,bcus_1,,\r\n")
    let check = try file.check()
    #expect(try file.codes(check) == ["1:2 amount.range amount_due"])
    #expect(check.heading?.raw == RawRow(bytes: Array(head.utf8), lineEnd: [13, 10]))
    var cursor = try file.intake().rows(check)
    #expect(try cursor.next(limit: 9).count == 2)
    #expect(cursor.raw(at: 0) == RawRow(bytes: Array("A,ZAR,0,\"bcus_1\"".utf8), lineEnd: [13, 10], start: 79))
    #expect(cursor.raw(at: 1) == RawRow(bytes: Array("B,ZAR,1,bcus_1".utf8), lineEnd: [13, 10], start: 122))
  }

  @Test func `a row that was too short stays so where a spreadsheet has moved its reasons up`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,customer.external_reference,customer.name,billdrop_code,billdrop_reason
      A,ZAR,1,C1,record.too-few-fields,"The row has 4 fields, and the heading row has 5.",
      B,ZAR,1,record.too-few-fields,"The row has 3 fields, and the heading row has 5.",,
      C,ZAR,1,C3,Lerato,record.too-few-fields,"The row has 4 fields, and the heading row has 5."
      D,ZAR,1,C4,Zanele,,

      """)
    #expect(
      try file.codes(file.check()) == ["1:2 record.too-few-fields", "2:3 record.too-few-fields"])
  }

  @Test func `a rejected row carries its reference, its money and all its findings`() throws {
    let file = CheckedFile(head + "\nA/B,ZAR,5,nobody\n")
    guard case .rejected(let row) = try file.rows(file.check()).first else {
      Issue.record("not rejected")
      return
    }
    #expect(row.reference == "A/B")
    #expect(row.money?.amount == 5)
    #expect(row.findings.map(\.code) == [.referencePattern, .idFormat])
  }

  @Test func `rule 21: a file that changed between the passes yields no row of the changed block`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/bills.csv"
    // About 3 MiB: the change is in the second one.
    let rows = (1...150_000).map { "INV-\($0),ZAR,1,bcus_1\n" }
    let bytes = Array((head + "\n" + rows.joined()).utf8)
    try folder.put(bytes, at: path)
    let intake = try Intake()
    let check = try intake.check(.file(path: path), temporaryFolder: folder.path)
    #expect(check.valid == 150_000)
    #expect(check.digest == SHA256Digest(hashing: bytes))
    #expect(check.blockDigests.count == (bytes.count + (1 << 20) - 1) >> 20)
    #expect(check.blockDigests[0] == SHA256Digest(hashing: Array(bytes[..<(1 << 20)])))
    #expect(check.blockDigests.last == check.digest)
    var changed = bytes
    changed[3 << 19] ^= 1
    try folder.put(changed, at: path)
    var cursor = intake.rows(check)
    var last = 0
    #expect(throws: IntakeError.changed(name: path, byteOffset: 2 << 20)) {
      while let row = try cursor.next(limit: 100).last { last = row.record }
    }
    #expect(last > 0)
    try folder.put(Array(bytes[..<(1 << 19)]), at: path)
    var shorter = intake.rows(check)
    #expect(throws: IntakeError.changed(name: path, byteOffset: 1 << 19)) { _ = try shorter.next(limit: 100) }
  }

  @Test func `rule 21: nothing of a changed row fills a party of a row before it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/bills.csv"
    // The row that fills lies behind the first MiB, which is as it was.
    let rows = (1...60_000).map { "INV-\($0),ZAR,1,C-1,\n" }
    let head = "external_reference,currency,amount_due,customer.external_reference,customer.name\n"
    let bytes = Array((head + rows.joined() + "INV-0,ZAR,1,C-1,Late\n").utf8)
    try folder.put(bytes, at: path)
    let intake = try Intake()
    let check = try intake.check(.file(path: path), temporaryFolder: folder.path)
    var cursor = intake.rows(check)
    guard case .operation(_, _, .raise(let bill)) = try cursor.next(limit: 1).first,
      case .customer(let customer) = bill.party
    else {
      Issue.record("no bill of a customer")
      return
    }
    #expect(customer.name == "Late")
    try folder.put(bytes.dropLast(5) + Array("Mate\n".utf8), at: path)
    var other = intake.rows(check)
    let fault = #expect(throws: IntakeError.self) { _ = try other.next(limit: 1) }
    guard case .changed(path, let offset) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(offset > 1 << 20)
  }

  @Test func `a stream that comes once is kept for the second pass`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let text = head + "\nA,ZAR,1,bcus_1\nA,ZAR,2,bcus_1\nB,ZAR,1,bcus_1\n"
    let writer = Writer(path: path, bytes: Array(text.utf8))
    writer.start()
    let intake = try Intake()
    let check = try intake.check(.file(path: path), temporaryFolder: folder.path)
    writer.join()
    #expect(check.invalid == 2)
    #expect(check.digest == SHA256Digest(hashing: text))
    var cursor = intake.rows(check)
    #expect(try cursor.next(limit: 10).map(\.record) == [1, 2, 3])
  }

  @Test(arguments: [1, 2])
  func `the digest of a file with a line that has no end is that of all its bytes`(_ threads: Int) throws {
    var file = CheckedFile(head + "\n" + String(repeating: "x", count: 70 << 20))
    file.options.threads = threads
    let check = try file.check()
    #expect(check.fileFinding?.code == .fileDamaged)
    #expect(check.digest == SHA256Digest(hashing: file.bytes))
  }

  @Test func `a reading that is stopped says so`() throws {
    var file = CheckedFile(head + "\n" + (1...100).map { "INV-\($0),ZAR,1,bcus_1\n" }.joined())
    file.options.blockSize = 200
    file.options.threads = 1
    var blocks = 0
    let check = try file.intake().check(.memory(file.bytes, name: "m"), temporaryFolder: "/tmp") { progress in
      blocks += 1
      #expect(progress.totalBytes == Int64(file.bytes.count))
      return progress.records < 20
    }
    #expect(check.stoppedEarly)
    #expect((20..<40).contains(check.recordsRead))
    #expect(blocks > 1)
  }
}
