import BillModel
import SeededRandoms
import Testing

/// Files that were written by a layout from random values, and read by it: the same values come back, wherever they
/// stand and whatever stands around them.
@Suite struct WrittenFileTests {
  private struct Row: Equatable {
    var reference: String
    var amount: Int64
    var name: String
  }

  private static let letters = Array("abcXYZ019éüÄß ")

  private static func rows(_ random: inout SeededRandom, more: String = "") -> [Row] {
    let letters = letters + Array(more)
    return (1...20).map { number in
      let inner = (0..<Int.random(in: 0...10, using: &random)).map { _ in random.pick(letters) }
      return Row(
        reference: "R\(number)", amount: Int64.random(in: 1...99_999_999, using: &random), name: "<\(String(inner))>")
    }
  }

  private static func found(_ bills: [Bill]) -> [Row] {
    bills.map { bill in
      guard case .customer(let customer) = bill.party else { return Row(reference: "", amount: 0, name: "") }
      return Row(reference: bill.reference, amount: bill.amountDue, name: customer.name ?? "")
    }
  }

  private static let fields = """
    "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
                "customer.external_reference": "ref", "customer.name": "name" }
    """

  /// JSON of a text.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t") + "\""
  }

  // MARK: CSV

  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252", "ISO-8859-15", "IBM1047", "GB18030"])
  func `values come back from a CSV, whatever its delimiter, quotes, escapes and encoding`(encoding: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<12 {
      let delimiter = random.pick([",", ";", "\t", "|"])
      let quote = random.pick(["\"", "'"])
      let escape = random.oneIn(2) ? "\\" : nil
      let hasHeading = random.oneIn(2)
      let end = random.pick(["\n", "\r\n"])
      let rows = Self.rows(&random, more: delimiter + quote + quote + (escape ?? "") + "\n")
      let lines = rows.map { row in
        [row.reference, String(row.amount), Self.enclosed(row.name, quote, escape)].joined(separator: delimiter) + end
      }
      let heading = hasHeading ? ["ref", "amount", "name"].joined(separator: delimiter) + end : ""
      let columns = hasHeading ? "" : #""columns": { "ref": 1, "amount": 2, "name": 3 },"#
      let layout = """
        { "name": "x", "format": "csv", "encoding": "\(encoding)", \(columns)
          "csv": { "delimiter": \(Self.quoted(delimiter)), "quote": \(Self.quoted(quote)), "heading": \(hasHeading)
                   \(escape.map { ", \"escape\": " + Self.quoted($0) } ?? "") }, \(Self.fields) }
        """
      let file = try MappedFile(try Array(heading + lines.joined(), in: encoding), layout)
      let problems = try file.read().findings
      #expect(Self.found(try file.bills()) == rows, "seed \(seed): \(problems) \(layout)")
    }
  }

  private static func enclosed(_ text: String, _ quote: String, _ escape: String?) -> String {
    guard let escape else { return quote + text.replacing(quote, with: quote + quote) + quote }
    return quote + text.replacing(escape, with: escape + escape).replacing(quote, with: escape + quote) + quote
  }

  // MARK: Fixed width

  /// How the columns of a fixed-width file stand.
  private struct Placing {
    let encoding: String
    let unit: String
    let align: String
    let padding: String
    let end: String
    let width: Int

    init(_ encoding: String, _ random: inout SeededRandom) {
      self.encoding = encoding
      let isSingleByte = ["windows-1252", "ISO-8859-15", "IBM037", "IBM500"].contains(encoding)
      unit = isSingleByte && random.oneIn(2) ? "bytes" : "characters"
      align = random.pick(["left", "right", "both"])
      padding = random.pick([" ", "*", "_"] + (align == "right" ? ["0"] : []))
      end = random.pick(["\n", "\r\n", ""])
      width = Int.random(in: 12...30, using: &random)
    }

    func placed(_ text: String, _ width: Int, _ random: inout SeededRandom) -> String {
      let missing = width - text.unicodeScalars.count
      let before = align == "left" ? 0 : align == "right" ? missing : Int.random(in: 0...missing, using: &random)
      return String(repeating: padding, count: before) + text + String(repeating: padding, count: missing - before)
    }

    var layout: String {
      let more = #""align": "\#(align)", "padding": "\#(padding)""#
      return """
        { "name": "x", "format": "fixed-width", "encoding": "\(encoding)",
          "fixed_width": { "unit": "\(unit)", "record_length": \(width + 17), "line_ends": \(!end.isEmpty) },
          "columns": { "ref": { "start": 3, "length": 5, \(more) },
                       "amount": { "start": 8, "length": 10, "align": "right", "padding": "0" },
                       "name": { "start": 18, "length": \(width), \(more) } }, \(WrittenFileTests.fields) }
        """
    }
  }

  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-32BE", "windows-1252", "ISO-8859-15", "IBM037", "IBM500", "EUC-JP"])
  func `values come back from their places, however they are aligned, padded, counted and encoded`(
    encoding: String
  ) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<12 {
      let placing = Placing(encoding, &random)
      // A zero that fills up would be taken for one of the reference's, and is not where it ends the value.
      var rows = Self.rows(&random)
      for index in rows.indices {
        rows[index].reference = "R\(index + 1)X"
        if encoding == "EUC-JP" { rows[index].name = String(rows[index].name.filter { $0.isASCII }) }
      }
      let text = rows.map { row in
        let digits = String(row.amount)
        let amount = String(repeating: "0", count: 10 - digits.count) + digits
        return "D " + placing.placed(row.reference, 5, &random) + amount
          + placing.placed(row.name, placing.width, &random) + placing.end
      }
      let file = try MappedFile(try Array(text.joined(), in: encoding), placing.layout)
      let problems = try file.read().findings
      #expect(Self.found(try file.bills()) == rows, "seed \(seed): \(problems) \(placing.layout)")
    }
  }

  // MARK: Sources

  @Test func `values come back from the header, the parent, the file's name, and joined or tried one after the other`()
    throws
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let layout = """
      { "name": "x", "format": "csv", "csv": { "delimiter": "|", "heading": false }, "file_name": "bills_(?<area>[a-z]+)",
        "records": { "by": 1, "header": { "value": "H", "columns": { "run": 2 } }, "detail": ["B", "C"],
                     "parent": { "value": "P", "columns": { "number": 2, "name": 3 } }, "ignored": "#" },
        "columns": { "ref": 2, "amount": 3, "own": 4 },
        "fields": {
          "external_reference": { "join": [{ "header": "run" }, "ref"], "with": "-" },
          "currency": { "constant": "ZAR" }, "amount_due": "amount",
          "customer.external_reference": { "parent": "number" },
          "customer.name": { "first": ["own", { "parent": "name" }] },
          "metadata.area": { "file_name": "area" }
        } }
      """
    var text = "H|77\n"
    var expected: [String] = []
    for customer in 1...6 {
      let name = WrittenConversion.word(&random)
      // What a file says of a customer is what its first bill says.
      let own = random.oneIn(2) ? WrittenConversion.word(&random) : ""
      text += "P|C\(customer)|\(name)\n"
      for bill in 1...Int.random(in: 1...5, using: &random) {
        if random.oneIn(3) { text += "#|what|ever\n" }
        text += "\(random.pick(["B", "C"]))|R\(customer)\(bill)|\(bill)00|\(own)\n"
        expected.append("77-R\(customer)\(bill) C\(customer) \(own.isEmpty ? name : own) east")
      }
    }
    var file = try MappedFile(Array(text.utf8), layout)
    file.name = "bills_east"
    let found = try file.bills().map { bill -> String in
      guard case .customer(let customer) = bill.party else { return "" }
      return "\(bill.reference) \(customer.reference) \(customer.name ?? "") \(bill.metadata["area"] ?? "")"
    }
    #expect(found == expected, "seed \(seed)")
  }
}
