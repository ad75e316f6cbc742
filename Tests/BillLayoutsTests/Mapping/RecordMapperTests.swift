import Tabular
import Testing

@testable import BillLayouts

@Suite struct RecordMapperTests {
  private func map(_ text: String, _ targets: [MappingPlan.Target]) -> (rows: [[String]], faults: [MappingFault]) {
    let plan = MappingPlan(
      targets: targets, fieldCount: nil, sources: [], cuttings: [], kinds: nil, repeatedHeading: nil, table: nil)
    var mapper = RecordMapper(plan: plan, codes: KeyedCodes([:]))
    let rows = Self.rows(text, by: &mapper)
    return (rows, mapper.faults)
  }

  /// The targets of the records of a CSV.
  private static func rows(_ text: String, by mapper: inout RecordMapper) -> [[String]] {
    var batch = RecordBatch()
    Array(text.utf8).withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: 0) }
    var dialect = Dialect()
    dialect.hasHeading = false
    var parser = CSVParser(dialect: dialect)
    parser.parse(&batch, isLast: true)
    mapper.map(&batch)
    return batch.records.map { record in
      batch.fields(of: record).prefix(mapper.plan.targets.count).map {
        String(decoding: batch.bytes(of: $0), as: UTF8.self)
      }
    }
  }

  private func target(_ column: Int, _ steps: [ConversionStep] = [], currency: Int? = nil) -> MappingPlan.Target {
    MappingPlan.Target(
      program: ValueProgram(source: .cell(column), steps: steps, region: nil), currency: currency, isIdentifier: false)
  }

  @Test func `an amount goes by the currency beside it, and by no other target's`() {
    let amount = ConversionStep.amount(AmountForm())
    let (rows, faults) = map(
      "ZAR,1.50,JPY\nBHD,2,JPY\nJPY,3,ZAR\n",
      [target(0), target(1, [amount], currency: 0), target(1, [amount]), target(2), target(1, [amount], currency: 3)])
    #expect(rows[1] == ["BHD", "2000", "2", "JPY", "2"])
    #expect(rows[2] == ["JPY", "3", "3", "ZAR", "300"])
    // Yen have no decimals; without a currency nobody knows how many there are.
    #expect(rows[0] == ["ZAR", "150", "1.50", "JPY", "1.50"])
    let found = faults.map { fault -> String in
      guard case .conversion(let why) = fault.kind else { return "?" }
      return "\(fault.record):\(fault.target ?? -1) \(why.kind)"
    }
    #expect(
      found == [
        "0:2 amountCurrency", "0:4 amountDecimals", "1:2 amountCurrency", "2:2 amountCurrency",
      ])
  }

  @Test func `values beside one that takes the long way are made all the same`() throws {
    let names = try ConversionStep.date(DateForm(pattern: "dd MMM yyyy"))
    let (rows, faults) = map(
      "a,01 Feb 2024,b\nc,x,d\n", [target(0, [.upper]), target(1, [names]), target(2, [.prefix(Array("p".utf8))])])
    #expect(rows == [["A", "2024-02-01", "pb"], ["C", "x", "pd"]])
    #expect(faults.map(\.target) == [1])
  }

  @Test func `of a parent nothing is left where none holds`() {
    let kinds = RecordKinds(
      place: .number(1), detail: [Array("B".utf8)],
      parent: .init(values: [Array("C".utf8)], columns: [SourceColumn(name: "number", place: .number(2))]))
    let plan = MappingPlan(
      targets: [
        MappingPlan.Target(
          program: ValueProgram(source: .parent(0), steps: [], region: nil), currency: nil, isIdentifier: false)
      ], fieldCount: nil, sources: [], cuttings: [], kinds: KindPlan(kinds, fixedFields: nil), repeatedHeading: nil,
      table: nil)
    var mapper = RecordMapper(plan: plan, codes: KeyedCodes([:]))
    #expect(Self.rows("C,7\nB\nx\nB\nC,8\nB\n", by: &mapper) == [["7"], [], [""], ["8"]])
    #expect(mapper.state(of: 1).parent != nil && mapper.state(of: 2).parent == nil && mapper.state(of: 3).parent == nil)
    #expect(mapper.state(of: 4).parentPlace?.start == 10)
    #expect(Self.rows("B\n", by: &mapper) == [["8"]])
    // At another place of the file.
    mapper.goOn(from: MappingState())
    #expect(Self.rows("B\n", by: &mapper) == [[""]])
  }

  @Test func `values that need more room than a record usually takes are whole`() {
    let long = Array(repeating: UInt8(ascii: "x"), count: 3000)
    let text = (0..<40).map { "\($0)\n" }.joined()
    let (rows, faults) = map(text, [target(0, [.prefix(long), .suffix(long)]), target(0, [.suffix(long)])])
    let wide = String(decoding: long, as: UTF8.self)
    #expect(rows == (0..<40).map { [wide + "\($0)" + wide, "\($0)" + wide] })
    #expect(faults.isEmpty)
  }
}
