import BillModel
import ServerModel

/// What was seen of the requests, to judge by: independent of what the product believes.
struct Checks {
  /// What is known of a bill's requests, under the ledger of now.
  struct History {
    /// Some request's fate was hidden from the client.
    var isAmbiguous = false
    /// The client heard a definite no.
    var wasRefused = false
  }

  /// What is known of a key, whatever becomes of ledgers.
  struct Key {
    var body: [UInt8]
    /// How often each row sent it, under the ledger of now, and when first.
    var sendings: [Place: (count: Int, firstAt: Int64)] = [:]
  }

  let world: World
  private(set) var histories: [String: History] = [:]
  private(set) var keys: [String: Key] = [:]
  /// What the ledger said last of a row that is settled.
  var settled: [Place: RowSettlement] = [:]

  init(_ world: World) { self.world = world }

  /// A POST is handed over; what is wrong with it, if anything.
  mutating func sending(_ call: ServerCall, _ place: Place, at now: Int64) -> String? {
    guard let key = call.key else { return "a POST without a key" }
    var known = keys[key] ?? Key(body: call.body)
    known.sendings[place, default: (0, now)].count += 1
    keys[key] = known
    return known.body == call.body ? nil : "a key with two bodies"
  }

  /// A POST never left: it doesn't count.
  mutating func neverLeft(_ exchange: Exchange) {
    guard let key = exchange.call.key, let places = keys[key]?.sendings.keys else { return }
    for place in places where place.file == exchange.file {
      keys[key]?.sendings[place]?.count -= 1
      if keys[key]?.sendings[place]?.count == 0 { keys[key]?.sendings[place] = nil }
    }
  }

  /// The client won't hear what became of a request.
  mutating func ambiguous(_ exchange: Exchange) { if let reference = exchange.reference { ambiguous(reference) } }

  /// The client doesn't know, or has forgotten, what became of a bill's requests.
  mutating func ambiguous(_ reference: String) { histories[reference, default: History()].isAmbiguous = true }

  /// The client hears an answer.
  mutating func heard(_ status: Int, _ exchange: Exchange) {
    guard let reference = exchange.reference else { return }
    switch status {
    case 401, 403, 409, 429: break
    case 400..<500: histories[reference, default: History()].wasRefused = true
    case 500...: histories[reference, default: History()].isAmbiguous = true
    default: break
    }
  }

  /// The ledger is gone, and with it what it knew.
  mutating func forget() {
    settled = [:]
    histories = [:]
    for key in keys.keys { keys[key]?.sendings = [:] }
  }
}
