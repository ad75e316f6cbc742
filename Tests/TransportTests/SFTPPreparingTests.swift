import Testing

@testable import Transport

/// Connections that come about before a large file is read.
struct SFTPPreparingTests {
  private func client(of server: TestServer) throws -> SFTPClient {
    var options = SFTPOptions(
      address: try SFTPAddress("sftp://anna@127.0.0.1:\(server.port)/"), login: .password("secret"),
      trust: SFTPTrust(knownHosts: "", pins: []))
    options.tries = 1
    return try SFTPClient(options)
  }

  private func wait(until isSo: () -> Bool) -> Bool {
    for _ in 0..<3000 {
      if isSo() { return true }
      TestThread.sleep(milliseconds: 10)
    }
    return false
  }

  @Test(arguments: [(bytes: 1, connections: 1), (9 << 20, 2), (1 << 30, 4)])
  func `as many as a file is worth come about before anything is asked, and no more when it is said again`(
    _ file: (bytes: Int, connections: Int)
  ) throws {
    // It lets them in, and says nothing.
    let server = try TestServer { _ in [] }
    let client = try client(of: server)
    for _ in 0..<3 { client.prepare(forReading: Int64(file.bytes)) }
    #expect(wait { server.connectionCount >= file.connections })
    server.stop()
    // One that came to nothing is told of when it is used.
    #expect(throws: SFTPError.self) { try client.look("/bills.csv") }
    #expect(server.connectionCount == file.connections)
  }
}
