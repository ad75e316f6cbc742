import BillLedger
import BillModel
import Testing

@testable import PaymentEvents

/// A small world of bills and events.
struct Scene {
  static let zar = CurrencyCode("ZAR")!
  static let start = WallTime(rfc3339: "2026-02-01T04:00:00Z")!

  var world = KnownWorld()
  var events: [ReadEvent] = []
  var totals = BillTotals()

  /// A bill on an account (`A-1`, known as `bacc_1`) raised at record `record`.
  mutating func bill(
    _ number: Int, due: Int64?, account: Int? = nil, currency: CurrencyCode = zar, raised: WallTime = start,
    voided: Bool = false, voidOpen: Bool = false, added: Int64 = 0, total: Int64? = nil
  ) {
    let party =
      account.map { RowParty(kind: .account, name: "A-\($0)", isID: false) }
      ?? RowParty(kind: .customer, name: "C-\(number)", isID: false)
    var bill = KnownBill(
      reference: "INV-\(number)", id: "bill_\(number)", due: due, currency: due == nil ? nil : currency, party: party,
      row: RaisingRow(file: "night.csv", digest: "0123456789ab", record: number, startedAt: raised))
    (bill.isVoided, bill.isVoidOpen, bill.added, bill.total) = (voided, voidOpen, added, total)
    world.add(bill)
    totals.count += 1
    if voided {
      totals.voided += 1
    } else if let due {
      totals.billed[currency, default: 0] += due
      if bill.noted > 0 {
        totals.noted[currency, default: 0] += min(bill.noted, due)
        totals.withNotes += 1
      }
    } else {
      totals.withoutAmount += 1
    }
  }

  mutating func account(_ number: Int) {
    world.add(KnownWorld.Party(key: PartyKey(.account, "A-\(number)"), id: "bacc_\(number)", row: nil))
  }

  /// An event `minutes` after the start; `target` is a member of its data.
  mutating func event(
    _ target: String, _ amount: Int64, minutes: Int = 60, currency: String = "ZAR", id: Int? = nil,
    payment: String? = nil
  ) {
    let number = events.count + 1
    let time = Self.start.advanced(byMilliseconds: Int64(minutes) * 60_000)
    let body = """
      {"id":"evt_\(id ?? number)","type":"obligation.amount_applied","data":{"id":"ob_1","amount":\(amount),\
      "currency":"\(currency)","payment_id":"pay_\(payment ?? "\(number)")",\(target),"created_at":"\(time.rfc3339)"}}
      """
    events.append(
      ReadEvent(
        KeptEvent(
          number: Int64(number), body: Array(body.utf8), receivedAt: time, source: .webhook, contradicts: nil,
          deliveries: 1)))
  }

  func reconciled(_ report: MomentReport? = nil, api: [Int: APIBill]? = nil) -> Reconciliation {
    let result = Reconciler(world, events, report: report, api: api).reconciliation(totals)
    #expect(result.discrepancies == [])
    return result
  }

  func joints() -> [EventJoint?] {
    var joiner = EventJoiner(world)
    let joints = joiner.joints(of: events)
    return events.map { joints[$0.number] }
  }
}

extension Reconciliation {
  /// The standing of the bill, or of whatever has that reference or id.
  func standing(_ name: String) -> ReconcileStanding? {
    lines.first { $0.reference == name || $0.id == name }?.standing
  }
}
