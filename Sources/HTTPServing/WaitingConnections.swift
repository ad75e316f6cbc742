/// Connections that wait for a request to come whole, and since when in their order. Pure.
struct WaitingConnections {
  private struct Place {
    var socket: Int32
    var ticket: UInt64
  }

  private var places: [UInt64: Place] = [:]
  /// Numbers of connections with their tickets, the oldest first; those whose ticket is another one now are over.
  private var order: [(number: UInt64, ticket: UInt64)] = []
  private var begin = 0
  private var lastTicket: UInt64 = 0

  var count: Int { places.count }
  /// How many it keeps in order, those that are over among them.
  var kept: Int { order.count }

  /// Puts a connection at the end, wherever it was.
  mutating func add(_ number: UInt64, socket: Int32) {
    lastTicket += 1
    places[number] = Place(socket: socket, ticket: lastTicket)
    order.append((number, lastTicket))
    // Also those between that are over: one that waits for long would else keep all that came after it.
    if order.count > 2 * places.count + 1024 {
      order = order[begin...].filter { places[$0.number]?.ticket == $0.ticket }
      begin = 0
    }
    dropOver()
  }

  mutating func remove(_ number: UInt64) { places[number] = nil }

  /// Removes the one that waits longest; its socket.
  mutating func removeLongest() -> Int32? {
    dropOver()
    guard begin < order.count else { return nil }
    return places.removeValue(forKey: order[begin].number)?.socket
  }

  /// Passes over what stands first and is over.
  private mutating func dropOver() {
    while begin < order.count, places[order[begin].number]?.ticket != order[begin].ticket { begin += 1 }
  }
}
