/// What the doctor found of one thing.
package struct HealthFinding: Hashable, Sendable {
  package enum State: String, Sendable {
    case ok, warning, fault
  }

  /// What kind of thing it is about.
  package enum Part: String, CaseIterable, Sendable {
    case configuration, key, api, tls, clock, ledger, drop, folder, disk, library
  }

  package var part: Part
  package var state: State
  /// What is so, in a sentence.
  package var message: String
  /// What to do; `nil` where nothing is to be done.
  package var cure: String?

  package init(_ part: Part, _ state: State, _ message: String, cure: String? = nil) {
    self.part = part
    self.state = state
    self.message = message
    self.cure = cure
  }

  /// Something that is as it should be.
  static func ok(_ part: Part, _ message: String) -> Self { Self(part, .ok, message) }
}
