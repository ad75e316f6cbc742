import BillModel
import SchemaRules
import SeededRandoms
import Testing

@testable import BillLayouts

@Suite struct ConversionTests {
  /// What a step, stated in JSON, makes of a text; the fault where it can't be done.
  private func convert(_ text: String, _ step: String, exponent: Int? = 2) throws -> (String, ConversionFault.Kind?) {
    let json = try JSONValue(parsing: Array("{\"column\": \"r\", \"steps\": [\(step)]}".utf8))
    var reader = LayoutReader()
    let read = reader.recipe(JSONPlace(json))
    let recipe = try #require(read)
    #expect(reader.mistakes.isEmpty)
    var value = ValueText()
    value.set(Array(text.utf8))
    let key = [UInt8](repeating: 7, count: 32)
    let around = ConversionStep.Surroundings(exponent: exponent, codes: KeyedCodes(["K": key]), region: nil)
    for step in recipe.steps {
      if let fault = step.apply(to: &value, around) { return (text, fault.kind) }
    }
    return (String(decoding: value.bytes, as: UTF8.self), nil)
  }

  @Test(arguments: [
    ("  a b\u{A0} ", #""trim""#, "a b"), ("Ab-ü1", #""upper""#, "AB-ü1"), ("AB-Ü1", #""lower""#, "ab-Ü1"),
    ("000", #""strip_zeros""#, "0"), ("00120", #""strip_zeros""#, "120"), ("", #""strip_zeros""#, ""),
    ("7", #"{"pad": {"width": 3, "with": "0"}}"#, "007"), ("é", #"{"pad": {"width": 2, "side": "right"}}"#, "é "),
    ("123", #"{"restore_zeros": 5}"#, "00123"), ("", #"{"restore_zeros": 5}"#, ""),
    ("a/b c/", #"{"replace": {"/": "-", " ": ""}}"#, "a-bc-"), ("R", #"{"map": {"R": "ZAR", "D": "USD"}}"#, "ZAR"),
    ("x", #"{"map": {"R": "ZAR", "*": "?"}}"#, "?"), ("", #"{"default": "ZAR"}"#, "ZAR"),
    ("NULL", #"{"empty": ["NULL", "-"]}"#, ""), ("1", #"{"prefix": "INV-"}"#, "INV-1"), ("", #"{"prefix": "x"}"#, ""),
    ("1", #"{"suffix": "-A"}"#, "1-A"), ("abcdef", #"{"slice": {"start": 2, "length": 3}}"#, "bcd"),
    ("aäöüb", #"{"slice": {"start": -3}}"#, "öüb"), ("ab", #"{"slice": {"start": 5, "length": 3}}"#, ""),
    ("J", #"{"boolean": {"true": ["J"], "false": ["N"]}}"#, "true"), ("12345", #"{"width": 5}"#, "12345"),
    ("8501015800088", #"{"identity_number": "ZA"}"#, "8501015800088"),
  ])
  func `a step does what it says`(text: String, step: String, expected: String) throws {
    let (value, fault) = try convert(text, step)
    #expect(fault == nil)
    #expect(value == expected)
  }

  @Test(arguments: [
    ("12", #"{"width": 3}"#, ConversionFault.Kind.lostZeros), ("1234", #"{"width": 3}"#, .width),
    ("1.2E+11", #"{"width": 13}"#, .scientific), ("12a", #"{"restore_zeros": 5}"#, .notDigits),
    ("123456", #"{"restore_zeros": 5}"#, .width), ("1.2E+11", #"{"restore_zeros": 13}"#, .scientific),
    ("x", #"{"map": {"R": "ZAR"}}"#, .notInMap), ("j", #"{"boolean": {"true": ["J"], "false": ["N"]}}"#, .booleanWord),
    ("8501015800080", #"{"identity_number": "ZA"}"#, .identityCheck),
    ("850101580008X", #"{"identity_number": "ZA"}"#, .identityForm),
    ("101015800085", #"{"identity_number": "ZA"}"#, .lostZeros), ("12", #"{"identity_number": "ZA"}"#, .identityForm),
    ("########", #"{"date": "yyyy-MM-dd"}"#, .hashes), ("########", #""amount""#, .hashes),
  ])
  func `what a step can't do is a fault`(text: String, step: String, kind: ConversionFault.Kind) throws {
    #expect(try convert(text, step).1 == kind)
  }

  @Test(arguments: [
    ("0.01", "{}", "1"), ("240", "{}", "24000"), ("-1.5", "{}", "-150"), ("00012.50", "{}", "1250"),
    ("1.234.567,89", #"{"decimal": ",", "group": "."}"#, "123456789"), ("1234,5", #"{"decimal": ","}"#, "123450"),
    ("12 345.60", #"{"group": " "}"#, "1234560"), ("5.00-", #"{"sign": "trailing"}"#, "-500"),
    ("(5.00)", #"{"sign": "parentheses"}"#, "-500"), ("5.00 CR", #"{"sign": "cr"}"#, "-500"),
    ("5.00DR", #"{"sign": "cr"}"#, "500"), ("24000", #"{"implied_decimals": 2}"#, "24000"),
    ("24000", #"{"implied_decimals": 3}"#, "2400"), ("24", #"{"implied_decimals": 0}"#, "2400"),
  ])
  func `an amount becomes minor units`(text: String, form: String, expected: String) throws {
    let (value, fault) = try convert(text, "{\"amount\": \(form)}")
    #expect(fault == nil)
    #expect(value == expected)
  }

  @Test(arguments: [
    ("1.234", "{}", ConversionFault.Kind.amountDecimals), ("1.", "{}", .amountForm), (".5", "{}", .amountForm),
    ("1,234.00", "{}", .amountForm), ("12.34.00", #"{"decimal": ",", "group": "."}"#, .amountForm),
    ("1234.567,00", #"{"decimal": ",", "group": "."}"#, .amountForm), ("1 ", "{}", .amountForm),
    ("-", "{}", .amountForm),
    ("--1", "{}", .amountForm), ("1e3", "{}", .amountForm), ("(1", #"{"sign": "parentheses"}"#, .amountForm),
    ("99999999999999999999", "{}", .amountSize), ("24001", #"{"implied_decimals": 3}"#, .amountDecimals),
    ("24.0", #"{"implied_decimals": 2}"#, .amountForm), ("-1", #"{"sign": "trailing"}"#, .amountForm),
  ])
  func `what is no amount as stated is a fault`(text: String, form: String, kind: ConversionFault.Kind) throws {
    #expect(try convert(text, "{\"amount\": \(form)}").1 == kind)
  }

  @Test func `an amount needs its currency's decimals`() throws {
    #expect(try convert("5", #""amount""#, exponent: nil).1 == .amountCurrency)
    #expect(try convert("5", #""amount""#, exponent: 0).0 == "5")
    #expect(try convert("5.1", #""amount""#, exponent: 0).1 == .amountDecimals)
    #expect(try convert("5.123", #""amount""#, exponent: 3).0 == "5123")
  }

  @Test func `random amounts come back, however they were written`() throws {
    var random = SeededRandom(seed: 42)
    for _ in 0..<300 {
      let exponent = Int.random(in: 0...3, using: &random)
      let amount = Int64.random(in: -99_999_999...99_999_999, using: &random)
      let unit = [1, 10, 100, 1000][exponent]
      var whole = String(amount.magnitude / UInt64(unit))
      let rest = String(amount.magnitude % UInt64(unit))
      let decimals = exponent == 0 ? "" : "," + String(repeating: "0", count: exponent - rest.count) + rest
      if Bool.random(using: &random) {
        var grouped = ""
        for (index, digit) in whole.reversed().enumerated() {
          if index > 0, index % 3 == 0 { grouped.append(".") }
          grouped.append(digit)
        }
        whole = String(grouped.reversed())
      }
      let text = (amount < 0 ? "-" : "") + whole + decimals
      let (value, fault) = try convert(text, #"{"amount": {"decimal": ",", "group": "."}}"#, exponent: exponent)
      #expect(fault == nil && value == String(amount), "\(text), exponent \(exponent)")
    }
  }

  @Test func `every day of three years comes back from every pattern`() throws {
    let pad = { (number: Int, width: Int) in
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let forms =
      try ["dd.MM.yyyy", "MM/dd/yyyy", "yyyyMMdd", "d/M/yyyy", "dd MMM yyyy", "yyyyDDD"]
      .map { try DateForm(pattern: $0) } + [DateForm(pattern: "yyMMdd", pivot: 1999)]
    for year in [1999, 2000, 2025] {
      var ordinal = 0
      for month in 1...12 {
        for day in 1...CivilDate.daysInMonth(year: year, month: month) {
          ordinal += 1
          let (y, m, d) = (pad(year, 4), pad(month, 2), pad(day, 2))
          let texts = [
            "\(d).\(m).\(y)", "\(m)/\(d)/\(y)", "\(y)\(m)\(d)", "\(day)/\(month)/\(year)",
            "\(d) \(names[month - 1]) \(y)", "\(y)\(pad(ordinal, 3))", "\(pad(year % 100, 2))\(m)\(d)",
          ]
          for (form, text) in zip(forms, texts) {
            guard case .success(let date) = form.date(Array(text.utf8)) else {
              Issue.record("\(text) by \(form.pattern)")
              continue
            }
            #expect(date == (year, month, day))
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("31.02.2026", "dd.MM.yyyy", ConversionFault.Kind.dateImpossible), ("1.2.2026", "dd.MM.yyyy", .dateForm),
    ("2026-02-01", "dd.MM.yyyy", .dateForm), ("01.02.2026 ", "dd.MM.yyyy", .dateForm),
    ("45321", "dd.MM.yyyy", .dateSerial), ("2025366", "yyyyDDD", .dateImpossible),
    ("2025000", "yyyyDDD", .dateImpossible),
    ("13/01/2026", "MM/dd/yyyy", .dateImpossible), ("01 Foo 2026", "dd MMM yyyy", .dateForm),
  ])
  func `what is no date as stated is a fault`(text: String, pattern: String, kind: ConversionFault.Kind) throws {
    #expect(try convert(text, #"{"date": "\#(pattern)"}"#).1 == kind)
  }

  @Test(arguments: [
    ("0821234567", "ZA", "+27821234567"), ("082 123-4567", "ZA", "+27821234567"), ("27821234567", "ZA", "+27821234567"),
    ("+27 (0)82 123 4567", "ZA", "+27821234567"), ("0027821234567", "ZA", "+27821234567"),
    ("0811234567", "NA", "+264811234567"), ("061234567", "NA", "+26461234567"), ("71234567", "BW", "+26771234567"),
    ("26771234567", "BW", "+26771234567"), ("+44 20 7946 0958", "ZA", "+442079460958"),
    ("841234567", "MZ", "+258841234567"),
  ])
  func `a telephone number becomes E.164`(text: String, region: String, expected: String) throws {
    let (value, fault) = try convert(text, #"{"phone": "\#(region)"}"#)
    #expect(fault == nil)
    #expect(value == expected)
  }

  @Test(arguments: [
    ("821234567", "ZA", ConversionFault.Kind.phoneLostZero), ("08212345", "ZA", .phoneForm),
    ("082123456x", "ZA", .phoneForm), ("+27812", "ZA", .phoneForm), ("00", "BW", .phoneForm), ("+", "ZA", .phoneForm),
    ("7123", "BW", .phoneForm),
  ])
  func `what is no telephone number is a fault`(text: String, region: String, kind: ConversionFault.Kind) throws {
    #expect(try convert(text, #"{"phone": "\#(region)"}"#).1 == kind)
  }

  @Test func `a keyed digest is the same for the same value and key, and shows neither`() throws {
    let (one, _) = try convert("8501015800088", #"{"hmac": {"key_env": "K"}}"#)
    let (two, _) = try convert("8501015800088", #"{"hmac": {"key_env": "K"}}"#)
    let (other, _) = try convert("8501015800089", #"{"hmac": {"key_env": "K"}}"#)
    #expect(one == two && one != other && one.count == 32)
  }
}
