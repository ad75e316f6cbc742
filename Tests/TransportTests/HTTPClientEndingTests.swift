import Testing
import Threads

@testable import Transport

@Suite struct HTTPClientEndingTests {
  @Test func `a client that drains answers what is in flight and gives back what waits`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 100), TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 2)
    client.submit((1...5).map { .post($0) })
    while server.received.count < 2 { TestThread.sleep(milliseconds: 1) }
    client.shutdown(cancelling: false)
    let completions = client.collect(5).sorted { $0.id < $1.id }
    #expect(completions.map { $0.result.response?.status } == [200, 200, nil, nil, nil])
    #expect(completions.suffix(3).allSatisfy { $0.result.failure?.notSentCause == .cancelled })
    #expect(client.completions(waitingUpTo: .seconds(5)).isEmpty)
    #expect(client.isEnded)
    #expect(server.received.count == 2)
  }

  @Test func `a client that cancels ends what is in flight as possibly sent`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 2000), TestServer.answer()] }
    defer { server.stop() }
    let client = try HTTPClient.to(server.url, inFlight: 2)
    client.submit((1...3).map { .post($0) })
    while server.received.count < 2 { TestThread.sleep(milliseconds: 1) }
    client.shutdown(cancelling: false)
    #expect(client.collect(1).map(\.id) == [3])
    let start = MonotonicClock.now
    client.shutdown(cancelling: true)
    #expect(client.collect(2).allSatisfy { $0.result.failure == .cancelled })
    #expect(MonotonicClock.now - start < 1_000_000_000)
  }

  @Test func `what is submitted to an ended client is not sent`() throws {
    let client = try HTTPClient.to("http://127.0.0.1:1")
    client.shutdown(cancelling: false)
    #expect(client.post()?.failure?.notSentCause == .cancelled)
    #expect(client.completions(waitingUpTo: .seconds(5)).isEmpty)
    #expect(client.isEnded)
  }

  @Test func `a client can be dropped with requests in flight`() throws {
    let server = try TestServer { _ in [.sleep(milliseconds: 2000), TestServer.answer()] }
    defer { server.stop() }
    let start = MonotonicClock.now
    do {
      let client = try HTTPClient.to(server.url)
      client.submit([.post(1)])
      while server.received.isEmpty { TestThread.sleep(milliseconds: 1) }
    }
    #expect(MonotonicClock.now - start < 1_500_000_000)
  }

  @Test func `a wake ends a wait, and one that came before it too`() throws {
    let client = try HTTPClient.to("http://127.0.0.1:1")
    for delay in [0, 50] {
      let start = MonotonicClock.now
      TestThread.run {
        TestThread.sleep(milliseconds: delay)
        client.wake()
      }
      #expect(client.completions(waitingUpTo: .seconds(10)).isEmpty)
      #expect(MonotonicClock.now - start < 5_000_000_000)
    }
    client.wake()
    #expect(client.completions(waitingUpTo: .seconds(10)).isEmpty)
  }

  @Test func `a wait ends when its time is over`() throws {
    let client = try HTTPClient.to("http://127.0.0.1:1")
    let start = MonotonicClock.now
    #expect(client.completions(waitingUpTo: .milliseconds(30)).isEmpty)
    #expect(MonotonicClock.now - start >= 29_000_000)
    #expect(!client.isEnded)
  }
}
