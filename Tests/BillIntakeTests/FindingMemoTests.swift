import BillModel
import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct FindingMemoTests {
  @Test func `a finding has the words that it has alone, whatever was found before it`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let file = CheckedFile("external_reference,currency,amount_due,customer\nINV-1,ZAR,1,bcus_1\n")
    let plan = try #require(try file.check().plan)
    let text = FindingText(plan: plan, dialect: nil)
    var memo = FindingMemo()
    let values = ["0", "twelve", "1,5", "QQQ", "zar", "x y", ""].map { Array($0.utf8) }
    for record in 1...5000 as ClosedRange<UInt32> {
      let draft = FindingDraft(
        code: FindingCode.allCases.randomElement(using: &random) ?? .recordNul,
        severity: random.next() % 2 == 0 ? .error : .warning, record: record, line: Int(record) * 2,
        column: Int.random(in: 0...3, using: &random),
        cause: DraftCodingTests.causes.filter { if case .field = $0 { false } else { true } }
          .randomElement(using: &random) ?? .quoteInField,
        value: values.randomElement(using: &random) ?? [])
      var encoder = DraftEncoder()
      encoder.encode(draft)
      let encoded = EncodedDraft(bytes: encoder.bytes[...])
      #expect(encoded.draft == draft, "seed \(seed)")
      #expect(memo.finding(encoded, text) == text.finding(draft), "seed \(seed)")
    }
  }
}
