import Testing

@testable import HTTPServing

@Suite struct WaitingConnectionsTests {
  @Test func `one that waits for long keeps none of those that came and went after it`() {
    var waiting = WaitingConnections()
    waiting.add(1, socket: 1)
    for number in 2...10_000 as ClosedRange<UInt64> {
      waiting.add(number, socket: Int32(number))
      waiting.remove(number)
    }
    #expect(waiting.count == 1 && waiting.kept < 2000)
    waiting.add(20_000, socket: 20_000)
    waiting.add(1, socket: 1)
    #expect(waiting.removeLongest() == 20_000)
    #expect(waiting.removeLongest() == 1)
    #expect(waiting.removeLongest() == nil)
  }
}
