import SchemaRules
import Testing

@testable import BillLayouts

@Suite struct LayoutReadingTests {
  private func mistakes(_ text: String) -> [LayoutMistake] {
    do throws(LayoutError) {
      _ = try Layout(json: Array(text.utf8))
      return []
    } catch {
      guard case .mistakes(let mistakes) = error else { return [] }
      return mistakes
    }
  }

  @Test(arguments: Layout.builtInNames)
  func `the built-in layouts are layouts, under their own names`(name: String) throws {
    let layout = try Layout(json: try #require(Layout.builtInText(named: name)))
    #expect(layout.name == name)
  }

  @Test func `the built-in default means what a file without a layout means`() throws {
    let layout = try Layout(json: try #require(Layout.builtInText(named: "default")))
    #expect(layout.digest == Layout.standard().digest)
    #expect(layout.columns == .headings)
  }

  @Test func `broken JSON is told with its line and column`() {
    do throws(LayoutError) {
      _ = try Layout(json: Array("{\n  // a comment\n  \"name\" 1\n}".utf8))
      Issue.record("read")
    } catch {
      guard case .notJSON(let fault) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(fault.line == 3 && fault.column == 10)
    }
  }

  @Test func `all mistakes are told at once, each with its path`() {
    let found = mistakes(
      """
      {
        "name": "Acme", "format": "csv", "csv": {"delimiter": ";;"},
        "fields": {
          "external_reference": {"column": "Inv", "constant": "x"},
          "amount": "Betrag",
          "amount_due": {"column": "Betrag", "steps": ["amont", {"amount": {"decimal": ",", "group": ","}}]},
          "due_date": {"column": "Due", "steps": [{"date": "dd.mm.yyyy"}]},
          "bill_date": {"column": "Date", "steps": [{"date": "yyMMdd"}]},
        },
      }
      """)
    let pointers = Set(found.map(\.pointer))
    #expect(
      pointers.isSuperset(of: [
        "/name", "/csv/delimiter", "/fields/external_reference", "/fields/amount_due/steps/0",
        "/fields/amount", "/fields/amount_due/steps/1/amount", "/fields/due_date/steps/0/date",
        "/fields/bill_date/steps/0/date",
      ]))
  }

  @Test func `without a heading row, fields are needed`() {
    let found = mistakes(#"{ "name": "x", "format": "csv", "csv": { "heading": false } }"#)
    #expect(found.map(\.pointer) == ["/csv/heading"])
    #expect(found.first?.message.contains("\"fields\"") == true)
  }

  @Test func `how many columns there are is said where no heading row says it, and suffices for the fields`() {
    let fields = """
      "fields": { "external_reference": { "column": 1 }, "currency": { "constant": "ZAR" },
                  "customer.external_reference": { "column": 2 }, "amount_due": { "column": 4 } }
      """
    let few = mistakes(#"{ "name": "x", "format": "csv", "csv": { "heading": false, "columns": 3 }, \#(fields) }"#)
    #expect(few.map(\.pointer) == ["/csv/columns"])
    #expect(few.first?.message == "The layout takes values from column 4.")
    #expect(
      mistakes(#"{ "name": "x", "format": "csv", "csv": { "heading": false, "columns": 4 }, \#(fields) }"#).isEmpty)
    let headed = mistakes(#"{ "name": "x", "format": "csv", "csv": { "columns": 4 }, \#(fields) }"#)
    #expect(headed.map(\.pointer) == ["/csv/columns"])
  }

  @Test(arguments: ["1e13", "1e300", "-1e300", "9223372036854775807"])
  func `a share that is none is a mistake, however large`(share: String) {
    let found = mistakes(#"{ "name": "x", "format": "csv", "rules": { "bad_rows": \#(share) } }"#)
    #expect(found.map(\.pointer) == ["/rules/bad_rows"])
  }

  @Test func `what a guess leaves open is asked for by its place`() {
    let found = mistakes(
      """
      {
        "name": "acme", "format": "csv",
        "fields": {
          "external_reference": "a", "customer.external_reference": "b", "currency": {"constant": "?"}, "amount_due": "c",
          "due_date": {"column": "d", "steps": [{"date": "?unclear"}]}
        }
      }
      """)
    #expect(found.map(\.pointer) == ["/fields/due_date/steps/0/date", "/fields/currency"])
    #expect(found.first?.message.hasPrefix("isn't decided yet") == true)
  }

  @Test func `references from file names, of nothing, and of identity numbers in the open are refused`() {
    let found = mistakes(
      """
      {
        "name": "acme", "format": "csv", "file_name": "(?<date>.*)",
        "fields": {
          "external_reference": {"join": [{"file_name": "date"}, {"constant": "x"}]},
          "currency": {"constant": "ZAR"}, "amount_due": "a",
          "customer.external_reference": "sa_identification_number"
        }
      }
      """)
    #expect(found.count == 3)
  }

  private func fixed(_ form: String, _ column: String, _ more: String = "") -> String {
    """
    { "name": "x", "format": "fixed-width", "encoding": "IBM037", "fixed_width": { "unit": "bytes"\(form) },
      "columns": { "r": { "start": 1, "length": 5 }, "a": \(column) },
      "fields": { "external_reference": "r", "currency": { "constant": "ZAR" }, "amount_due": "a", "customer": "r" }\(more) }
    """
  }

  @Test func `packed numbers between line ends need a stated length, since they may hold such bytes`() {
    let packed = #"{ "start": 6, "length": 3, "type": "packed" }"#
    #expect(mistakes(fixed("", packed)).map(\.pointer) == ["/columns/a"])
    #expect(mistakes(fixed(#", "record_length": 8"#, packed)).isEmpty)
    #expect(mistakes(fixed(#", "record_length": 8, "line_ends": false"#, packed)).isEmpty)
    #expect(mistakes(fixed("", #"{ "start": 6, "length": 3, "type": "zoned" }"#)).isEmpty)
  }

  @Test func `padding that is a digit is taken away before a value only, where it isn't the value's own`() {
    func place(_ more: String) -> String { #"{ "start": 6, "length": 12, \#(more) }"# }
    for align in ["", #", "align": "left""#, #", "align": "both""#] {
      #expect(mistakes(fixed("", place(#""padding": "0"\#(align)"#))).map(\.pointer) == ["/columns/a"], "\(align)")
    }
    #expect(mistakes(fixed("", place(#""padding": "0", "align": "right""#))).isEmpty)
    #expect(mistakes(fixed("", place(#""padding": "*", "align": "both""#))).isEmpty)
    let kinds = #", "records": { "by": { "start": 1, "length": 1, "padding": "0" }, "detail": "D" }"#
    #expect(mistakes(fixed("", place(#""align": "right""#), kinds)).map(\.pointer) == ["/records/by"])
  }

  @Test func `a value is made minor units once, however its steps are spread`() {
    func amount(_ recipe: String) -> [String] {
      mistakes(
        #"""
        { "name": "x", "format": "csv",
          "fields": { "external_reference": "r", "currency": { "constant": "ZAR" }, "customer": "c",
                      "amount_due": \#(recipe) } }
        """#
      ).map(\.pointer)
    }
    let twice = ["/fields/amount_due"]
    let single = #"{ "column": "a", "steps": ["amount"] }"#
    #expect(amount(#"{ "column": "a", "steps": ["amount", "amount"] }"#) == twice)
    #expect(amount(#"{ "first": [\#(single), "b"], "steps": ["amount"] }"#) == twice)
    #expect(amount(#"{ "join": [{ "first": [\#(single), "b"] }, "c"], "steps": ["trim", "amount"] }"#) == twice)
    #expect(amount(#"{ "first": [\#(single), { "column": "b", "steps": ["amount"] }] }"#).isEmpty)
    let control = #"""
      , "control": { "sums": [{ "of": "a", "constant": "1", "steps": [{ "amount": { "currency": "ZAR" } }, "amount"] }] }
      """#
    #expect(
      mistakes(fixed("", #"{ "start": 6, "length": 3 }"#, control)).contains {
        $0.message.contains("two steps \"amount\"")
      })
  }

  @Test func `an identity number is one by any of its names, and by its step`() {
    func who(_ columns: String, _ recipe: String, _ csv: String = "{}") -> Int {
      mistakes(
        #"""
        { "name": "x", "format": "csv", "csv": \#(csv), "columns": { \#(columns) },
          "fields": { "external_reference": { "column": 1 }, "currency": { "constant": "ZAR" },
                      "amount_due": { "column": 2 }, "customer.external_reference": \#(recipe) } }
        """#
      ).count
    }
    let hidden = #"{ "column": "who", "steps": [{ "hmac": { "key_env": "KEY" } }] }"#
    for columns in [#""who": ["id_number"]"#, #""who": ["customer", "Passport No"]"#] {
      #expect(who(columns, #""who""#) == 1 && who(columns, hidden) == 0, "\(columns)")
    }
    let numbers = #"{ "heading": false }"#
    #expect(who(#""id_number": 3"#, #"{ "column": 3 }"#, numbers) == 1)
    #expect(who("", #"{ "column": 3, "steps": [{ "identity_number": "ZA" }] }"#, numbers) == 1)
    #expect(who(#""who": ["customer"]"#, #""who""#) == 0)
  }

  @Test(arguments: [
    ("SA ID", true), ("SAID", true), ("sa_id_no", true), ("CustomerSaId", true), ("RSA ID", true), ("SSN", true),
    ("customer-ssn", true), ("SSNumber", false), ("IDNumber", true), ("custidnumber", true), ("ID Nr", false),
    ("National ID", true), ("Passport", true), ("identity_number", true), ("Access Number", false),
    ("Business Number", false), ("BUSINESSNO", false), ("Address No", false), ("Process No", false), ("ClassNo", false),
    ("Visa ID", false), ("Paid Number", false), ("Grid number", false), ("International ID", false), ("Said No", true),
    ("", false), ("--", false),
  ])
  func `a column's name tells of identity numbers by whole words`(_ name: String, _ tells: Bool) {
    #expect(IdentityWords.areIn(name) == tells, "\(name)")
  }

  @Test func `numbers that nothing could count with are told`() {
    let place = #"{ "start": 6, "length": 3 }"#
    let sequence = #", "control": { "sequence": { "column": "r", "first": 9223372036854775807 } }"#
    #expect(mistakes(fixed("", place, sequence)).map(\.pointer) == ["/control/sequence/first"])
    let slice = fixed("", place).replacing(
      #""customer": "r""#,
      with: #""customer": { "column": "r", "steps": [{ "slice": { "start": 2, "length": 9223372036854775807 } }] }"#)
    #expect(mistakes(slice).map(\.pointer) == ["/fields/customer/steps/0/slice/length"])
  }

  private func rules(_ rules: String, _ more: String = "") -> [String] {
    mistakes(
      """
      { "name": "x", "format": "csv", \(more)
        "fields": { "external_reference": "r", "currency": { "constant": "ZAR" }, "amount_due": "a", "customer": "c" },
        "rules": { "fields": { \(rules) } } }
      """
    ).map(\.pointer)
  }

  @Test func `rules that nothing could keep, or that are about something else, are told`() {
    let amount = "/rules/fields/amount_due", reference = "/rules/fields/external_reference"
    #expect(
      rules(#""amount_due": { "minimum": 1, "enum": [5] }, "external_reference": { "pattern": "^A", "enum": ["A"] }"#)
        .isEmpty)
    #expect(
      rules(#""amount_due": { "pattern": "1", "minLength": 1 }"#) == [amount + "/pattern", amount + "/minLength"])
    #expect(rules(#""external_reference": { "maximum": 1 }"#) == [reference + "/maximum"])
    #expect(
      rules(#""amount_due": { "enum": ["5"] }, "external_reference": { "enum": ["A", 5] }"#) == [
        amount + "/enum/0", reference + "/enum/1",
      ])
    #expect(rules(#""external_reference": { "pattern": "(" }"#) == [reference + "/pattern"])
    #expect(rules(#""external_reference": { "pattern": "(a)\\1" }"#) == [reference + "/pattern"])
    #expect(rules(#""external_reference": { "minLength": 9, "maxLength": 8 }"#) == [reference])
    #expect(rules(#""amount_due": { "minimum": 9, "maximum": 8 }"#) == [amount])
    #expect(rules(#""due_date": { "pattern": "^2026" }"#) == ["/rules/fields/due_date"])
    #expect(rules(#""due_date": { "required": true }"#) == ["/fields"])
    #expect(rules(#""metadata.*": { "maxLength": 3 }"#).contains("/rules/fields/metadata.*"))
    #expect(rules(#""metadata.area": { "maxLength": 3 }"#, #""csv": { "other_columns": "metadata" },"#).isEmpty)
  }

  @Test func `what a CSV's words can't mean is told`() {
    func csv(_ words: String) -> [String] {
      mistakes(#"{ "name": "x", "format": "csv", "csv": \#(words) }"#).map(\.pointer)
    }
    #expect(csv(#"{ "escape": "\"" }"#) == ["/csv"])
    #expect(csv(#"{ "escape": "\\" }"#).isEmpty && csv(#"{ "quote": "" }"#).isEmpty)
    // Without fields each heading is a field's path.
    #expect(csv(#"{ "fold_case": true, "repeated_heading": "skip" }"#) == ["/csv/fold_case", "/csv/repeated_heading"])
    #expect(csv(#"{ "fold_case": false, "repeated_heading": "row", "other_columns": "reject" }"#).isEmpty)
    #expect(csv(#"{ "other_columns": "ignore" }"#) == ["/csv/other_columns"])
    #expect(rules("", #""csv": { "fold_case": true, "repeated_heading": "skip", "other_columns": "ignore" },"#).isEmpty)
  }

  @Test func `a comment's beginning can't end the line`() {
    #expect(rules("", #""csv": { "comment": "\n" },"#) == ["/csv/comment"])
    #expect(rules("", ##""csv": { "comment": "#\u0000" },"##) == ["/csv/comment"])
    #expect(rules("", ##""csv": { "comment": "# " },"##).isEmpty)
  }

  @Test func `a file's name is matched in one pass, whatever the pattern`() throws {
    let pattern = try FileNamePattern("(?<day>[0-9]{8})_((?<part>a+)+)+b\\.csv")
    #expect(pattern.groups == ["day", "part"])
    #expect(pattern.values(in: "20260101_aaab.csv") == ["day": "20260101", "part": "aaa"])
    // A backtracking match of this would take years.
    #expect(pattern.values(in: "20260101_" + String(repeating: "a", count: 200) + "c.csv") == nil)
    #expect(try FileNamePattern("\\(?<x>").groups == [])
    for bad in ["(?<a>x)(?<a>y)", "(?<a>x)\\k<a>", "(?=x)x", "(unclosed", "(?<>x)", "a{2,1}", "(?<a"] {
      #expect(throws: PatternError.self, "\(bad)") { try FileNamePattern(bad) }
    }
  }

  @Test func `a layout says the same in another order, with defaults and comments`() throws {
    let one = try Layout(
      json: Array(
        """
        {"name": "a", "format": "csv", "csv": {"delimiter": ";"},
         "fields": {"external_reference": "r", "currency": {"constant": "ZAR"}, "amount_due": "a", "customer": "c"}}
        """.utf8))
    let other = try Layout(
      json: Array(
        """
        {"format": "csv", /* the same */ "encoding": "UTF-8", "csv": {"quote": "\\"", "delimiter": ";"}, "name": "b",
         "fields": {"amount_due": {"column": "a"}, "currency": {"constant": "ZAR"}, "customer": "c",
                    "external_reference": "r",},}
        """.utf8))
    #expect(one.digest == other.digest)
    var third = one
    third.duplicates = .first
    #expect(third.digest != one.digest)
  }

  @Test func `what may stand somewhere is told in words`() {
    let found = mistakes(
      #"""
      { "name": "x", "format": "csv", "columns": { "a": true },
        "fields": { "due_date": { "column": [], "steps": [{ "date": 7 }, { "pad": 3 }, 4] } } }
      """#)
    #expect(!found.contains { $0.message.contains("anyOf") || $0.message.contains("$defs") }, "\(found)")
    let column = found.first { $0.pointer == "/columns/a" }
    #expect(
      column?.message.contains("a column's number from 1, a heading, several headings in an array, a place") == true)
    #expect(found.contains { $0.pointer == "/fields/due_date/steps/0/date" && $0.message.contains("a pattern") })
  }
}
