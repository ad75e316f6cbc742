import Testing

@testable import BillSubmission

/// Every event in every phase. A phase's row says what it does on the events that matter in it, and what on all others;
/// the rows of questions share what every question does.
@Suite struct SubmissionTableTests {
  private static let posting = [
    "begin": "-", "due": "-", "accepted": "created", "accepted, old": "bill?", "accepted other": "wait, same key",
    "found bill": "wait, same key", "found account": "wait, same key", "found customer": "wait, same key",
    "not found": "wait, same key", "409": "bill?", "409, old": "bill?", "4xx": "refused",
    "4xx, old": "wait, next epoch", "422": "account?", "422, old": "wait, next epoch", "404": "stop, withdraw",
    "404, old": "wait, next epoch",
    "429": "wait, same key",
    "429, old": "wait, next epoch", "5xx": "wait, same key", "5xx, old": "bill?", "unreadable": "wait, same key",
    "unreadable, old": "bill?", "401": "stop, withdraw", "401, old": "wait, next epoch", "not sent": "wait, same key",
    "timed out": "wait, same key", "lost": "wait, same key", "too large": "wait, same key",
    "not HTTP": "wait, same key", "cancelled": "wait, same key",
  ]

  private static let asking = [
    "begin": "-", "due": "-", "accepted": "wait, ask", "accepted, old": "wait, ask", "accepted other": "wait, ask",
    "found bill": "wait, ask", "found account": "wait, ask", "found customer": "wait, ask", "not found": "?",
    "409": "wait, ask", "409, old": "wait, ask", "4xx": "wait, ask", "4xx, old": "wait, ask",
    "422": "wait, ask", "422, old": "wait, ask", "404": "wait, ask", "404, old": "wait, ask", "429": "wait, ask",
    "429, old": "wait, ask",
    "5xx": "wait, ask", "5xx, old": "wait, ask", "unreadable": "wait, ask", "unreadable, old": "wait, ask",
    "401": "stop", "401, old": "stop", "not sent": "wait, ask", "timed out": "wait, ask", "lost": "wait, ask",
    "too large": "wait, ask", "not HTTP": "wait, ask", "cancelled": "wait, ask",
  ]

  /// What the answers that a question can have lead to: each question's own lines of the table.
  private static let questions: [String: [String: String]] = [
    "bill after 409": ["found bill": "account?", "not found": "account?"],
    "bill after old 409": ["found bill": "account?", "not found": "account?"],
    "bill after old success": ["found bill": "account?", "not found": "wait, ask"],
    "bill after old 5xx": ["found bill": "account?", "not found": "wait, next epoch"],
    "bill after window": ["found bill": "account?", "not found": "send 2.1"],
    "bill of other body": ["found bill": "account?", "not found": "unknown"],
    "bill made elsewhere": ["found bill": "account?", "not found": "conflict"],
    "bill held elsewhere": ["found bill": "account?", "not found": "leave"],
    "bill after refusal": ["found bill": "account?", "not found": "refused"],
    "bill after refusal before": ["found bill": "account?", "not found": "send 2.1"],
    "bill, last resort": ["found bill": "account?", "not found": "unknown"],
    "customer of bill": ["found customer": "account?", "not found": "account?"],
    "account of bill": ["found account": "customer?", "not found": "conflict"],
    "account after 409": ["found account": "customer?", "not found": "customer?"],
    "account after old 409": ["found account": "customer?", "not found": "customer?"],
    "account after 422": ["found account": "customer?", "not found": "customer?"],
    "customer after 409": ["found customer": "send 2.1", "not found": "wait, same key"],
    "customer after old 409": ["found customer": "send 2.1", "not found": "unknown"],
    "customer after 422": ["found customer": "send 2.1", "not found": "refused"],
    "account beforehand": ["found account": "customer?", "not found": "customer?"],
    "customer beforehand": ["found customer": "send 2.1", "not found": "send 1.1"],
    "owner": ["found customer": "send 2.1", "not found": "conflict"],
    "named after 404": ["not found": "stop, withdraw"],
    "another after 404": ["found account": "refused", "found customer": "refused", "not found": "stop, withdraw"],
  ]

  /// Phases in which one event matters, and every other one is a doubled delivery.
  private static let resting: [String: [String: String]] = [
    "ready": ["begin": "send 1.1"],
    "pause, same key": ["due": "send 1.2"],
    "pause, next epoch": ["due": "send 2.1"],
    "pause, ask": ["due": "customer?"],
    "ended": [:],
  ]

  @Test(arguments: SubmissionTable.phases.map(\.0)) func `every event is answered in phase`(name: String) throws {
    let (_, phase) = try #require(SubmissionTable.phases.first { $0.0 == name })
    for (event, value) in SubmissionTable.events {
      let expected =
        name == "posting"
        ? Self.posting[event]
        : Self.resting[name].map { $0[event] ?? "-" } ?? Self.questions[name]?[event]
          ?? Self.asking[event]
      #expect(SubmissionTable.outcome(phase, value) == expected, "\(name) on \(event)")
    }
  }

  @Test func `the table has a row for each phase and no other`() {
    let rows = Set(["posting"] + Self.questions.keys + Self.resting.keys)
    #expect(rows == Set(SubmissionTable.phases.map(\.0)))
    #expect(Set(Self.posting.keys) == Set(SubmissionTable.events.map(\.0)))
    #expect(Set(Self.asking.keys) == Set(SubmissionTable.events.map(\.0)))
  }
}
