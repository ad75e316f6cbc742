import BillModel
import ServerModel
import Transport

/// What was seen of the requests, to judge by: independent of what the product believes.
struct Checks {
  /// What is known of a bill's requests, under the ledger of now.
  struct History {
    /// Some request's fate was hidden from the client.
    var isAmbiguous = false
    /// The client heard a definite no.
    var wasRefused = false
    /// The client heard that the server failed: whether it had done its work by then it doesn't say.
    var hasFailed = false
  }

  /// What is known of a key, whatever becomes of ledgers.
  struct Key {
    var body: [UInt8]
    /// How often each row sent it, under the ledger of now, and when first.
    var sendings: [Place: (count: Int, firstAt: Int64)] = [:]
  }

  /// An object, as the run of a file sees it.
  struct Subject: Hashable {
    var file: Int
    var name: String
  }

  let world: World
  private(set) var histories: [String: History] = [:]
  private(set) var keys: [String: Key] = [:]
  /// What each sum was before all.
  var start: [String: Int64] = [:]
  /// What the server had when a run of a file last heard of an object.
  private(set) var shown: [Subject: ServerModel] = [:]
  /// Which row's request gave an object last what it has; none where somebody else did.
  var writers: [String: Place] = [:]
  /// Which rows' changes of an object have no definite answer.
  var openChanges: [String: Set<Place>] = [:]
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
    case 409 where exchange.call.method == "PATCH": histories[reference, default: History()].wasRefused = true
    case 401, 403, 409, 429: break
    case 400..<500: histories[reference, default: History()].wasRefused = true
    case 500...:
      histories[reference, default: History()].isAmbiguous = true
      histories[reference, default: History()].hasFailed = true
    default: break
    }
  }

  /// The client hears what the server has of an object.
  mutating func shown(_ exchange: Exchange, _ name: String) {
    guard case .success(let response) = exchange.result, response.status < 500, ![401, 429].contains(response.status),
      let after = exchange.after
    else { return }
    shown[Subject(file: exchange.file, name: name)] = after
  }

  /// What became of a row's PATCH is known.
  mutating func isDefinite(_ exchange: Exchange, _ place: Place?) {
    guard exchange.call.method == "PATCH", let reference = exchange.reference, let place else { return }
    openChanges[reference]?.remove(place)
  }

  /// The same of a change beside the bills, which a look tells too.
  mutating func isDefinite(_ file: Int, _ name: String) { openChanges[name]?.remove(Place(file: file, record: 0)) }

  /// A row has its end.
  mutating func ended(_ place: Place) {
    for name in openChanges.keys { openChanges[name]?.remove(place) }
  }

  /// The ledger is gone, and with it what it knew.
  mutating func forget() {
    openChanges = [:]
    settled = [:]
    histories = [:]
    for key in keys.keys { keys[key]?.sendings = [:] }
  }
}
