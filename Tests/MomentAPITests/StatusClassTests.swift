import Testing

@testable import MomentAPI

@Suite struct StatusClassTests {
  private static func expected(_ status: Int) -> StatusClass {
    if status / 100 == 2 { return .success }
    if status / 100 == 5 || [408, 421, 425].contains(status) { return .transient }
    if [401, 403, 407].contains(status) { return .unauthorised }
    if let own = [404: StatusClass.notFound, 409: .conflict, 429: .throttled][status] { return own }
    return status / 100 == 4 ? .refusal : .noAnswer
  }

  @Test func `every status falls into its class, and what is no status proves nothing`() {
    for status in -1...1100 { #expect(StatusClass(status) == Self.expected(status), "\(status)") }
  }
}
