import Foundation
import Testing

/// `billdrop explain`, and the page that is made from the same source.
@Suite(.fewAtATime) struct ExplainTests {
  private let billdrop: Billdrop

  init() throws { billdrop = Billdrop(workspace: try Workspace(), key: nil, environment: ["COLUMNS": "60"]) }

  private struct Codes: Decodable {
    struct Code: Decodable {
      let code: String
      let of: String
      let what: String
      let why: String
      let example: String
      let cure: String
    }
    let codes: [Code]
  }

  @Test func `a code is explained in lines that fit`() async throws {
    let result = try await billdrop.run("explain", "amount.format", "75")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("amount.format\n  The amount is not written in minor units"))
    #expect(result.output.contains("\n75\n  Stopped before the end, and can go on.\n"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test func `a code that isn't there is a usage error that names the nearest one`() async throws {
    let result = try await billdrop.run("explain", "amuont.format")
    #expect(result.status == 64)
    #expect(result.errors.contains("Did you mean amount.format?"))
  }

  @Test func `every code that a finding can have has all four texts, and no two say the same`() async throws {
    let output = try await billdrop.run("explain", "--format", "json").output
    let codes = try JSONDecoder().decode(Codes.self, from: Data(output.utf8)).codes
    let findings = codes.filter { $0.of == "finding" }
    #expect(Set(codes.map(\.code)).count == codes.count)
    #expect(Set(findings.map(\.what)).count == findings.count)
    for code in codes {
      for text in [code.what, code.why, code.example, code.cure] { #expect(text.count > 4, "\(code.code): \(text)") }
      #expect(code.what.hasSuffix(".") && code.cure.contains { ".!".contains($0) }, "\(code.code)")
    }
    let source = try String(
      contentsOf: Place.package.appending(path: "Sources/BillModel/Findings/FindingCode.swift"), encoding: .utf8)
    let written = source.matches(of: /= "([a-z]+\.[a-z0-9-]+)"/).map { String($0.1) }
    #expect(written.count > 80)
    #expect(Set(findings.map(\.code)) == Set(written))
  }

  @Test func `the page of codes is what explain prints`() async throws {
    let page = try String(contentsOf: Place.package.appending(path: "docs/codes.md"), encoding: .utf8)
    #expect(
      try await billdrop.run("explain", "--format", "markdown").output == page,
      "scripts/generate-docs writes docs/codes.md anew")
  }
}
