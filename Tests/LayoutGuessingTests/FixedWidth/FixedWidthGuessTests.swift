import BillIntake
import BillLayouts
import BillModel
import Foundation
import SeededRandoms
import Tabular
import Testing

@testable import LayoutGuessing

/// What is written of files of fixed width.
@Suite struct FixedWidthGuessTests {
  private func guess(_ bytes: [UInt8]) throws -> LayoutGuess {
    try LayoutGuess(name: "theirs.dat", headings: try Intake().headings) { ByteSource(bytes: bytes) }
  }

  private func guess(_ lines: [String], end: String = "\n") throws -> LayoutGuess {
    try guess(lines.flatMap { Array(($0 + end).utf8) })
  }

  private func guess(_ columns: [(FixedWidthFixture.Kind, Int)], rows: Int = 60, seed: UInt64 = 1) throws -> LayoutGuess
  {
    var random = SeededRandom(seed: seed)
    let columns = columns.map { FixedWidthFixture.Column(kind: $0.0, width: $0.1) }
    return try guess(try FixedWidthFixture(columns, rows: rows, &random).bytes())
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func zeros(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// A bill's record: reference 12, name 20, amount 10, due date 8.
  private static func bill(_ number: Int) -> String {
    let name = ["Nkosi, T", "van der Merwe", "Dlamini", "O'Neill"][number % 4]
    return padded("INV\(1000 + number)", 12) + padded(name, 20) + zeros(number * 1237, 10)
      + "202507\(zeros(1 + number % 28, 2))"
  }

  // MARK: Fields

  @Test func `columns fill fields by what they hold, and each of them is asked for`() throws {
    let text = try guess([
      (.reference, 12), (.account, 10), (.name, 30), (.decimal, 12), (.currency, 3), (.dashedDate, 10), (.email, 30),
    ]).text
    for field in [
      "\"external_reference\": \"reference\"", "\"customer.external_reference\": \"customer\"",
      "\"customer.name\": \"name\"", "\"amount_due\": { \"column\": \"amount\", \"steps\": [\"amount\"] }",
      "\"currency\": \"currency\"", "\"due_date\": \"due_date\"", "\"customer.email\": \"email\"",
      "\"reference\": { \"start\": 1, \"length\": 12 }", "\"customer\": { \"start\": 13, \"length\": 10 }",
      "\"name\": { \"start\": 23, ",
      // The blanks between a text and a number belong to the number: an amount must not lose digits.
      "\"align\": \"right\" }",
      "\"due_date\": { \"start\": 68, \"length\": 10 }",
    ] {
      #expect(text.contains(field), "\(field) in\n\(text)")
    }
    #expect(text.contains("// ? By its values, what stands at 23 to "))
  }

  @Test func `what is guessed is a layout once its questions are answered`() throws {
    let guess = try guess((1...40).map { Self.bill($0) })
    #expect(guess.isIncomplete && guess.doubts > 0)
    let answered = guess.text.replacing("{ \"constant\": \"?\" }", with: "{ \"constant\": \"ZAR\" }")
      .replacing("\"steps\": [\"?\"]", with: "\"steps\": [{ \"amount\": { \"implied_decimals\": 2 } }]")
      .replacing("{ \"column\": \"?\" }", with: "\"reference\"")
    _ = try Layout(json: Array(answered.utf8))
  }

  @Test(
    arguments: [
      (FixedWidthFixture.Kind.yyyyMMdd, "\"yyyyMMdd\""), (.ddMMyyyy, "\"ddMMyyyy\""), (.yyyyDDD, "\"yyyyDDD\""),
      (.yyMMdd, "\"yyMMdd\", \"pivot\": 2000"), (.slashedDate, "\"dd/MM/yyyy\""),
    ])
  func `the form of dates is seen`(kind: FixedWidthFixture.Kind, pattern: String) throws {
    let text = try guess([(.reference, 12), (kind, kind.widths.lowerBound), (.name, 30), (.decimal, 10)]).text
    #expect(text.contains("\"date\": \(pattern)") || text.contains("\"pattern\": \(pattern)"), "\(text)")
  }

  @Test func `days and months that could change places are asked for`() throws {
    let lines = (1...40).map {
      Self.padded("A-\(1000 + $0)", 10) + Self.zeros(1 + $0 % 12, 2) + Self.zeros(1 + $0 % 9, 2) + "2025  x"
    }
    let text = try guess(lines).text
    #expect(text.contains("ddMMyyyy or MMddyyyy?") || text.contains("MMddyyyy or ddMMyyyy?"), "\(text)")
    #expect(text.contains("\"?unclear\""))
  }

  @Test func `of two dates the later one is the due date`() throws {
    let lines = (1...40).map { number in
      Self.padded("A-\(1000 + number)", 10) + "202508\(Self.zeros(1 + number % 28, 2))"
        + "202507\(Self.zeros(1 + number % 28, 2))"
        + Self.zeros(number * 991, 12)
    }
    let text = try guess(lines).text
    #expect(text.contains("\"due_date\": { \"start\": 11, \"length\": 8 }"))
    #expect(text.contains("\"bill_date\": { \"start\": 19, \"length\": 8 }"))
  }

  @Test func `of several amounts none is taken`() throws {
    let text = try guess([(.reference, 12), (.zoned, 10), (.zoned, 11), (.name, 20)]).text
    #expect(text.contains("is the amount? With steps"))
    #expect(text.contains("\"amount_due\": { \"column\": \"?\", \"steps\": [\"?\"] }"))
  }

  @Test func `of several columns whose headings say amount none is taken, and other doubles are asked for`() throws {
    func line(_ texts: [String]) -> String { zip(texts, [12, 12, 12, 14, 12]).map(Self.padded).joined() }
    let lines = (1...40).map { number -> String in
      let amounts = [number * 991, number * 1139].map { Self.zeros($0 / 100, 6) + "." + Self.zeros($0 % 100, 2) }
      return line(["INV\(1000 + number)", "C\(2000 + number * 7)"] + amounts + [Self.zeros(3000 + number * 3, 8)])
    }
    let text = try guess([line(["Reference", "Customer", "Amount", "Total", "Ref"])] + lines).text
    #expect(text.contains("// ? Which of \"amount\", \"total\" is the amount? With steps"), "\(text)")
    #expect(text.contains("\"amount_due\": { \"column\": \"?\", \"steps\": [\"?\"] }"))
    #expect(text.contains("\" could be external_reference as well. Which one is it?"))
  }

  @Test(arguments: [("-", " "), ("CR", "  ")])
  func `a layout of amounts with their sign behind them reads its own file`(sign: (String, String)) throws {
    let lines = (1...60).map { number -> String in
      let amount = "\(number * 37).\(Self.zeros(number * 7 % 100, 2))" + (number % 5 == 2 ? sign.0 : sign.1)
      return Self.padded("INV\(1000 + number)", 12) + Self.padded("C\(2000 + number * 7)", 8)
        + String(repeating: " ", count: 14 - amount.count) + amount + "ZAR202507\(Self.zeros(1 + number % 28, 2))"
    }
    let text = try guess(lines).text
    #expect(text.contains("\"length\": 17, \"align\": \"both\" }, // numbers with a decimal mark"), "\(text)")
    let intake = try Intake(layout: try Layout(json: Array(text.utf8)))
    let bytes = lines.flatMap { Array(($0 + "\n").utf8) }
    let check = try intake.check(.memory(bytes, name: "theirs.dat"), temporaryFolder: "/tmp")
    var findings = check.findings()
    while let finding = try findings.next() { #expect(finding.code == .amountRange, "\(finding)") }
  }

  @Test func `digits right behind two decimals are asked for above the amount`() throws {
    let lines = (1...60).map { number -> String in
      let amount = "\(number * 37).\(Self.zeros(number * 7 % 1000, 3))"
      return Self.padded("INV\(1000 + number)", 12) + Self.padded("C\(2000 + number * 7)", 8)
        + String(repeating: " ", count: 12 - amount.count) + amount + "BHD202507\(Self.zeros(1 + number % 28, 2))"
    }
    let text = try guess(lines).text
    let above = text.split(separator: "\n").split { $0.contains("\"amount\": {") }[0].suffix(2)
    #expect(above.contains { $0.contains("// ? Does it end at 31? Digits stand right behind it") }, "\(text)")
  }

  // MARK: Records

  @Test(arguments: [("H", "D", "T"), ("00", "10", "99"), ("HDR", "DTL", "TRL")])
  func `header and trailer are told by their kind`(kinds: (header: String, detail: String, trailer: String)) throws {
    let width = kinds.header.count + 50
    let lines =
      [Self.padded(kinds.header + "20250701ACME LTD", width)] + (1...30).map { kinds.detail + Self.bill($0) }
      + [Self.padded(kinds.trailer + Self.zeros(30, 8) + Self.zeros(1237 * 465, 14), width)]
    let text = try guess(lines, end: "\r\n").text
    #expect(text.contains("\"by\": { \"start\": 1, \"length\": \(kinds.header.count) }"), "\(text)")
    #expect(text.contains("\"detail\": \"\(kinds.detail)\""))
    #expect(text.contains("\"value\": \"\(kinds.header)\"") && text.contains("\"value\": \"\(kinds.trailer)\""))
    #expect(text.contains("\"control\": { \"count\": { \"trailer\": \"count\" } }"))
    #expect(text.contains("is 30, the count of the bills"))
    #expect(text.contains("is the sum of the amounts"))
    #expect(text.contains("\"bill_date\": { \"header\": \"date\", \"steps\": [{ \"date\": \"yyyyMMdd\" }] }"))
  }

  @Test func `records that begin alike and are built alike are of one kind`() throws {
    let text = try guess((1...40).map { ["A", "B", "C"][$0 % 3] + Self.bill($0) }).text
    #expect(!text.contains("\"records\""))
  }

  @Test func `bytes behind the last whole record are asked for`() throws {
    var random = SeededRandom(seed: 5)
    let columns = [(FixedWidthFixture.Kind.reference, 12), (.packed, 6), (.name, 30), (.packedDate, 4)]
    let fixture = FixedWidthFixture(columns.map { .init(kind: $0.0, width: $0.1) }, rows: 40, &random)
    let whole = try fixture.bytes(lineEnd: [], encoding: "IBM037")
    #expect(!(try guess(whole).text.contains("Was the file cut")))
    let text = try guess(Array(whole.dropLast(20))).text
    #expect(text.contains("\"record_length\": 52, \"line_ends\": false"))
    #expect(text.contains("// ? Behind the last whole record stand 32 bytes."))
  }

  @Test func `packed numbers between line ends may hold the bytes of a line end`() throws {
    var random = SeededRandom(seed: 6)
    let columns = [(FixedWidthFixture.Kind.reference, 12), (.packed, 6), (.name, 30), (.packedDate, 4)]
    let fixture = FixedWidthFixture(columns.map { .init(kind: $0.0, width: $0.1) }, rows: 60, &random)
    let text = try guess(try fixture.bytes(lineEnd: [0x15], encoding: "IBM037")).text
    #expect(text.contains("\"fixed_width\": { \"record_length\": 52, \"unit\": \"bytes\" }"), "\(text)")
    #expect(text.contains("\"start\": 49, \"length\": 4, \"type\": \"packed\""))
    #expect(text.contains("{ \"date\": \"yyyyDDD\" }"))
  }

  @Test func `a text in UTF-8 is counted in characters, or in bytes, as its records have one length`() throws {
    let names = ["Zoë", "Jürgen", "Sipho", "André", "Renée"]
    let characters = (1...40).map {
      Self.padded("INV\($0 + 100)", 10) + Self.padded(names[$0 % 5], 20) + "\($0 + 10).50"
    }
    #expect(try guess(characters).text.contains("\"unit\": \"characters\""))
    let bytes = (1...40).map { number in
      let name = names[number % 5]
      return Self.padded("INV\(number + 100)", 10) + name + String(repeating: " ", count: 20 - name.utf8.count)
        + "\(number + 10).50"
    }
    #expect(try guess(bytes).text.contains("\"unit\": \"bytes\""))
  }

  @Test func `UTF-16 is seen`() throws {
    let text = (1...40).map { Self.bill($0) + "\n" }.joined()
    let guess = try guess([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(guess.text.contains("\"encoding\": \"UTF-16\"") && guess.text.contains("\"fixed-width\""))
  }

  @Test func `a line that names the columns says what they are`() throws {
    let head = [
      Self.padded("INVOICE NO", 12) + Self.padded("CUSTOMER", 10) + Self.padded("NAME", 20)
        + Self.padded("DISTRICT", 10) + "  AMOUNT DUE DATE",
      String(repeating: "-", count: 10) + "  " + String(repeating: "-", count: 54),
    ]
    let lines = (1...40).map { number in
      Self.padded("\(number * 17)", 12) + Self.padded("C\(number % 7)", 10)
        + Self.padded(["Nkosi", "van Wyk"][number % 2], 20)
        + Self.padded(["KAROO", "NORTH"][number / 2 % 2], 10)
        + "  \(number + 100).50 2025-07-\(Self.zeros(1 + number % 28, 2))"
    }
    let guess = try guess(head + lines)
    #expect(guess.text.contains("// The first two lines name the columns."), "\(guess.text)")
    #expect(
      guess.text.contains("\"external_reference\": \"reference\"") && guess.text.contains("\"due_date\": \"due_date\""))
    #expect(guess.text.contains("// Columns that fill nothing: \"district\"."))
    #expect(!guess.text.contains("could be amount_due") && !guess.text.contains("could be external_reference"))
  }

  @Test func `a column that counts the bills is held to it`() throws {
    let text = try guess((1...40).map { Self.zeros($0, 6) + Self.bill($0) }).text
    #expect(text.contains("\"control\": { \"sequence\": { \"column\": \"at_1\" } }"), "\(text)")
  }

  // MARK: What proves little

  @Test func `one record, or many that are the same, prove nothing, and that is said`() throws {
    let one = try guess([Self.bill(7)])
    #expect(one.text.contains("// ? There is one record: where columns begin and end, nothing proves."))
    let same = try guess([String](repeating: Self.bill(7), count: 50))
    #expect(same.text.contains("// ? All 50 records are the same: where columns begin and end, nothing proves."))
  }

  @Test func `a text without columns is no layout`() throws {
    var random = SeededRandom(seed: 9)
    let letters = (0..<200).map { _ in String((0..<80).map { _ in random.pick(Array("abcdefghijklmnopqrstuvwxyz")) }) }
    #expect(try guess(letters).text.contains("// ? No columns are seen in the records."))
    #expect(throws: GuessError.noDelimiter) { try guess(["Dear Sir", "please find our bills", "enclosed. Yours"]) }
  }

  @Test(arguments: [[0x78], [0x40], [0xF1], [0x00], [0x20], [0x0A], [0x20, 0x0A], [0x25, 0x40]] as [[UInt8]])
  func `bytes that are all the same are refused, however many`(bytes: [UInt8]) throws {
    for count in [1, 60, 5000, FileWindows.size * 4] {
      let file = (0..<count).flatMap { _ in bytes }
      #expect(throws: GuessError.self) { try guess(file) }
    }
  }

  @Test func `random bytes are refused, however many`() throws {
    var random = SeededRandom(seed: 3)
    let garbage = (0..<1 << 18).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
    #expect(throws: GuessError.self) { try guess(garbage) }
  }

  @Test func `a delimited file whose values are padded is a delimited one`() throws {
    let lines = (1...40).map { "INV\($0 + 100)  ;\(Self.padded("Nkosi", 12));  \($0 + 10),50;2025-07-31" }
    #expect(try guess(lines).text.contains("\"delimiter\": \";\""))
  }

  @Test func `delimiters between quotes don't make a delimited file one of fixed width`() throws {
    let lines = (1...40).map { number in
      let name = ["\"Nkosi, T, Mrs\"", "\"Zulu\"", "\"Dlamini, P\""][number % 3]
      return "2025-07-01,ZAR,\(number + 100).50,\(Self.padded(name, 20)),INV\(number + 100)"
    }
    #expect(try guess(lines).text.contains("\"format\": \"csv\""))
    #expect(
      try guess(lines.map { $0 + String(repeating: " ", count: $0.count % 5) }).text.contains("\"format\": \"csv\""))
  }

  @Test func `texts between single blanks, as reports have them`() throws {
    let lines = (1...40).map { number in
      "\(Self.zeros(number * 7, 6)) \(["PAID", "OPEN"][number % 2]) \(Self.padded(["Nkosi T", "van Wyk"][number / 2 % 2], 12)) \(number + 100).50 2025-07-31"
    }
    let text = try guess(lines).text
    for place in ["\"start\": 1, \"length\": 6", "\"start\": 8, ", "\"start\": 13, ", "\"start\": 33, \"length\": 10"] {
      #expect(text.contains(place), "\(place) in\n\(text)")
    }
  }

  @Test func `a decimal comma is no delimiter`() throws {
    let lines = (1...40).map {
      Self.padded("INV\($0 + 100)", 10) + Self.padded(["Nkosi", "Dlamini"][$0 % 2], 20) + "\($0 + 100),50"
    }
    #expect(try guess(lines).text.contains("{ \"amount\": { \"decimal\": \",\" } }"))
  }

  // MARK: The ruler

  @Test func `records stand below a ruler, masked, and the columns below them`() throws {
    let text = try guess((1...40).map { Self.bill($0) }).text
    #expect(text.contains("//   ----+----1----+----2----+----3----+----4----+----5"))
    #expect(text.contains("//   INV1001     v** d** M****       000000123720250702"))
    #expect(text.contains("//   |reference  |name               |amount   |due_dat"))
    for name in ["Dlamini", "Nkosi", "Merwe"] { #expect(!text.contains(name)) }
  }

  @Test func `identity numbers and telephone numbers aren't shown`() throws {
    let lines = (1...40).map {
      Self.padded("INV\($0 + 100)", 10) + "8501015800088" + Self.padded("+2782123\(1000 + $0)", 15) + "\($0 + 10).50"
    }
    let text = try guess(lines).text
    #expect(!text.contains("8501015800088") && !text.contains("+2782123"))
    #expect(text.contains("\"id_number\" says who somebody is: in a reference only behind a step hmac."))
  }
}
