import Foundation
import Testing

/// Files whose records are of variable length, each behind its descriptor word (RECFM=V).
@Suite(.fewAtATime) struct DescribedRecordTests {
  private static let layout = """
    {
      "name": "variable",
      "format": "fixed-width",
      "encoding": "ISO-8859-1",
      "fixed_width": { "record_descriptors": true, "unit": "bytes" },
      "columns": {
        "reference": { "start": 1, "length": 8 },
        "amount": { "start": 9, "length": 4, "type": "packed" },
        "customer": { "start": 13, "length": 10 }
      },
      "fields": {
        "external_reference": "reference",
        "currency": { "constant": "ZAR" },
        "amount_due": { "column": "amount", "steps": [{ "amount": { "implied_decimals": 2 } }] },
        "bill_date": { "constant": "2026-01-31" },
        "customer.external_reference": "customer"
      }
    }
    """

  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "300"])
  }

  /// A bill of an amount in cents, of which the packed number has as many digits: up to seven.
  private func bill(_ number: Int, cents: String, customer: String) -> [UInt8] {
    let digits = String(repeating: "0", count: 7 - cents.count) + cents + "C"
    let packed = stride(from: 0, to: 8, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    return Array("INV-\(String(number + 1000))".utf8) + packed + Array(customer.utf8)
  }

  private func described(_ content: [UInt8]) -> [UInt8] {
    let length = content.count + 4
    let word: [UInt8] = [UInt8(length >> 8), UInt8(length & 0xFF), 0, 0]
    return word + content
  }

  private func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: workspace.path(name)))
    return workspace.path(name)
  }

  private func validate(_ file: String) async throws -> Billdrop.Result {
    let layout = try workspace.write(Self.layout, to: "variable.json")
    return try await billdrop.run("validate", file, "--layout", layout, "--reports", workspace.reports)
  }

  @Test func `rejected records keep their words, and can be mended and sent`() async throws {
    var records = [
      bill(1, cents: "1000", customer: "C1"), bill(2, cents: "20", customer: "C-22"),
      bill(3, cents: "500", customer: "a"), bill(4, cents: "130", customer: "C4"),
    ]
    records[2][9] = 0xFF
    let file = try write(records.flatMap(described), to: "bills.bin")
    let checked = try await validate(file)
    #expect(checked.status == 1, "\(checked.output)\(checked.errors)")
    #expect(checked.output.contains("4 read"), "\(checked.output)")
    let report = try workspace.report(of: "bills.bin", command: "validate")
    let rejected = try #require(try report.names.first { $0.hasPrefix("rejected.") })
    let bytes = [UInt8](try Data(contentsOf: report.folder.appending(path: rejected)))
    #expect(bytes == described(records[2]))
    records[2] = bill(3, cents: "500", customer: "C3")
    let mended = try await validate(write(described(records[2]), to: "mended.bin"))
    #expect(mended.status == 0, "\(mended.output)\(mended.errors)")
    #expect(mended.output.contains("5.00"), "\(mended.output)")
  }

  @Test func `what is no descriptor word rejects the file, with its place and what to do`() async throws {
    let good = (1...4).map { described(bill($0, cents: "2500", customer: "C\($0)")) }
    let block = described(good[0] + good[1])
    let tails: [(String, [UInt8], String)] = [
      ("converted", Array("INV-9999".utf8), "a record's descriptor word should stand"),
      ("spanned", [0x00, 0x10, 1, 0], "a part of one that spans blocks"),
      ("blocks", block, "the descriptor word of a block"), ("cut", [0x00, 0x10], "within a record's descriptor word"),
    ]
    for (name, tail, words) in tails {
      let file = try write(good.flatMap { $0 } + tail, to: "\(name).bin")
      let checked = try await validate(file)
      #expect(checked.status == 65, "\(name): \(checked.output)")
      #expect(checked.output.contains(words), "\(checked.output)")
      #expect(checked.output.contains("byte \(good.flatMap { $0 }.count)"), "\(checked.output)")
      #expect(checked.output.contains("4 read"), "what stands before it is told: \(checked.output)")
    }
    let short = try await validate(write(Array(good.flatMap { $0 }.dropLast(1)), to: "short.bin"))
    #expect(short.status == 1 && short.output.contains("record.length"), "\(short.output)")
  }

  @Test func `a layout of such records counts bytes, has no line ends, and one byte a character`() async throws {
    let wrong = Self.layout.replacingOccurrences(of: "ISO-8859-1", with: "UTF-8")
      .replacingOccurrences(of: #""unit": "bytes""#, with: #""line_ends": true"#)
    let checked = try await billdrop.run("layout", "check", workspace.write(wrong, to: "wrong.json"))
    #expect(checked.status == 78 || checked.status == 65, "\(checked.output)")
    for words in ["have no line ends", "count bytes", "one byte a character"] {
      #expect((checked.output + checked.errors).contains(words), "\(checked.output)\(checked.errors)")
    }
  }

  @Test func `such a file is guessed by its words, which are no part of its records`() async throws {
    let guessed = try await billdrop.run("layout", "guess", Place.sample("merchants/variable.bin"))
    #expect(guessed.status == 0, "\(guessed.errors)")
    #expect(guessed.output.contains(#""fixed_width": { "record_descriptors": true, "unit": "bytes" }"#))
    #expect(guessed.output.contains(#""encoding": "IBM037""#))
    #expect(guessed.output.contains(#""control": { "count": { "trailer": "count" }"#), "\(guessed.output)")
  }
}
