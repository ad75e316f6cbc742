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
  /// What follows `validate FILE`; a merchant's file has its layout instead.
  let arguments: [String]?
  /// The name of a layout in samples/layouts, or of one that is built in.
  let layout: String?
  let exit: Int
  let verdict: String
  let records: SummaryFile.Records?
  let outcomes: [String: Int]?
  let money: [String: [String: Int]]?
  let issues: [SummaryFile.Issue]?
  let findings: [Finding]
  /// The bills of the good rows: text by field path. Only merchants' files have them.
  let bills: [[String: String]]?

  /// The first finding of the code that is found most often, of several such the one that comes first.
  var mostFrequentError: Finding? {
    let errors = findings.filter { $0.severity == "error" && $0.record > 0 }.sorted { $0.record < $1.record }
    let counts = errors.reduce(into: [:]) { $0[$1.code, default: 0] += 1 }
    guard let most = counts.values.max() else { return nil }
    return errors.first { counts[$0.code] == most }
  }

  var testDescription: String { ([file] + (arguments ?? [])).joined(separator: " ") }

  /// `--layout` and the layout that a merchant's file is read by.
  var layoutArguments: [String] {
    guard let layout else { return [] }
    let file = Place.sample("layouts/\(layout).json")
    return ["--layout", FileManager.default.fileExists(atPath: file) ? file : layout]
  }

  /// Those of the samples, in the order of their names; empty where they can't be read, which a test notices.
  static let all = all(in: "expected")
  /// Those of the merchants' files.
  static let merchants = all(in: "merchants/expected")

  private static func all(in folder: String) -> [Expectation] {
    let folder = Place.samples.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
    return names.filter { $0.hasSuffix(".json") }.compactMap { name in
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
      return try? JSONDecoder().decode(Expectation.self, from: data)
    }
  }
}
