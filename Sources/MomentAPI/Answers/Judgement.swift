/// What an answer means. Total: every status and every body is one of these, and nothing unknown is ever fine.
package enum Judgement: Hashable, Sendable {
  /// A create or a void went through: 2xx with the right reference and money, and an id; a bill that is voided.
  case accepted(RemoteObject)
  /// A GET found the object, or a PATCH changed it.
  case found(RemoteObject)
  /// There is nothing: 404 to a GET, a PATCH or a void.
  case notFound
  /// A create or a void met something that is there, or under way: 409. Prose is never a branch (rule 10).
  case conflict(Problem)
  /// A definite no: any other 4xx. A 404 on a create too: something that the body names isn't there.
  case refused(Problem)
  /// Too many requests: 429.
  case throttled(Problem?)
  /// The server can't now: 5xx, 408, 421, 425. What became of a create is not known.
  case transient(Problem?)
  /// An answer that proves nothing: a status that answers no such request (1xx, 3xx, beyond 599), or a 2xx whose
  /// body is not what was asked for. What became of a create is not known.
  case unreadable(UnreadableReason)
  /// The key isn't accepted: 401, 403; or a proxy wants one: 407. Never a row's fault.
  case unauthorised(Problem)
}
