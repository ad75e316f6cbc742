import Foundation
import Testing

/// Every layout and every step of docs/layouts.md is one that `billdrop layout check` finds good.
@Suite(.fewAtATime)
struct LayoutCookbookTests {
  /// A layout of the page, with the lines of a file where some stand before it.
  struct Recipe: CustomTestStringConvertible {
    let layout: String
    let file: String?

    /// A member of the layout that is a plain string.
    func member(_ name: String) -> String? {
      layout.firstMatch(of: try! Regex("\"\(name)\": \"([^\"]*)\""))?.output[1].substring.map(String.init)
    }

    var testDescription: String { member("name") ?? "?" }

    static let all: [Recipe] = {
      var recipes: [Recipe] = []
      var file: String?
      for (index, part) in page.components(separatedBy: "```").enumerated() where index % 2 == 1 {
        let body = String(part.drop { $0 != "\n" }.dropFirst())
        if part.hasPrefix("text\n") { file = body }
        if part.hasPrefix("json\n") {
          recipes.append(Recipe(layout: body, file: file))
          file = nil
        }
      }
      return recipes
    }()

    /// The steps of the reference table.
    static let steps: [String] = page.components(separatedBy: "\n").compactMap { line in
      guard line.hasPrefix("| `\"") || line.hasPrefix("| `{") else { return nil }
      return line.components(separatedBy: "`")[1]
    }

    private static let page =
      (try? String(contentsOf: Place.package.appending(path: "docs/layouts.md"), encoding: .utf8)) ?? ""
  }

  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(
      workspace: workspace, environment: ["BILLDROP_REFERENCE_KEY": "a key of at least 32 bytes, for samples alone"])
  }

  @Test func `the page has a layout for each situation, and a table of the steps`() {
    #expect(Recipe.all.count >= 11 && Recipe.all.count { $0.file != nil } >= 4)
    #expect(Recipe.steps.count >= 24)
  }

  @Test(arguments: Recipe.all)
  func `a layout of the page has no mistake, and makes the bills of the lines before it`(_ recipe: Recipe) async throws
  {
    let layout = try workspace.write(recipe.layout, to: "layout.json")
    let checked = try await billdrop.run("layout", "check", layout)
    #expect(checked.status == 0, "\(checked.output)")
    guard let text = recipe.file else { return }
    let encoding: String.Encoding = recipe.member("encoding") == "windows-1252" ? .windowsCP1252 : .utf8
    let file = workspace.path("bills.txt")
    try #require(text.data(using: encoding)).write(to: URL(filePath: file))
    let looked = try await billdrop.run("layout", "check", layout, file)
    #expect(looked.status == 0 && looked.output.contains("The first bill"), "\(looked.output)")
    let validated = try await billdrop.run("validate", file, "--layout", layout)
    #expect(validated.status == 0, "\(validated.output)")
  }

  @Test(arguments: Recipe.steps)
  func `a step of the table is one`(_ step: String) async throws {
    let isAmount = step.contains("amount")
    let field = isAmount ? "amount_due" : step.contains("\"date\"") ? "due_date" : "metadata.x"
    var fields = [
      "external_reference": "\"a\"", "currency": "\"b\"", "amount_due": "\"c\"", "customer.external_reference": "\"d\"",
    ]
    fields[field] = "{ \"column\": \"e\", \"steps\": [\(step)] }"
    let members = fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
    let layout = try workspace.write(
      "{ \"name\": \"step\", \"format\": \"csv\", \"fields\": { \(members) } }", to: "layout.json")
    let checked = try await billdrop.run("layout", "check", layout)
    #expect(checked.status == 0, "\(checked.output)")
  }
}
