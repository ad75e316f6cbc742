import BillLedger
import BillModel
import PaymentEvents
import Testing

@testable import Housekeeping

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Old events lose what nobody goes by, and say the same as before.
@Suite struct EventShorteningTests {
  private static let day: Int64 = 86_400_000
  private static let now = WallTime(milliseconds: 1_767_600_000_000)

  private static let whole = """
    {"id":"evt_1","type":"obligation.amount_applied","data":{"id":"ob_1","amount":1250,"currency":"ZAR",\
    "payment_id":"pay_1","account_id":"bacc_7","bill_id":"bill_9","metadata":{"meter":"Thandi Molefe 8501015800085"},\
    "payer":{"email":"thandi@example.com"},"created_at":"2026-01-05T08:00:00.250Z"}}
    """

  private static func received(_ body: String, _ days: Int64) -> ReceivedEvent {
    let event = PaymentEvent(body: Array(body.utf8))
    return ReceivedEvent(
      webhookID: "msg_\(days)", eventID: event.id, content: event.contentDigest(body: Array(body.utf8)),
      body: Array(body.utf8), receivedAt: WallTime(milliseconds: now.milliseconds - days * day), source: .webhook)
  }

  @Test(arguments: [whole, #"{"id":"evt_2","type":"customer.created","data":{"name":"Thandi"}}"#, "no event, Thandi"])
  func `what is read of a shortened event is what was read of the whole one`(body: String) {
    let short = EventShortening.shortened(Array(body.utf8))
    #expect(short.starts(with: EventStore.shortenedOpening))
    #expect(!String(decoding: short, as: UTF8.self).contains("handi"))
    let (before, after) = (PaymentEvent(body: Array(body.utf8)), PaymentEvent(body: short))
    #expect(before.id == after.id)
    guard case .unreadable = before.content else {
      #expect(before.content == after.content)
      return
    }
    guard case .unreadable = after.content else {
      Issue.record("\(after.content)")
      return
    }
  }

  @Test func `only old events are shortened, once, and one that comes again is known`() throws {
    var template = Array("/tmp/billdrop-events-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    let path = "\(folder)/city.sqlite"
    defer {
      for suffix in ["", "-wal", "-shm"] { unlink("\(folder)/city.events\(suffix)") }
      rmdir(folder)
    }
    let cutoff = WallTime(milliseconds: Self.now.milliseconds - 90 * Self.day)
    #expect(try EventShortening.count(besideLedger: path, before: cutoff) == 0)
    let store = try EventStore(path: EventStore.path(besideLedger: path))
    let other = Self.whole.replacing("evt_1", with: "evt_3")
    #expect(try store.add([Self.received(Self.whole, 100), Self.received(other, 10)]).count == 2)
    #expect(try EventShortening.count(besideLedger: path, before: cutoff) == 1)
    try EventShortening.run(besideLedger: path, before: cutoff)
    #expect(try EventShortening.count(besideLedger: path, before: cutoff) == 0)
    let kept = try store.events(after: 0, limit: 10)
    #expect(kept.map { String(decoding: $0.body, as: UTF8.self).contains("Thandi") } == [false, true])
    #expect(kept.allSatisfy { $0.deliveries == 1 })
    guard case .duplicate = try store.add([Self.received(Self.whole, 1)])[0] else {
      Issue.record("an event that was shortened is taken for a new one")
      return
    }
  }
}
