import Foundation

extension Sandbox {
  /// A line of `GET /sandbox/deliveries`.
  struct Delivery: Decodable {
    let webhook_id: String
    let attempts: Int
    let acknowledgements: Int
  }

  /// Pays, as `POST /sandbox/pay` takes it.
  func pay(_ orders: String) async throws { try await post("/sandbox/pay", orders) }

  func deliveries() async throws -> [Delivery] {
    try await get("/sandbox/deliveries").split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Delivery.self, from: Data($0))
    }
  }

  /// The events as JSON lines.
  func events() async throws -> String { String(decoding: try await get("/sandbox/events"), as: UTF8.self) }

  /// Moment's reconciliation report.
  func reconciliationReport() async throws -> String {
    String(decoding: try await get("/sandbox/recon"), as: UTF8.self)
  }

  /// Waits until every event was acknowledged.
  func delivered(_ count: Int, atMost limit: Duration = .seconds(120)) async throws {
    let deadline = ContinuousClock.now + limit
    while true {
      let deliveries = try await deliveries()
      if deliveries.count == count, deliveries.allSatisfy({ $0.acknowledgements > 0 }) { return }
      guard ContinuousClock.now < deadline else {
        throw TestFault("\(deliveries.filter { $0.acknowledgements == 0 }.count) of \(count) events not acknowledged")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
