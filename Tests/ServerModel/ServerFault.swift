/// A request that ends otherwise than it should.
package struct ServerFault: Hashable, Sendable, CustomStringConvertible {
  /// How many of customer, account and bill are made before it, as far as the request makes them.
  package var steps: Int
  package var status: Int
  /// Whether the answer is kept under the key. 429 and 401 go by the readings instead.
  package var isStored: Bool
  /// Whether what is stored under the key is forgotten before, instead of coming back.
  package var forgetsKey: Bool

  package init(after steps: Int, status: Int, isStored: Bool, forgetsKey: Bool = false) {
    self.steps = steps
    self.status = status
    self.isStored = isStored
    self.forgetsKey = forgetsKey
  }

  package var description: String {
    "\(isStored ? "stored " : "")\(status) after \(steps) steps\(forgetsKey ? ", its key forgotten" : "")"
  }
}
