import BillReports
import FileRuns
import SchemaRules
import Transport

/// Looks on at a stand-in for the API, by a connection of its own that no limit holds.
final class RehearsalDesk {
  private let client: HTTPClient
  private var lastID: UInt64 = 0

  init(_ baseURL: HTTPBaseURL) throws(RunFault) {
    do throws(HTTPClientError) {
      client = try HTTPClient(HTTPClientOptions(baseURL: baseURL, key: nil, inFlight: 1))
    } catch {
      throw .client(error)
    }
  }

  /// Makes customers, each with an account or without; their ids, in the same order.
  func make(
    _ parties: [(customer: String, account: String?)]
  ) throws(RunFault) -> [(customer: String, account: String?)] {
    var json = JSONText()
    json.array { list in
      for party in parties {
        list.array { pair in
          pair.string(nil, party.customer)
          if let account = party.account { pair.string(nil, account) }
        }
      }
    }
    guard let answer = ask("POST", "/sandbox/parties", json.utf8)?.array, answer.count == parties.count else {
      throw .sandbox("it doesn't take the parties that the ledger knows")
    }
    return answer.map { pair in
      let ids = (pair.array ?? []).compactMap(\.string)
      return (ids.first ?? "", ids.count > 1 ? ids[1] : nil)
    }
  }

  /// What it has seen, less the parties that were there beforehand.
  func figures(rate: Double, known: (customers: Int, accounts: Int)) -> RehearsalFigures? {
    guard let state = ask("GET", "/sandbox/state") else { return nil }
    func objects(_ name: String) -> Int { Int(state["objects"]?[name]?.integer ?? 0) }
    return RehearsalFigures(
      requests: Int(state["requests_total"]?.integer ?? 0), rate: rate,
      customers: objects("customers") - known.customers, accounts: objects("accounts") - known.accounts,
      bills: objects("bills"), knownCustomers: known.customers, knownAccounts: known.accounts)
  }

  private func ask(_ method: String, _ path: String, _ body: [UInt8] = []) -> JSONValue? {
    lastID += 1
    client.submit([HTTPRequest(id: lastID, method: method, path: path, headers: [], body: body)])
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      for completion in client.completions(waitingUpTo: .milliseconds(200)) where completion.id == lastID {
        guard case .success(let response) = completion.result, response.status == 200 else { return nil }
        return try? JSONValue(parsing: response.body)
      }
    }
    return nil
  }
}
