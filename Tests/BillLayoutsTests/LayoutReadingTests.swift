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
