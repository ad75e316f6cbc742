import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A `moment-sandbox` on a free port of this machine; stopped with the object.
final class Sandbox: Sendable {
  /// What `GET /sandbox/state` says, as far as the tests look.
  struct State: Decodable {
    struct Objects: Decodable, Equatable {
      let customers: Int
      let accounts: Int
      let bills: Int
    }

    /// The bills of one currency, in minor units.
    struct Money: Decodable {
      let bills: Int
      let amount_due: Int
    }

    let objects: Objects
    /// By currency.
    let money: [String: Money]
    /// Requests by kind.
    let requests: [String: Int]
    let replays: Int
    let throttled: Int
    /// Faults that struck, by kind.
    let faults: [String: Int]

    /// What all bills ask for, in minor units by currency.
    var due: [String: Int] { money.mapValues(\.amount_due) }
  }

  /// A line of `GET /sandbox/bills`, as far as the tests look.
  struct Bill: Decodable {
    let id: String
    let external_reference: String
    let currency: String
    let amount_due: Int
    let bill_date: String?
    let due_date: String?
    let customer_external_reference: String
    let status: String?
    let amount_paid: Int?
    let metadata: [String: String]?
  }

  /// A line of `GET /sandbox/accounts` or `/sandbox/customers`, as far as the tests look.
  struct Party: Decodable {
    let id: String
    let external_reference: String
    let balance: Int?
  }

  /// A line of `GET /sandbox/log`, as far as the tests look.
  struct LoggedRequest: Decodable {
    let method: String
    let path: String
    /// Status; 0: dropped.
    let answered: Int
  }

  /// Where billdrop is to go.
  let endpoint: String
  let port: Int
  /// The certificate to trust; `nil` without TLS.
  let caFile: String?
  /// Where the tests look; without TLS.
  private let site: String
  private let program: Program

  /// Starts it and waits until it listens.
  ///
  /// - Parameters:
  ///   - secure: its endpoint has TLS.
  ///   - port: where it listens; 0 for a free one.
  init(
    in workspace: Workspace, key: String = Billdrop.key, secure: Bool = false, port wanted: Int = 0,
    _ arguments: String...
  ) async throws {
    let name = UUID().uuidString
    let portFile = workspace.path("port-\(name)")
    let plainFile = workspace.path("plain-\(name)")
    caFile = secure ? workspace.path("ca-\(name).pem") : nil
    let tls = caFile.map { ["--tls", "--ca-file", $0, "--plain-port-file", plainFile] } ?? []
    program = try Program(
      "moment-sandbox", ["--port", String(wanted), "--port-file", portFile, "--key", key] + tls + arguments,
      in: workspace)
    port = try await Self.port(in: portFile, of: program)
    endpoint = secure ? "https://localhost:\(port)" : "http://127.0.0.1:\(port)"
    site = secure ? "http://127.0.0.1:\(try await Self.port(in: plainFile, of: program))" : endpoint
  }

  private static func port(in portFile: String, of program: Program) async throws -> Int {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      let text = (try? String(contentsOfFile: portFile, encoding: .utf8)) ?? ""
      if let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), port > 0 { return port }
      guard program.isRunning, ContinuousClock.now < deadline else {
        program.signal(SIGKILL)
        throw TestFault("moment-sandbox did not start: \(program.outputText())\(program.errorText())")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  deinit { if program.isRunning { program.signal(SIGKILL) } }

  /// Ends it before its time.
  func stop() async throws {
    program.signal(SIGTERM)
    try await program.wait(atMost: .seconds(20))
  }

  func state() async throws -> State { try JSONDecoder().decode(State.self, from: await get("/sandbox/state")) }

  func bills() async throws -> [Bill] {
    let lines = try await get("/sandbox/bills").split(separator: UInt8(ascii: "\n"))
    return try lines.map { try JSONDecoder().decode(Bill.self, from: Data($0)) }
  }

  func accounts() async throws -> [Party] { try await parties("accounts") }

  func customers() async throws -> [Party] { try await parties("customers") }

  private func parties(_ kind: String) async throws -> [Party] {
    let lines = try await get("/sandbox/\(kind)").split(separator: UInt8(ascii: "\n"))
    return try lines.map { try JSONDecoder().decode(Party.self, from: Data($0)) }
  }

  /// Moves the API's clock; in milliseconds since 1970.
  func setClock(to milliseconds: Int64) async throws {
    try await post("/sandbox/clock", "{\"now\": \(milliseconds)}")
  }

  /// From here on these faults strike, as `--faults` takes them, and no others.
  func setFaults(_ list: String) async throws { try await post("/sandbox/faults", "{\"faults\": \"\(list)\"}") }

  func post(_ path: String, _ body: String) async throws {
    guard let url = URL(string: site + path) else { throw TestFault("no URL: \(site)\(path)") }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    let (data, response) = try await URLSession.shared.data(for: request)
    guard (response as? HTTPURLResponse)?.statusCode == 200 else {
      throw TestFault("\(path): \(String(decoding: data, as: UTF8.self))")
    }
  }

  func log() async throws -> [LoggedRequest] {
    let lines = try await get("/sandbox/log").split(separator: UInt8(ascii: "\n"))
    return try lines.map { try JSONDecoder().decode(LoggedRequest.self, from: Data($0)) }
  }

  /// Somebody else's call to the API with the tests' key; its status.
  @discardableResult
  func call(_ method: String, _ path: String, _ body: String = "") async throws -> Int {
    guard let url = URL(string: site + path) else { throw TestFault("no URL: \(site)\(path)") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = body.isEmpty ? nil : Data(body.utf8)
    request.setValue("Bearer \(Billdrop.key)", forHTTPHeaderField: "Authorization")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    if method == "POST" { request.setValue(UUID().uuidString, forHTTPHeaderField: "Idempotency-Key") }
    let (_, response) = try await URLSession.shared.data(for: request)
    return (response as? HTTPURLResponse)?.statusCode ?? 0
  }

  func get(_ path: String) async throws -> Data {
    guard let url = URL(string: site + path) else { throw TestFault("no URL: \(site)\(path)") }
    let (data, response) = try await URLSession.shared.data(from: url)
    guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw TestFault("\(path): \(response)") }
    return data
  }
}
