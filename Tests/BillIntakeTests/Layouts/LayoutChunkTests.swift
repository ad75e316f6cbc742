import BillIntake
import Foundation
import Testing

@Suite struct LayoutChunkTests {
  /// A file and its layout, whose reading must not depend on where blocks end.
  struct Sample: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let layout: String
  }

  private static let fields = """
    "fields": {
      "external_reference": "ref", "currency": { "constant": "ZAR" },
      "amount_due": { "column": "amount", "steps": ["trim", { "amount": { "decimal": "," } }] },
      "customer.external_reference": { "column": "ref", "steps": [{ "prefix": "C-" }] }, "customer.name": "name"
    }
    """

  private static let text =
    "ref;amount;name\r\nA;1,00;Grün\r\nB;x;\"Ge\"\"b; 😀\r\nzwei\"\r\n\r\nC; 2,50 ;é\rD;3,00;d;zu viel\nE;4,00;\"e\"\n\n"

  private static let lines = """
    { "name": "x", "format": "fixed-width", "fixed_width": { "record_length": 12 },
      "records": { "by": { "start": 1, "length": 1 }, "detail": "D", "header": { "value": "H", "columns": {} },
                   "trailer": { "value": "T", "columns": { "count": { "start": 2, "length": 1 } } } },
      "columns": { "ref": { "start": 2, "length": 3 }, "amount": { "start": 5, "length": 4 },
                   "name": { "start": 9, "length": 4 } },
      "control": { "count": { "trailer": "count" } }, \(fields) }
    """

  private static let blocks = """
    { "name": "x", "format": "fixed-width", "encoding": "IBM500",
      "fixed_width": { "record_length": 9, "line_ends": false, "unit": "bytes" },
      "columns": { "ref": { "start": 1, "length": 3 }, "amount": { "start": 4, "length": 3, "type": "packed" },
                   "name": { "start": 7, "length": 3 } }, \(fields) }
    """

  private static let semicolons = #"{ "name": "x", "format": "csv", "csv": { "delimiter": ";" }, \#(fields) }"#

  private static func csv(_ encoding: String) -> String {
    #"{ "name": "x", "format": "csv", "encoding": "\#(encoding)", "csv": { "delimiter": ";" }, \#(fields) }"#
  }

  static func samples() throws -> [Sample] {
    let utf16 = try [0xFF, 0xFE] + Array(text, in: "UTF-16LE")
    let western = try Array(text.filter { $0 != "😀" }, in: "windows-1252")
    let fixed = "H           \nDAAA1,00näme\r\nDBBB  x name\nDCC\nD€DD2,00x   \nT4          \n"
    let packed = try ["AAA", "BBB", "CCC", "DDD"].enumerated().flatMap { index, reference in
      try Array(reference, in: "IBM500") + [0x00, index == 2 ? 0xAA : 0x01, 0x0C] + Array("n\(index) ", in: "IBM500")
    }
    return [
      Sample(testDescription: "CSV", bytes: Array(text.utf8), layout: semicolons),
      Sample(testDescription: "CSV in Windows-1252", bytes: western + [0x81], layout: csv("windows-1252")),
      Sample(testDescription: "CSV in UTF-16", bytes: utf16, layout: csv("UTF-16")),
      Sample(
        testDescription: "UTF-16 with half a character", bytes: utf16 + [0x00, 0xD8, 0x41], layout: csv("UTF-16")),
      Sample(testDescription: "CSV in GB18030", bytes: try Array(text, in: "GB18030"), layout: csv("GB18030")),
      Sample(testDescription: "gzip", bytes: Array(text.utf8).gzipped, layout: semicolons),
      Sample(testDescription: "gzip of UTF-16", bytes: utf16.gzipped, layout: csv("UTF-16")),
      Sample(testDescription: "lines", bytes: Array(fixed.utf8), layout: lines),
      Sample(testDescription: "blocks", bytes: packed, layout: blocks),
      Sample(testDescription: "blocks, the last one cut", bytes: packed.dropLast(4), layout: blocks),
    ]
  }

  @Test(arguments: try samples())
  func `records are the same wherever blocks end`(sample: Sample) throws {
    var file = try MappedFile(sample.bytes, sample.layout)
    let whole = try file.read()
    #expect(!whole.bills.isEmpty && !whole.findings.isEmpty, "\(whole.findings)")
    for size in 1...min(160, sample.bytes.count) {
      file.options.blockSize = size
      #expect(try file.read() == whole, "blocks of \(size) bytes")
    }
  }

  /// Files that are rejected somewhere in the middle, with rows before that which have their own faults.
  static func rejectedSamples() throws -> [Sample] {
    let rows = (1...150).map { "R\($0);\($0 % 3 == 0 ? "x" : "\($0),00");Grün \($0 * 7919 % 1009)\n" }
    let text = "ref;amount;name\n" + rows.joined()
    let packed = Array(text.utf8).gzipped
    let western = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }.gzipped
    var spoilt = packed
    spoilt[spoilt.count - 6] ^= 1
    let details = (1...30).map { "D\(100 + $0)\($0 % 4 == 0 ? "   x" : "1,00")abcd\n" }.joined()
    let kinds = "H           \n" + details + "T5          \n" + details + "T5          \nH           \n"
    return [
      Sample(testDescription: "a gzip that is cut", bytes: packed.dropLast(packed.count / 3), layout: semicolons),
      Sample(testDescription: "a gzip of another checksum", bytes: spoilt, layout: semicolons),
      Sample(
        testDescription: "a gzip of windows-1252 that is cut", bytes: western.dropLast(western.count / 3),
        layout: csv("windows-1252")),
      Sample(testDescription: "rows behind a trailer", bytes: Array(kinds.utf8), layout: lines),
      Sample(
        testDescription: "a quote that never closes",
        bytes: Array((text + "Q;1,00;\"open\n" + rows.joined()).utf8), layout: semicolons),
    ]
  }

  /// Files that a filter gives, and then fails: plain ones, and ones with lines before the first record.
  static func filteredSamples() throws -> [Sample] {
    let rows = (1...60).map { "R\($0);\($0 % 3 == 0 ? "x" : "\($0),00");Grün \($0 * 7919 % 1009)\n" }
    let text = "ref;amount;name\n" + rows.joined()
    let listing = "Listing é\n\n" + text
    func skipping(_ encoding: String) -> String {
      csv(encoding).replacing(#""delimiter": ";""#, with: #""delimiter": ";", "skip_lines": 2"#)
    }
    return [
      Sample(testDescription: "plain text", bytes: Array(text.utf8), layout: semicolons),
      Sample(testDescription: "lines before it", bytes: Array(listing.utf8), layout: skipping("UTF-8")),
      Sample(
        testDescription: "lines before it in windows-1252", bytes: try Array(listing, in: "windows-1252"),
        layout: skipping("windows-1252")),
      Sample(testDescription: "a gzip", bytes: Array(text.utf8).gzipped, layout: semicolons),
      Sample(
        testDescription: "a gzip with lines before it", bytes: Array(listing.utf8).gzipped, layout: skipping("UTF-8")),
    ]
  }

  @Test(arguments: try filteredSamples())
  func `of a file whose filter fails in the end the same is told wherever blocks end`(sample: Sample) throws {
    let path = "/tmp/billdrop-filtered-\(UInt64.random(in: 0 ... .max))"
    defer { unlink(path) }
    try Data(sample.bytes).write(to: URL(filePath: path))
    var file = try MappedFile(sample.bytes, sample.layout)
    let input = IntakeInput.filtered(path: path, FileFilter(command: ["/bin/sh", "-c", "cat; exit 3"]))
    let whole = try file.read(input)
    #expect(whole.findings.first?.hasSuffix("file.damaged") ?? false, "\(whole.findings)")
    #expect(whole.rows == 60 && whole.findings.count == 21, "\(whole)")
    for size in [1, 7, 40, 100, 255, 512, 4096] {
      file.options = IntakeOptions(blockSize: size, threads: 1)
      #expect(try file.read(input) == whole, "blocks of \(size) bytes")
    }
  }

  @Test(arguments: try rejectedSamples())
  func `of a file that is rejected in the middle the same is told wherever blocks end`(sample: Sample) throws {
    var file = try MappedFile(sample.bytes, sample.layout)
    let whole = try file.read()
    #expect(whole.bills.isEmpty && whole.findings.first?.hasPrefix("0:") ?? false, "\(whole.findings)")
    #expect(whole.rows > 20 && whole.findings.count > 5, "\(whole)")
    for threads in [1, 3] {
      for size in Array(1...70) + [100, 255, 512, 1000, 4096] {
        file.options = IntakeOptions(blockSize: size, threads: threads)
        #expect(try file.read() == whole, "blocks of \(size) bytes, \(threads) threads")
      }
    }
  }
}
