import BillModel
import BillSubmission

/// The updates of parties under way in a run, beside its rows.
struct PartyDesk {
  private(set) var updates: [PartyKey: PartyUpdate] = [:]
  /// Requests in the client: whose, and what their answers must carry.
  var pending: [UInt64: (party: PartyKey, request: PendingRequest)] = [:]
  /// The looks that changes under way go by.
  var looks: [PartyKey: LookAge] = [:]
  /// Updates that could not be brought to an end.
  private(set) var unsettled = 0
  /// Those of `updates` that wait for the end of the file.
  private var held: Set<PartyKey> = []
  /// How many wait for it at most. A later one is left to the next run, which takes it up by what the ledger has of it.
  var mostHeld = 10_000
  /// Whether what an earlier process left open was taken up.
  var isResumed = false

  private var due = DueQueue()
  private var tickets: [Int: PartyKey] = [:]
  private var lastTicket = 0
  /// Parties that are through, in bounded space; the ledger knows the others.
  private var recent: Set<PartyKey> = []
  private var older: Set<PartyKey> = []
  private static let remembered = 16_384

  var isEmpty: Bool { updates.isEmpty && pending.isEmpty }
  /// Whether nothing is left but updates that wait for the end of the file.
  var isHeld: Bool { !updates.isEmpty && underWay == 0 }
  /// How many updates are under way, or pause.
  var underWay: Int { updates.count - held.count }
  /// When the next pause is over, in nanoseconds.
  var nextDue: UInt64? { due.next }

  func isDone(_ party: PartyKey) -> Bool { recent.contains(party) || older.contains(party) }

  mutating func open(_ update: PartyUpdate) { updates[update.description.key] = update }

  /// Lets an update decide; `nil` where there is none.
  mutating func handle(
    _ event: PartyUpdateEvent, _ party: PartyKey, _ context: SubmissionContext
  ) -> PartyUpdateEffect? {
    held.remove(party)
    return updates[party]?.handle(event, context)
  }

  /// An update waits for the end of the file.
  mutating func hold(_ party: PartyKey) {
    guard held.count < mostHeld else { return close(party, isSettled: false) }
    held.insert(party)
  }

  /// Leaves so many updates to the next run, which were not begun in this one.
  mutating func leave(_ count: Int) { unsettled += count }

  mutating func wait(_ party: PartyKey, due moment: UInt64) {
    lastTicket += 1
    tickets[lastTicket] = party
    due.push(lastTicket, due: moment)
  }

  /// Takes out an update whose pause is over by now.
  mutating func popDue(by now: UInt64) -> PartyKey? {
    due.pop(by: now).flatMap { tickets.removeValue(forKey: $0) }
  }

  /// An update is through.
  mutating func close(_ party: PartyKey, isSettled: Bool) {
    (updates[party], looks[party]) = (nil, nil)
    if !isSettled { unsettled += 1 }
    remember(party)
  }

  /// A party needs no update in this run.
  mutating func remember(_ party: PartyKey) {
    if recent.count >= Self.remembered { (older, recent) = (recent, []) }
    recent.insert(party)
  }

  /// Lets go of all that is not in the client; the ledger has what is open.
  mutating func stop() {
    let inClient = Set(pending.values.map(\.party))
    updates = updates.filter { inClient.contains($0.key) }
    held.removeAll()
    due.removeAll()
    tickets.removeAll()
  }
}
