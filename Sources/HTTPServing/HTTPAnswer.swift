/// What a service answers.
package struct HTTPAnswer: Sendable {
  /// 200…599.
  package var status: Int
  /// In the order in which they are sent. A `Date` here replaces the one that would be made; lengths are never given here.
  package var headers: [(name: String, value: String)]
  package var body: HTTPBody

  package init(status: Int, headers: [(name: String, value: String)] = [], body: HTTPBody = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
