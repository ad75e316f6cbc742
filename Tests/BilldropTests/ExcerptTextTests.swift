import BillIntake
import Testing

@testable import billdrop

struct ExcerptTextTests {
  private func lines(_ pieces: [String], _ marked: Int?, _ columns: Int) -> [String] {
    ExcerptText(
      row: RowExcerpt(pieces: pieces, marked: marked), line: 7, digits: 2,
      screen: Screen(columns: columns, coloured: false)
    ).lines
  }

  @Test func `carets stand under the field`() {
    #expect(lines(["a", ",", "bcd", ",", "e"], 2, 80) == ["     7 │ a,bcd,e", "       │   ^^^"])
  }

  @Test func `an empty field has one caret`() {
    #expect(lines(["a", ",", "", ",", "e"], 2, 80) == ["     7 │ a,,e", "       │   ^"])
  }

  @Test func `a row without a marked field has no carets`() {
    #expect(lines(["a", ",", "b"], nil, 80) == ["     7 │ a,b"])
  }

  @Test(arguments: [20, 30, 40, 79], 0..<40)
  func `a long row is cut around its field`(_ columns: Int, _ field: Int) {
    let pieces = (0..<40).flatMap { [$0 % 3 == 0 ? "日\($0)" : "value\($0)", ","] }.dropLast()
    let shown = lines(Array(pieces), field * 2, columns)
    #expect(shown.count == 2)
    for line in shown { #expect(TextWidth.of(line) <= columns, "\(line)") }
    let before = shown[1].prefix { $0 != "^" }.count
    var column = 0
    let under = shown[0].drop { character in
      defer { column += TextWidth.of(character) }
      return column < before
    }
    let wanted = pieces[field * 2]
    #expect(under.hasPrefix(wanted) || wanted.hasPrefix(under.prefix(2)) || columns < 30, "\(shown)")
  }
}
