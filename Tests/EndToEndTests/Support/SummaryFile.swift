import Foundation

/// `summary.json`, as its readers read it.
struct SummaryFile: Decodable, Equatable {
  struct File: Decodable, Equatable {
    let name: String
    let bytes: Int
    let sha256: String?
  }

  struct Records: Codable, Equatable {
    let read: Int
    let valid: Int
    let invalid: Int
  }

  struct Issue: Codable, Hashable {
    let code: String
    let severity: String
    let count: Int
    let first_record: Int
  }

  struct Requests: Decodable, Equatable {
    let sent: Int
    let retried: Int
    let throttled: Int
    let replayed: Int
  }

  let command: String
  let verdict: String
  let file: File
  let records: Records
  let outcomes: [String: Int]
  let money: [String: [String: Int]]
  let issues: [Issue]
  let requests: Requests
  let started_at: String
  let seconds: Double

  /// Outcomes that aren't zero.
  var nonzeroOutcomes: [String: Int] { outcomes.filter { $0.value != 0 } }
  /// Money that isn't zero.
  var nonzeroMoney: [String: [String: Int]] { money.nonzero }
}

extension [String: [String: Int]] {
  /// Without the zeros, and without the currencies that have nothing else.
  var nonzero: Self { mapValues { $0.filter { $0.value != 0 } }.filter { !$0.value.isEmpty } }
}
