import BillIntake
package import BillLedger
package import BillModel
package import FileRuns
import PaymentEvents
package import Tabular

/// Takes events from a file of JSON lines into the store.
package struct EventImport {
  /// What became of a file's lines.
  package struct Tally: Sendable {
    package var lines = 0
    package var new = 0
    package var duplicates = 0
    /// Lines that are no event, the first of them with the reason.
    package var unreadable = 0
    package var firstUnreadable: (line: Int, reason: String)?
  }

  /// Lines kept in one transaction.
  private static let batch = 1000
  private static let longestLine = WebhookVerifier.longestBody

  private let store: EventStore
  private let now: WallTime
  private var tally = Tally()
  private var waiting: [ReceivedEvent] = []
  /// The number of the line in the file; blank ones count here.
  private var number = 0

  package init(into store: EventStore, now: WallTime) {
    self.store = store
    self.now = now
  }

  /// Takes every line of `source` that is an event; blank lines are passed over.
  package mutating func take(_ source: ByteSource) throws(RunFault) -> Tally {
    var line: [UInt8] = []
    var isTooLong = false
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count: Int
      do throws(InputError) { count = try source.read(into: buffer) } catch { throw .intake(.input(error)) }
      guard count > 0 else { break }
      var rest = buffer[..<count]
      while let end = rest.firstIndex(of: 0x0A) {
        if !isTooLong { line += rest[..<end] }
        try take(line, isTooLong: isTooLong)
        (line, isTooLong) = ([], false)
        rest = rest[(end + 1)...]
      }
      isTooLong = isTooLong || line.count + rest.count > Self.longestLine
      line = isTooLong ? [] : line + rest
    }
    if !line.isEmpty || isTooLong { try take(line, isTooLong: isTooLong) }
    try write()
    return tally
  }

  private mutating func take(_ line: [UInt8], isTooLong: Bool) throws(RunFault) {
    number += 1
    tally.lines += 1
    if isTooLong || line.count > Self.longestLine { return note("the line has more than \(Self.longestLine) bytes") }
    let body = line.last == 0x0D ? Array(line.dropLast()) : line
    if body.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      tally.lines -= 1
      return
    }
    let event = PaymentEvent(body: body)
    if case .unreadable(let reason) = event.content { return note(reason) }
    waiting.append(
      ReceivedEvent(
        webhookID: nil, eventID: event.id, content: event.contentDigest(body: body), body: body, receivedAt: now,
        source: .imported))
    if waiting.count >= Self.batch { try write() }
  }

  private mutating func note(_ reason: String) {
    tally.unreadable += 1
    if tally.firstUnreadable == nil { tally.firstUnreadable = (number, reason) }
  }

  private mutating func write() throws(RunFault) {
    guard !waiting.isEmpty else { return }
    do throws(LedgerError) {
      for standing in try store.add(waiting) {
        switch standing {
        case .new: tally.new += 1
        case .duplicate: tally.duplicates += 1
        }
      }
    } catch {
      throw .ledger(error)
    }
    waiting = []
  }
}
