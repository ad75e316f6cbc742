import SchemaRules
import SeededRandoms
import Tabular
import Testing

@testable import BillLayouts

/// What programs in plain figures give is what `ValueEvaluator` makes; where it makes nothing, they give nothing.
@Suite struct ByteProgramsTests {
  /// Programs in JSON, and what their values are made of.
  private static let programs: [(recipe: String, words: [String])] = [
    (#"{"column": "a", "steps": ["trim", "upper"]}"#, [" ", "\t", "\u{A0}", "a", "Zz", "é", "9"]),
    (#"{"column": "a", "steps": ["lower", "strip_zeros"]}"#, ["0", "00", "A", "ÄB", "1"]),
    (#"{"column": "a", "steps": ["trim", {"amount": {"decimal": ",", "group": "."}}]}"#, amounts),
    (#"{"column": "a", "steps": ["amount"]}"#, amounts),
    (#"{"column": "a", "steps": [{"amount": {"sign": "trailing", "group": "'"}}]}"#, amounts),
    (#"{"column": "a", "steps": [{"amount": {"sign": "cr"}}]}"#, amounts + ["CR", " cr"]),
    (#"{"column": "a", "steps": [{"amount": {"implied_decimals": 2}}]}"#, ["0", "1", "9", "-", "123", "+"]),
    (#"{"column": "a", "steps": [{"amount": {"implied_decimals": 3}}]}"#, ["0", "10", "9"]),
    (#"{"column": "a", "steps": [{"amount": {"currency": "JPY"}}]}"#, amounts),
    (#"{"column": "a", "steps": [{"date": "dd.MM.yyyy"}]}"#, dates),
    (#"{"column": "a", "steps": [{"date": "d/M/yyyy"}]}"#, dates),
    (#"{"column": "a", "steps": [{"date": "yyyyMMdd"}]}"#, ["20", "24", "02", "29", "31", "0", "12"]),
    (
      #"{"column": "a", "steps": [{"date": {"pattern": "yyMMdd", "pivot": 1970}}]}"#,
      ["69", "70", "00", "02", "29", "12"]
    ),
    (#"{"column": "a", "steps": [{"date": "yyyyDDD"}]}"#, ["2024", "2023", "366", "365", "001", "000", "1"]),
    (#"{"column": "a", "steps": [{"date": "dd MMM yyyy"}]}"#, ["01 ", "Feb ", "2024", "x"]),
    (
      #"{"column": "a", "steps": [{"date": {"pattern": "yyyyMMdd", "empty": ["00000000", "20240000"]}}]}"#,
      ["0000", "2024", "0101", "00000000"]
    ),
    (#"{"column": "a", "steps": [{"phone": "ZA"}]}"#, phones),
    (#"{"column": "a", "steps": [{"phone": "BW"}]}"#, phones),
    (#"{"column": "a", "steps": [{"phone": "NA"}]}"#, phones),
    (#"{"column": "a", "steps": [{"boolean": {"true": ["J", "1"], "false": ["N", ""]}}]}"#, ["J", "N", "1"]),
    (#"{"column": "a", "steps": [{"pad": {"width": 6, "with": "0"}}]}"#, ["1", "é", "abc"]),
    (#"{"column": "a", "steps": [{"pad": {"width": 4, "side": "right"}}]}"#, ["1", "é", "abc"]),
    (#"{"column": "a", "steps": [{"restore_zeros": 4}]}"#, ["1", "0", "a", "22"]),
    (#"{"column": "a", "steps": [{"width": 3}]}"#, ["1", "é", "ab", "1E+3"]),
    (
      #"{"column": "a", "steps": [{"replace": {"ab": "c", "a": "", "é": "ee", "/": "-"}}]}"#, ["a", "b", "é", "/", "x"]
    ),
    (#"{"column": "a", "steps": [{"map": {"R": "ZAR", "D": "USD", "": "x", "é": ""}}]}"#, ["R", "D", "é"]),
    (#"{"column": "a", "steps": [{"map": {"R": "ZAR", "*": "?"}}, {"suffix": "!"}]}"#, ["R", "r"]),
    (#"{"column": "a", "steps": [{"empty": ["-", "NULL"]}, {"default": "d"}, {"prefix": "C-"}]}"#, ["-", "NULL", "x"]),
    (#"{"column": "a", "steps": [{"slice": {"start": 2, "length": 3}}]}"#, ["a", "é", "bcd"]),
    (#"{"column": "a", "steps": [{"slice": {"start": -2}}]}"#, ["a", "é", "bcd"]),
    (#"{"column": "a", "steps": [{"identity_number": "ZA"}]}"#, ["8501015800088", "101015800085", "1", "x"]),
    (
      #"{"join": ["a", {"column": "b", "steps": ["trim"]}, {"constant": "k"}], "with": "-", "steps": ["upper"]}"#,
      ["", " ", "a", "b"]
    ),
    (#"{"first": [{"column": "a", "steps": ["trim"]}, "b", {"constant": "k"}]}"#, ["", " ", "a"]),
  ]
  private static let amounts = ["1", "23", "456", "0", ".", ",", "-", "+", "'", " ", "#", "x", "99999999999999999"]
  private static let dates = ["01", "1", "2", "12", "29", "31", ".", "/", "2024", "2023", "0000", "45321", " "]
  private static let phones = [
    "+", "27", "0", "00", "267", "264", "82", "123", "4567", " ", "-", "(0)", "71234567", "x", "\u{A0}",
  ]

  private static func program(_ json: String) throws -> ValueProgram {
    var reader = LayoutReader()
    let recipe = try #require(reader.recipe(JSONPlace(try JSONValue(parsing: Array(json.utf8)))))
    #expect(reader.mistakes.isEmpty)
    return program(recipe)
  }

  private static func program(_ recipe: ValueRecipe) -> ValueProgram {
    let source: ValueProgram.Source =
      switch recipe.source {
      case .constant(let value): .literal(value)
      case .join(let parts, let separator): .join(parts.map { program($0) }, separator: separator)
      case .first(let parts): .first(parts.map { program($0) })
      case .column(let reference): .cell("\(reference)".contains("\"b\"") ? 1 : 0)
      default: .literal([])
      }
    return ValueProgram(source: source, steps: recipe.steps, region: nil)
  }

  @Test(arguments: programs.indices)
  func `plain programs make what the others make`(index: Int) throws {
    let (json, words) = Self.programs[index]
    let program = try Self.program(json)
    let (plain, evaluator) = (BytePrograms([program]), ValueEvaluator(codes: KeyedCodes([:])))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var made = 0
    for _ in 0..<2000 {
      let texts = (0..<2).map { _ in
        Array(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            .utf8)
      }
      let exponent = [0, 2, 3, nil].randomElement(using: &random) ?? 2
      var batch = RecordBatch()
      let bytes = texts.flatMap { $0 }
      bytes.withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0) }
      batch.makeRoom(bytes: 400, fields: 1)
      let edge = UInt32(texts[0].count)
      let spans = [FieldSpan(start: 0, end: edge), FieldSpan(start: edge, end: UInt32(bytes.count))]
      var room = ByteRoom(batch)
      let none = UnsafeBufferPointer<FieldSpan>(start: nil, count: 0)
      let span = spans.withUnsafeBufferPointer { spans in
        plain.span(
          0, ByteCells(base: batch.base, cells: spans, header: none, parent: none, exponent: exponent), &room)
      }
      guard let span else { continue }
      batch.keepValues(upTo: room.end)
      let fault = spans.withUnsafeBufferPointer { spans in
        evaluator.evaluate(
          program, .init(base: batch.base, spans: spans, header: [], parent: []), exponent: exponent)
      }
      #expect(fault == nil, "\(texts.map { String(decoding: $0, as: UTF8.self) }), seed \(seed)")
      #expect(Array(batch.bytes(of: span)) == evaluator.text.bytes, "\(texts), seed \(seed)")
      made += 1
    }
    // Only names of months and the rarer signs take the long way always.
    #expect(made > 50 || json.contains("MMM") || json.contains("\"cr\""), "\(made) of 2000 were plain, seed \(seed)")
  }

  @Test func `a text that means no date is none, also where it is a day of the calendar`() throws {
    let json = #"{"column": "a", "steps": [{"date": {"pattern": "yyyyMMdd", "empty": ["19000101"]}}]}"#
    let plain = BytePrograms([try Self.program(json)])
    var batch = RecordBatch()
    Array("19000101".utf8).withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0) }
    let none = UnsafeBufferPointer<FieldSpan>(start: nil, count: 0)
    [FieldSpan(start: 0, end: 8)].withUnsafeBufferPointer { spans in
      var room = ByteRoom(batch)
      #expect(plain.span(0, ByteCells(base: batch.base, cells: spans, header: none, parent: none), &room) == nil)
    }
  }

  @Test func `a value for which there is no room is not made`() throws {
    let plain = BytePrograms([try Self.program(#"{"column": "a", "steps": [{"prefix": "0123456789"}]}"#)])
    var batch = RecordBatch()
    Array("abc".utf8).withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0) }
    batch.keepValues(upTo: batch.valueRoom.limit - 12)
    let none = UnsafeBufferPointer<FieldSpan>(start: nil, count: 0)
    [FieldSpan(start: 0, end: 3)].withUnsafeBufferPointer { spans in
      let cells = ByteCells(base: batch.base, cells: spans, header: none, parent: none)
      var room = ByteRoom(batch)
      #expect(plain.span(0, cells, &room) == nil)
    }
  }
}
