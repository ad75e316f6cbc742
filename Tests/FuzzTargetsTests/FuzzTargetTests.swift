import Foundation
import FuzzTargets
import SeededRandoms
import Testing

/// Whoever reads what others have written takes any bytes.
@Suite struct FuzzTargetTests {
  /// A file in a folder of a target's name.
  struct Input: CustomTestStringConvertible, Sendable {
    let target: FuzzTarget
    let file: URL
    var testDescription: String { "\(target.rawValue) \(file.lastPathComponent)" }
  }

  private static func inputs(_ folder: String) -> [Input] {
    let place = URL(filePath: #filePath).deletingLastPathComponent().appending(path: folder)
    return FuzzTarget.allCases.flatMap { target in
      let files = try? FileManager.default.contentsOfDirectory(
        at: place.appending(path: target.rawValue), includingPropertiesForKeys: nil)
      return (files ?? []).sorted { $0.path < $1.path }.map { Input(target: target, file: $0) }
    }
  }

  @Test(arguments: inputs("Seeds") + inputs("Regressions"))
  func `bytes that broke something once, and others that mean something, are taken`(input: Input) throws {
    input.target.run(Array(try Data(contentsOf: input.file)))
  }

  @Test(arguments: FuzzTarget.allCases)
  func `nothing, one byte, and random bytes are taken`(target: FuzzTarget) {
    target.run([])
    for byte in UInt8.min...UInt8.max { target.run([byte]) }
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    for _ in 0..<100 {
      target.run((0..<Int.random(in: 2...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func `every folder of inputs is a target's`() throws {
    let place = URL(filePath: #filePath).deletingLastPathComponent()
    for folder in ["Seeds", "Regressions"] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.appending(path: folder).path)) ?? []
      for name in names where !name.hasPrefix(".") { #expect(FuzzTarget(rawValue: name) != nil, "\(folder)/\(name)") }
    }
  }
}
