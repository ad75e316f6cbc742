import BillModel
import Tabular
import Testing

@testable import PaymentEvents

@Suite struct ReconcilerTests {
  @Test func `paid, paid in part and overpaid, and all of it adds up`() throws {
    var scene = Scene()
    for number in 1...5 { scene.bill(number, due: 100) }
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""bill_id":"bill_2""#, 40)
    scene.event(#""bill_id":"bill_3""#, 70)
    scene.event(#""bill_id":"bill_3""#, 70)
    scene.event(#""bill_id":"bill_9""#, 11)
    let result = scene.reconciled()
    #expect(result.standing("INV-1") == .paid)
    #expect(result.standing("INV-2") == .partPaid)
    #expect(result.standing("INV-3") == .overpaid)
    #expect(result.standing("bill_9") == .unknown)
    #expect(result.openBills == 2)
    let sums = try #require(result.sums[Scene.zar])
    #expect(sums.events == 291 && sums.onBills == 280 && sums.unknown == 11)
    #expect(sums.billed == 500 && sums.settled == 240 && sums.open == 260 && sums.beyond == 40)
    #expect(result.needsAttention)
    #expect(result.lines.first?.standing == .unknown, "the gravest comes first")
  }

  @Test func `where every amount has its place nothing needs attention`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""account_id":"bacc_1""#, 100)
    #expect(!scene.reconciled().needsAttention)
    #expect(scene.reconciled().standing("A-1") == .onBalance)
  }

  @Test func `a voided bill that is paid, and one of an amount that nobody knows, are beyond what is billed`() throws {
    var scene = Scene()
    scene.bill(1, due: 100, voided: true)
    scene.bill(2, due: nil)
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""bill_id":"bill_2""#, 30)
    let result = scene.reconciled()
    #expect(result.standing("INV-1") == .voided)
    let sums = try #require(result.sums[Scene.zar])
    #expect(sums.beyond == 130 && sums.billed == 0)
  }

  @Test func `what the API has and no event told of is missing, and the other way round`() {
    var scene = Scene()
    for number in 1...4 { scene.bill(number, due: 100) }
    scene.event(#""bill_id":"bill_1""#, 40)
    scene.event(#""bill_id":"bill_3""#, 40)
    scene.event(#""bill_id":"bill_4""#, 40)
    let result = scene.reconciled(
      api: [
        0: .found(paid: 100, due: 100, isVoided: false), 1: .found(paid: 5, due: 100, isVoided: false),
        2: .found(paid: 0, due: 100, isVoided: false), 3: .absent,
      ])
    #expect(result.standing("INV-1") == .missingEvent)
    #expect(result.standing("INV-2") == .missingEvent)
    #expect(result.standing("INV-3") == .notAtAPI)
    #expect(result.standing("INV-4") == .notAtAPI)
    #expect(result.asked == 4)
  }

  @Test func `what files of payments noted is no missing event`() {
    var scene = Scene()
    scene.bill(1, due: 100, added: 60)
    scene.bill(2, due: 100, total: 70)
    scene.event(#""bill_id":"bill_1""#, 40)
    let result = scene.reconciled(
      api: [0: .found(paid: 100, due: 100, isVoided: false), 1: .found(paid: 70, due: 100, isVoided: false)])
    #expect(result.standing("INV-1") == .paid)
    #expect(result.standing("INV-2") == nil)
  }

  @Test func `the API settles an ambiguous event where it leaves no choice`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 200, account: 1)
    scene.event(#""account_id":"bacc_1""#, 50)
    let settled = scene.reconciled(
      api: [0: .found(paid: 0, due: 100, isVoided: false), 1: .found(paid: 50, due: 200, isVoided: false)])
    #expect(settled.standing("INV-2") == .partPaid)
    #expect(settled.eventsAmbiguous == 0)
    for api in [
      [0: APIBill.found(paid: 25, due: 100, isVoided: false), 1: .found(paid: 25, due: 200, isVoided: false)],
      [0: .found(paid: 50, due: 100, isVoided: false), 1: .found(paid: 50, due: 200, isVoided: false)],
      [0: .found(paid: 50, due: 100, isVoided: false), 1: .failed("time-out")],
      [0: .found(paid: 51, due: 100, isVoided: false), 1: .found(paid: 0, due: 200, isVoided: false)],
    ] {
      #expect(scene.reconciled(api: api).eventsAmbiguous == 1, "\(api)")
    }
  }

  @Test func `an event that contradicts one before it is counted nowhere and told`() {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100, id: 7)
    scene.event(#""bill_id":"bill_1""#, 90, id: 7)
    scene.events[1].contradicts = 1
    let result = scene.reconciled()
    #expect(result.standing("INV-1") == .paid)
    #expect(result.unreadableEvents == 1 && result.needsAttention)
  }

  @Test func `a bill that is paid in another currency than its own is unknown money`() {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100, currency: "USD")
    #expect(scene.reconciled().standing("INV-1") == .unknown)
  }

  @Test func `what the API has decides between paid and overpaid where a file set the total`() throws {
    var scene = Scene()
    scene.bill(1, due: 100, total: 100)
    scene.bill(2, due: 100, total: 70)
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""bill_id":"bill_2""#, 50)
    let alone = scene.reconciled()
    #expect(alone.standing("INV-1") == .paid, "the total may have the event in it")
    #expect(alone.lines.first { $0.reference == "INV-2" }?.note == "0.30 ZAR is open")
    var sums = try #require(alone.sums[Scene.zar])
    #expect(sums.noted == 20 && sums.settled == 150 && sums.open == 30 && sums.beyond == 0)
    let asked = scene.reconciled(
      api: [0: .found(paid: 200, due: 100, isVoided: false), 1: .found(paid: 70, due: 100, isVoided: false)])
    #expect(asked.standing("INV-1") == .overpaid && asked.standing("INV-2") == .partPaid)
    sums = try #require(asked.sums[Scene.zar])
    #expect(sums.noted == 120 && sums.settled == 50 && sums.open == 30 && sums.beyond == 100)
    let taken = scene.reconciled(
      api: [0: .found(paid: 100, due: 100, isVoided: false), 1: .found(paid: 40, due: 100, isVoided: false)])
    #expect(taken.standing("INV-1") == .paid && taken.standing("INV-2") == .notAtAPI)
  }

  @Test func `a total that a file set is noted, and its bill is none without a payment`() throws {
    var scene = Scene()
    scene.bill(1, due: 100, total: 100)
    scene.bill(2, due: 100)
    for api in [nil, [0: APIBill.found(paid: 100, due: 100, isVoided: false)]] {
      let result = scene.reconciled(api: api)
      let sums = try #require(result.sums[Scene.zar])
      #expect(result.openBills == 1 && sums.noted == 100 && sums.open == 100)
      #expect(!result.needsAttention)
    }
  }

  @Test func `a bill that others voided at the API is told, and out of what is billed`() throws {
    var scene = Scene()
    for number in 1...3 { scene.bill(number, due: 100) }
    scene.bill(4, due: 100, added: 30)
    scene.event(#""bill_id":"bill_2""#, 40)
    let result = scene.reconciled(
      api: [
        0: .found(paid: 0, due: 100, isVoided: true), 1: .found(paid: 40, due: 100, isVoided: true),
        2: .found(paid: 0, due: 100, isVoided: false), 3: .found(paid: 30, due: 100, isVoided: true),
      ])
    #expect(result.standing("INV-1") == .changed && result.standing("INV-2") == .voided)
    #expect(result.standing("INV-3") == nil && result.standing("INV-4") == .changed)
    #expect(result.voidedElsewhere == 3 && result.openBills == 1)
    let sums = try #require(result.sums[Scene.zar])
    #expect(sums.billed == 100 && sums.open == 100 && sums.noted == 0 && sums.settled == 0 && sums.beyond == 40)
  }

  @Test func `a bill that a row of unknown fate may have voided is no other's doing`() throws {
    var scene = Scene()
    for number in 1...2 { scene.bill(number, due: 100, voidOpen: true) }
    let result = scene.reconciled(
      api: [0: .found(paid: 0, due: 100, isVoided: true), 1: .found(paid: 0, due: 100, isVoided: false)])
    #expect(result.standing("INV-1") == nil && result.standing("INV-2") == nil && !result.needsAttention)
    #expect(result.voidedElsewhere == 0 && result.bills.voided == 1 && result.openBills == 1)
    #expect(result.sums[Scene.zar]?.billed == 100)
  }

  @Test func `a bill of another amount at the API is told`() {
    var scene = Scene()
    scene.bill(1, due: 100)
    let result = scene.reconciled(api: [0: .found(paid: 0, due: 90, isVoided: false)])
    #expect(result.standing("INV-1") == .changed)
    #expect(result.lines.first?.note == "the API has 0.90 ZAR due, and the ledger 1.00 ZAR")
  }

  // MARK: Moment's report

  private static let opening = """
    Report Title,Moment Merchant Reconciliation Report
    Version,1.0
    Merchant,test
    From,2026-02-01T00:00:00Z
    To,2026-02-01T23:59:59Z

    transaction_type,transaction_timestamp,reconciliation_id,merchant_reference_id,payment_method,payment_method_tender,customer_reference,country,presentment_currency,presentment_amount

    """

  private static func report(_ lines: String..., opening: String = opening) throws -> MomentReport {
    var reader = MomentReportReader()
    return try reader.read(ByteSource(bytes: Array((opening + lines.joined(separator: "\n") + "\n").utf8)))
  }

  @Test func `reported payments are matched by id, then by what was paid and how much`() throws {
    var scene = Scene()
    for number in 1...3 { scene.bill(number, due: 100) }
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""bill_id":"bill_2""#, 40)
    scene.event(#""bill_id":"bill_2""#, 40)
    let report = try Self.report(
      "Payment,2026-02-01T05:00:00Z,1,whatever,EFT,Bank,x,ZA,ZAR,1.00",
      "Payment,2026-02-01T05:00:00Z,zzz1,INV-2,EFT,Bank,x,ZA,ZAR,0.40",
      "Payment,2026-02-01T05:00:00Z,zzz2,INV-2,EFT,Bank,x,ZA,ZAR,0.40",
      "Payment,2026-02-01T05:00:00Z,zzz3,INV-3,EFT,Bank,x,ZA,ZAR,0.25",
      "Payment,2026-02-01T05:00:00Z,zzz4,nobody,EFT,Bank,x,ZA,ZAR,0.07",
      "Refund,2026-02-01T05:00:00Z,zzz5,INV-1,EFT,Bank,x,ZA,ZAR,-0.10")
    let result = scene.reconciled(report)
    #expect(result.standing("INV-1") == .refund)
    #expect(result.lines.contains { $0.reference == "INV-1" && $0.standing == .paid && $0.byReport == 100 })
    #expect(result.lines.first { $0.reference == "INV-2" }?.byReport == 80)
    #expect(result.standing("INV-3") == .missingEvent)
    #expect(result.standing("zzz4") == .unknown)
    let sums = try #require(result.sums[Scene.zar])
    #expect(sums.reported == 212 && sums.reportedWithEvent == 180)
    #expect(sums.reportedWithoutEvent == 25 && sums.reportedUnknown == 7 && sums.refunds == 10)
  }

  @Test func `an event of the report's period that it doesn't have is told, one of another day isn't`() throws {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.bill(2, due: 100)
    scene.event(#""bill_id":"bill_1""#, 100, minutes: 60)
    scene.event(#""bill_id":"bill_2""#, 100, minutes: 60 * 24)
    let result = scene.reconciled(try Self.report("Payment,,q,,,,,,ZAR,0.01"))
    #expect(result.standing("INV-1") == .notInReport)
    #expect(result.standing("INV-2") == .paid)
  }

  @Test func `the headings may be those for people, with the amount's own name`() throws {
    let report = try Self.report(
      "Payment,2026-02-01T05:00:00Z,1,2,ZAR,12.5",
      opening:
        "Transaction Type,Transaction Timestamp,Moment Transaction ID,Merchant Reference ID,Presentment Currency,Transaction Amount\n"
    )
    #expect(report.payments.map(\.amount) == [1250] && report.payments[0].transaction == "1")
  }

  @Test func `a report that can't be gone by is refused, with the reason`() {
    func fault(_ text: String, opening: String = Self.opening) -> MomentReportError? {
      do {
        _ = try Self.report(text, opening: opening)
        return nil
      } catch { return error as? MomentReportError }
    }
    #expect(fault("a,b", opening: "") == .noHeadings)
    #expect(fault("", opening: "transaction_type,reconciliation_id\n") == .missingColumn("presentment_currency"))
    #expect(
      fault("", opening: "transaction_type,reconciliation_id,presentment_currency\n")
        == .noAmountColumn(known: MomentReportReader.amountColumns))
    #expect(fault("Payment,,1,,,,,,ZAR,100") == .unitsUnknown)
    for (line, part) in [
      ("Chargeback,,1,,,,,,ZAR,1.00", "neither"), ("Payment,,1,,,,,,ZZZ,1.00", "currency"),
      ("Payment,,1,,,,,,ZAR,1.005", "number"), ("Payment,,1,,,,,,ZAR,\"1,000.00\"", "number"),
      ("Payment,,1,,,,,,ZAR,.", "number"), ("Payment,,1,,,,,,ZAR,-1.00", "number"),
      ("Refund,,1,,,,,,ZAR,--1.00", "number"), ("Payment,,1,,,,,,ZAR,10000000000.01", "number"),
    ] {
      guard case .badLine(8, let reason) = fault(line) else {
        #expect(Bool(false), "\(line): \(String(describing: fault(line)))")
        continue
      }
      #expect(reason.contains(part), "\(reason)")
    }
  }
}
