import Foundation
import Testing

/// `samples/expected/NAME.json`: what `billdrop validate` has to find in a sample.
struct Expectation: Decodable, CustomTestStringConvertible {
  struct Finding: Decodable, Hashable, Comparable, CustomStringConvertible {
    let record: Int
    let line: Int
    let column: String?
    let code: String
    let severity: String

    var description: String { "record \(record), line \(line), \(column ?? "-"): \(code) (\(severity))" }

    static func < (one: Self, other: Self) -> Bool {
      (one.record, one.code, one.column ?? "") < (other.record, other.code, other.column ?? "")
    }
  }

  let about: String
  let file: String
  let arguments: [String]
  let exit: Int
  let verdict: String
  let records: SummaryFile.Records?
  let outcomes: [String: Int]?
  let money: [String: [String: Int]]?
  let issues: [SummaryFile.Issue]?
  let findings: [Finding]

  var testDescription: String { ([file] + arguments).joined(separator: " ") }

  /// All of them, in the order of their names; empty where the samples can't be read, which a test notices.
  static let all: [Expectation] = {
    let folder = Place.samples.appending(path: "expected")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
    return names.filter { $0.hasSuffix(".json") }.compactMap { name in
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
      return try? JSONDecoder().decode(Expectation.self, from: data)
    }
  }()
}
