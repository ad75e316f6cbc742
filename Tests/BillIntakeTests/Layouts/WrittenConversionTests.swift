import BillModel
import SeededRandoms
import Testing

@Suite struct WrittenConversionTests {
  @Test(
    arguments: WrittenConversion.texts + WrittenConversion.amounts + WrittenConversion.dates + WrittenConversion.phones)
  func `values that were written by a layout are read by it, and others rejected at their place`(
    conversion: WrittenConversion
  ) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let written = (0..<40).map { _ in conversion.write(&random) }
    let rows = written.enumerated().map { "R\($0)|\($1.text)\n" }
    let file = try MappedFile(Array(("ref|v\n" + rows.joined()).utf8), conversion.layout)
    let found = try file.bills().map { conversion.target.value(in: $0) ?? "" }
    let problems = try file.read().findings
    #expect(found == written.map(\.value), "seed \(seed): \(problems)")

    for bad in conversion.bad {
      let place = Int.random(in: 0...rows.count, using: &random)
      var spoilt = rows
      spoilt.insert("BAD|\(bad)\n", at: place)
      let outcome = try MappedFile(Array(("ref|v\n" + spoilt.joined()).utf8), conversion.layout).read()
      #expect(outcome.bills.count == rows.count, "\(bad), seed \(seed)")
      let position = "\(place + 1):\(place + 2) "
      #expect(
        outcome.findings.contains { $0.hasPrefix(position) && $0.hasSuffix(" v") }, "\(bad): \(outcome.findings)")
    }
  }

  @Test(arguments: [("JPY", 0), ("ZAR", 2), ("BHD", 3)])
  func `amounts have the decimals of their currency, and not one more`(currency: String, decimals: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let layout = """
      { "name": "x", "format": "csv",
        "fields": { "external_reference": "ref", "currency": { "constant": "\(currency)" },
                    "amount_due": { "column": "v", "steps": ["amount"] },
                    "customer.external_reference": "ref", "customer.name": "ref" } }
      """
    let unit = (0..<decimals).reduce(Int64(1)) { unit, _ in unit * 10 }
    let amounts = (0..<40).map { _ in Int64.random(in: 1...99_999_999, using: &random) }
    let rows = amounts.enumerated().map { index, minor in
      let behind = String(String(unit + minor % unit).dropFirst())
      return "R\(index),\(minor / unit)\(decimals > 0 ? "." + behind : "")\n"
    }
    #expect(try MappedFile(Array(("ref,v\n" + rows.joined()).utf8), layout).bills().map(\.amountDue) == amounts)
    for bad in ["1." + String(repeating: "0", count: decimals + 1), "1.", ".5"] {
      let outcome = try MappedFile(Array("ref,v\nA,1\nB,\(bad)\n".utf8), layout).read()
      #expect(
        outcome.bills.count == 1 && outcome.findings.contains { $0.hasPrefix("2:3 amount.") }, "\(bad) \(outcome)")
    }
  }

  @Test func `zoned and packed numbers that were written are read, and others rejected at their place`() throws {
    let layout = """
      { "name": "x", "format": "fixed-width", "encoding": "IBM037",
        "fixed_width": { "record_length": 20, "line_ends": false, "unit": "bytes" },
        "columns": { "ref": { "start": 1, "length": 4 }, "zoned": { "start": 5, "length": 9, "type": "zoned" },
                     "packed": { "start": 14, "length": 7, "type": "packed" } },
        "fields": {
          "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": { "constant": "5" },
          "customer.external_reference": "ref", "customer.name": { "constant": "N" },
          "customer.currency": { "constant": "ZAR" }, "customer.balance": "zoned",
          "metadata.packed": "packed"
        } }
      """
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var bytes: [UInt8] = []
    var expected: [String] = []
    func reference(_ index: Int) -> String { "R" + String(100 + index) }
    for index in 0..<50 {
      let zoned = Int64.random(in: -999_999_999...999_999_999, using: &random)
      let packed = Int64.random(in: -99_999_999_999...99_999_999_999, using: &random)
      bytes += try Array(reference(index), in: "IBM037") + Self.zoned(zoned, 9) + Self.packed(packed, 7)
      expected.append("\(zoned) \(packed)")
    }
    let found = try MappedFile(bytes, layout).bills().map {
      "\(WrittenConversion.Target.balance.value(in: $0) ?? "") \($0.metadata["packed"] ?? "")"
    }
    #expect(found == expected, "seed \(seed)")
    let good = try Array("GOOD", in: "IBM037") + Self.zoned(1, 9) + Self.packed(1, 7)
    for (offset, value) in [(4, 0x40), (8, 0xC1), (12, 0x4F), (13, 0xA0), (19, 0x09), (19, 0xEC)] as [(Int, UInt8)] {
      var bad = try Array("BADX", in: "IBM037") + Self.zoned(1, 9) + Self.packed(1, 7)
      bad[offset] = value
      let outcome = try MappedFile(good + bad, layout).read()
      let column = offset < 13 ? "zoned" : "packed"
      #expect(outcome.findings == ["2:2 field.conversion \(column)"], "byte \(offset)")
    }
  }

  /// EBCDIC digits, the last one with the sign.
  private static func zoned(_ number: Int64, _ count: Int) -> [UInt8] {
    var bytes = digits(number, count).map { 0xF0 | $0 }
    bytes[count - 1] = bytes[count - 1] & 0x0F | (number < 0 ? 0xD0 : 0xC0)
    return bytes
  }

  private static func packed(_ number: Int64, _ count: Int) -> [UInt8] {
    let halves = digits(number, 2 * count - 1) + [number < 0 ? 0x0D : 0x0C]
    return (0..<count).map { halves[2 * $0] << 4 | halves[2 * $0 + 1] }
  }

  private static func digits(_ number: Int64, _ count: Int) -> [UInt8] {
    var rest = number.magnitude
    var digits = [UInt8](repeating: 0, count: count)
    for place in stride(from: count - 1, through: 0, by: -1) {
      digits[place] = UInt8(rest % 10)
      rest /= 10
    }
    return digits
  }
}
