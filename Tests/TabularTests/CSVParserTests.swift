import Testing

@testable import Tabular

@Suite struct CSVParserTests {
  @Test func `a quoted field holds delimiters, quotes and line ends`() {
    let parser = CSVParser(dialect: Dialect())
    #expect(parser.position.line == 1)
  }
}
