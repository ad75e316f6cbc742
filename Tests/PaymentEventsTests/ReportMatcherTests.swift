import BillModel
import Tabular
import Testing

@testable import PaymentEvents

@Suite struct ReportMatcherTests {
  private static func report(
    from: String = "2026-02-01T00:00:00Z", to: String = "2026-02-01T23:59:59Z", _ lines: String...
  ) throws -> MomentReport {
    let opening = """
      From,\(from)
      To,\(to)
      transaction_type,reconciliation_id,merchant_reference_id,customer_reference,presentment_currency,amount

      """
    var reader = MomentReportReader()
    return try reader.read(ByteSource(bytes: Array((opening + lines.joined(separator: "\n") + "\n").utf8)))
  }

  /// Two bills, each paid 10.00 by one payment, M.
  private static func onePaymentOfTwoBills() -> Scene {
    var scene = Scene()
    for number in 1...2 {
      scene.bill(number, due: 1000)
      scene.event("\"bill_id\":\"bill_\(number)\"", 1000, payment: "M")
    }
    return scene
  }

  @Test(arguments: [
    ["Payment,M,INV-1,,ZAR,10.00", "Payment,M,INV-2,,ZAR,10.00"],
    ["Payment,M,INV-2,,ZAR,10.00", "Payment,M,INV-1,,ZAR,10.00"],
    ["Payment,M,,,ZAR,10.00", "Payment,M,INV-1,,ZAR,10.00"], ["Payment,M,,,ZAR,10.00", "Payment,M,,,ZAR,10.00"],
    ["Payment,M,,,ZAR,20.00"],
  ])
  func `a payment of several events is matched with each of them, or with their sum`(_ lines: [String]) throws {
    let report = try Self.report(lines.joined(separator: "\n"))
    let result = Self.onePaymentOfTwoBills().reconciled(report)
    #expect(!result.needsAttention, "\(result.lines)")
    #expect(result.sums[Scene.zar]?.reportedWithEvent == 2000)
    for reference in ["INV-1", "INV-2"] {
      #expect(result.lines.first { $0.reference == reference }?.byReport == 1000)
    }
  }

  @Test func `a line that is there twice stands for no second payment`() throws {
    var scene = Scene()
    scene.bill(1, due: 200)
    scene.event(#""bill_id":"bill_1""#, 100, payment: "a")
    scene.event(#""bill_id":"bill_1""#, 100, payment: "b")
    for id in ["a", "elsewhere"] {
      let result = scene.reconciled(
        try Self.report("Payment,\(id),INV-1,,ZAR,1.00", "Payment,\(id),INV-1,,ZAR,1.00"))
      #expect(result.standing(id) == .reportDiffers)
      #expect(result.lines.contains { $0.standing == .notInReport && $0.reference == "INV-1" })
      #expect(result.sums[Scene.zar]?.reportedWithoutEvent == 100)
    }
  }

  @Test func `a line whose payment has an event of another amount is matched with no other event`() throws {
    var scene = Scene()
    scene.bill(1, due: 300)
    scene.event(#""bill_id":"bill_1""#, 100, payment: "a")
    scene.event(#""bill_id":"bill_1""#, 200, payment: "b")
    let result = scene.reconciled(try Self.report("Payment,a,INV-1,,ZAR,2.00"))
    let line = try #require(result.lines.first { $0.standing == .reportDiffers })
    #expect(line.note.hasSuffix("events of its payment tell of 1.00 ZAR"), "\(line.note)")
    #expect(result.lines.contains { $0.standing == .notInReport && $0.note.hasPrefix("2 of its events") })
  }

  @Test func `a line that names another bill or party than the event of its payment is told`() throws {
    var scene = Scene()
    scene.account(1)
    scene.account(2)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 100, account: 2)
    scene.event(#""bill_id":"bill_1""#, 100, payment: "a")
    for (name, isOther) in [("INV-2", true), ("A-2", true), ("A-1", false), ("INV-1", false), ("whatever", false)] {
      let result = scene.reconciled(try Self.report("Payment,a,\(name),,ZAR,1.00"))
      #expect((result.standing("a") == .reportDiffers) == isOther, "\(name)")
      #expect(!result.lines.contains { $0.standing == .notInReport })
      #expect(result.sums[Scene.zar]?.reportedWithEvent == 100)
    }
  }

  @Test func `a bill is no match for a payment in another currency`() throws {
    var scene = Scene()
    scene.bill(1, due: 100)
    let result = scene.reconciled(try Self.report("Payment,a,INV-1,,USD,10.00"))
    let line = try #require(result.lines.first)
    #expect(line.standing == .unknown && line.note.contains("bill INV-1 is in ZAR, and this is USD"), "\(line.note)")
    #expect(result.sums[try #require(CurrencyCode("USD"))]?.reportedUnknown == 1000)
  }

  @Test func `the period may be days, the last of them whole, and one that can't be read is told`() throws {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100)
    for (from, to, isPeriod) in [
      ("2026-01-31", "2026-02-01", true), ("2026-02-01 00:00:00", "2026-02-01 23:59:59", false), ("", "", false),
      ("2026-02-01", "2026-01-31", false),
    ] {
      let result = scene.reconciled(try Self.report(from: from, to: to, "Payment,x,,,ZAR,0.01"))
      #expect(result.reportHasNoPeriod == !isPeriod)
      #expect((result.standing("INV-1") == .notInReport) == isPeriod, "\(from) \(to)")
    }
  }

  @Test func `a period that can't be read needs attention where nothing else does`() throws {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100)
    #expect(!scene.reconciled(try Self.report("Payment,1,INV-1,,ZAR,1.00")).needsAttention)
    let result = scene.reconciled(try Self.report(from: "", "Payment,1,INV-1,,ZAR,1.00"))
    #expect(result.needsAttention && result.headline == "the period of Moment's report can't be read")
  }

  @Test func `a report whose sum can't be counted is refused`() {
    let text =
      "transaction_type,reconciliation_id,presentment_currency,amount\nPayment,a,ZAR,0.60\nPayment,b,ZAR,0.60\n"
    var reader = MomentReportReader(mostSum: 119)
    #expect(throws: MomentReportError.sumTooLarge(3)) { try reader.read(ByteSource(bytes: Array(text.utf8))) }
  }
}
