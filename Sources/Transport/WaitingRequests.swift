/// Requests that wait for a slot and the gate: urgent ones first, else in the order in which they came.
struct WaitingRequests {
  /// First come, first served.
  private struct Line {
    private var requests: [HTTPRequest] = []
    /// Those before it have gone.
    private var next = 0

    var isEmpty: Bool { next == requests.count }
    var first: HTTPRequest { requests[next] }
    var left: ArraySlice<HTTPRequest> { requests[next...] }

    mutating func add(_ more: [HTTPRequest]) {
      if isEmpty { (requests, next) = (more, 0) } else { requests += more }
    }

    mutating func removeFirst() {
      next += 1
      if next == requests.count {
        (requests, next) = ([], 0)
      } else if next >= 4096 {
        requests.removeFirst(next)
        next = 0
      }
    }
  }

  private var urgent = Line()
  private var others = Line()

  var isEmpty: Bool { urgent.isEmpty && others.isEmpty }

  /// Who goes next; there must be one.
  var first: HTTPRequest { urgent.isEmpty ? others.first : urgent.first }

  mutating func add(_ requests: [HTTPRequest]) {
    // Mostly none is, and no request is copied.
    guard requests.contains(where: { $0.isUrgent }) else { return others.add(requests) }
    urgent.add(requests.filter(\.isUrgent))
    others.add(requests.filter { !$0.isUrgent })
  }

  /// Who was to go next has gone.
  mutating func removeFirst() {
    if urgent.isEmpty { others.removeFirst() } else { urgent.removeFirst() }
  }

  /// Takes out all.
  mutating func removeAll() -> [HTTPRequest] {
    defer { self = WaitingRequests() }
    return Array(urgent.left) + others.left
  }
}
