import BillModel
import BillReports
import Foundation
import FoundationXML
import Hashing
import Testing

@testable import ReportPages

struct ReportPageTests {
  @Test(arguments: Verdict.allCases, ["submit", "validate"])
  func `every verdict makes a page whose elements are closed, with its words and its sign`(
    _ verdict: Verdict, _ command: String
  ) throws {
    let scene = PageScene(verdict, command: command)
    let document = try PageScene.document(scene.html)
    let words = VerdictWords(scene.summary)
    let heading = try #require(try document.nodes(forXPath: "//h1").first?.stringValue)
    #expect(heading == words.words)
    #expect(try document.nodes(forXPath: "//p[@class='sign']").first?.stringValue == words.sign)
    #expect(try !document.nodes(forXPath: "//section[@aria-labelledby='next']//li").isEmpty)
  }

  @Test func `every picture has a text, every table headings, every section a name`() throws {
    let document = try PageScene.document(PageScene().html)
    let pictures = try document.nodes(forXPath: "//svg")
    #expect(pictures.count == 3)
    #expect(
      try document.nodes(forXPath: "//svg[@role='img' and string-length(@aria-label) > 20]").count == pictures.count)
    #expect(try document.nodes(forXPath: "//table[not(.//th[@scope='col'])]").isEmpty)
    for section in try document.nodes(forXPath: "//section/@aria-labelledby") {
      #expect(try document.nodes(forXPath: "//h2[@id='\(section.stringValue ?? "")']").count == 1)
    }
    #expect(try document.nodes(forXPath: "//main").count == 1 && document.nodes(forXPath: "//header").count == 1)
  }

  @Test func `rows and money of the outcomes stand above their sum`() throws {
    let document = try PageScene.document(PageScene().html)
    func cells(_ path: String) throws -> [String] { try document.nodes(forXPath: path).map { $0.stringValue ?? "" } }
    #expect(try cells("//table/tbody/tr/td[1]") == ["990", "8", "2"])
    #expect(try cells("//table/thead/tr/th") == ["Outcome", "Rows", "USD", "ZAR"])
    #expect(try cells("//table/tbody/tr/td[3]") == ["789,000.00", "380.00", "0.14"])
    #expect(try cells("//table/tfoot/tr/td") == ["1,000", "5.00", "789,380.14"])
    #expect(try cells("//p[@class='adds']").first?.hasPrefix("✓ Adds up: 1,000 rows told of") == true)
  }

  @Test(arguments: OperationKind.allCases)
  func `rows in conflict are compared with what they are about`(_ operation: OperationKind) throws {
    var scene = PageScene(.completeWithRejects)
    scene.summary.operation = operation
    let next = try #require(
      try PageScene.document(scene.html).nodes(forXPath: "//section[@aria-labelledby='next']").first?.stringValue)
    #expect(next.contains("in conflict with"), "\(next)")
    let isOfBills = [.bill, .void, .correct].contains(operation)
    #expect(next.contains("with the bills that are there") == isOfBills, "\(next)")
    let maybeVoided = operation == .bill || operation == .mixed
    #expect(next.contains("raised again under another reference") == maybeVoided, "\(next)")
  }

  @Test func `of a few rows in a moment no pace is told`() throws {
    var scene = PageScene(.complete)
    scene.summary.seconds = 0.1
    #expect(!scene.html.contains("took 0.1 s"))
    scene.summary.seconds = 61
    #expect(scene.html.contains("took 1 min 1 s"))
    var amounts = AmountHistogram()
    for amount in [1_00, 90_000_00] as [Int64] { amounts.add(amount) }
    let few = try #require(AmountChart(currency: PageScene.zar, amounts: amounts))
    #expect(few.words.contains("2 bills") && !few.words.contains("most of them"), "\(few.words)")
  }

  @Test func `a file that is held shows its figures beside the usual ones, and what is far`() throws {
    var scene = PageScene(.held)
    scene.summary.guarding = GuardReport(
      feed: "nightly", files: 5, least: 5,
      figures: [
        GuardFigure(.rows, value: 2_900, usual: 240, low: 60, high: 960),
        GuardFigure(.total, currency: PageScene.zar, value: 5_354_747, usual: 4_475_712, low: nil, high: 90_000_000),
        GuardFigure(.newCustomers, value: 0.25, usual: 0.2, low: nil, high: 0.9),
      ])
    let document = try PageScene.document(scene.html)
    let rows = try document.nodes(forXPath: "//section[@aria-labelledby='history']//tbody/tr").map {
      ($0.stringValue ?? "").filter { $0 != "\n" }
    }
    #expect(
      rows == [
        "Rows ! far2,90024060 to 960", "Total ZAR53,547.4744,757.12at most 900,000.00",
        "Bills of customers new here25 %20 %at most 90 %",
      ])
  }

  @Test func `a file that is held after its canary isn't said to be unsent, whatever its report was made from`() {
    var scene = PageScene(.held)
    #expect(scene.html.contains("Held after its canary: the other rows wait for approval"))
    #expect(!scene.html.contains("nothing was sent"))
    scene.summary.accounting = Accounting(recordsRead: 3, moneyRead: [:])
    scene.summary.accounting.count(.notSent, rows: 2, money: [:])
    scene.summary.accounting.count(.rejected, rows: 1, money: [:])
    #expect(scene.html.contains("Held for approval: nothing was sent"))
  }

  @Test func `amounts stand before the middle of the last files, once there are three of them`() throws {
    var scene = PageScene()
    var usual = AmountHistogram()
    for _ in 0..<30 { usual.add(3_000_000) }
    scene.material.earlierAmounts = [PageScene.zar: [usual, usual]]
    #expect(!scene.html.contains("dashed line is the middle"))
    scene.material.earlierAmounts = [PageScene.zar: [usual, AmountHistogram(), usual]]
    #expect(
      scene.html.contains("The dashed line is the middle of the last 3 files: 30 bills, most of them for 20,000.00"))
    #expect(scene.html.contains("class=\"before\""))
    _ = try PageScene.document(scene.html)
  }

  @Test func `an accounting that doesn't add up is told`() {
    var scene = PageScene()
    scene.summary.accounting.recordsRead = 1_001
    #expect(scene.html.contains("✗ It doesn&#39;t add up"))
  }

  @Test func `rows whose amount can't be read are told beside the sums, which they are in none of`() {
    var scene = PageScene()
    #expect(scene.html.contains("Every row and every cent<"))
    #expect(scene.html.contains("and every cent to what the file asks for."))
    scene.summary.accounting.rowsWithoutMoney = 3
    #expect(scene.html.contains("Every row and every cent that can be read<"))
    #expect(scene.html.contains("every cent that can be read. 3 rows whose amount can&#39;t be read, in no sum."))
    #expect(scene.summary.json(indents: false).text.contains("\"rows_without_amount\":3"))
  }

  @Test func `nothing that a file holds becomes markup`() throws {
    let hostile = "</pre></section><script>alert(1)</script><img src=x onerror='a()'>\"&\u{202E}\u{0}"
    var scene = PageScene(fileName: hostile)
    scene.summary.reason = hostile
    scene.material.findings[0].rows = [
      PageFinding.Row(line: 2, message: hostile, hint: hostile, pieces: [hostile, hostile], marked: 1)
    ]
    scene.material.findings[0].mends = [(hostile, hostile)]
    scene.material.facts.layoutName = hostile
    scene.material.facts.endpoint = hostile
    scene.material.fileNames = ["rejected.\(hostile)"]
    let document = try PageScene.document(scene.html)
    for name in ["script", "img"] { #expect(try document.nodes(forXPath: "//\(name)").isEmpty) }
    #expect(try document.nodes(forXPath: "//@onerror").isEmpty)
    #expect(!scene.html.contains("<script") && !scene.html.contains("<img"))
    #expect(!scene.html.contains("\u{202E}"))
  }

  @Test func `a page loads nothing and forbids scripts`() throws {
    let html = PageScene().html
    for mark in ["<script", " src=", "@import", "url(", "<link", "<iframe", "javascript:"] {
      #expect(!html.contains(mark), "\(mark)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  @Test func `a page of every finding in very wide rows stays below 300 KB`() throws {
    var scene = PageScene()
    let pieces = (0..<2_000).map { $0 % 2 == 0 ? String(repeating: "<", count: 60) : "," }
    scene.material.findings = FindingCode.allCases.map { code in
      let row = PageFinding.Row(
        line: 9_999_999, message: String(repeating: "m", count: 300), hint: String(repeating: "h", count: 300),
        pieces: pieces, marked: 1_000)
      return PageFinding(
        count: FindingCount(code: code, severity: .error, count: 10_000_000, firstRecord: 1),
        rows: Array(repeating: row, count: 5))
    }
    let size = ReportPage(scene.summary, scene.material).utf8.count
    #expect(size < 300_000, "\(size) bytes")
  }

  @Test func `what is to be done names the file to mend and the name to give it`() throws {
    let steps = try PageScene.document(PageScene().html).nodes(forXPath: "//section[@aria-labelledby='next']").first
    let text = try #require(steps?.stringValue)
    #expect(text.contains("Mend 8 rows: open rejected.csv"))
    #expect(text.contains("save it as nightly.mended.csv"))
    #expect(text.contains("Compare 2 rows in conflict"))
  }

  @Test func `where rows have no place for reasons, what is to be done names the file that has them`() throws {
    var scene = PageScene()
    scene.material.fileNames.append("rejected.reasons.csv")
    let steps = try PageScene.document(scene.html).nodes(forXPath: "//section[@aria-labelledby='next']").first
    let text = try #require(steps?.stringValue)
    #expect(text.contains("open rejected.csv; rejected.reasons.csv says why each of them was rejected. Correct them"))
    #expect(!text.contains("stand with the rows"))
  }

  @Test func `of a file of which nothing got through, the page says so in red`() throws {
    var scene = PageScene()
    scene.summary.accounting = Accounting(recordsRead: 500, moneyRead: [:])
    scene.summary.accounting.count(.rejected, rows: 500, money: [:])
    let words = VerdictWords(scene.summary)
    #expect(words.words == "Nothing got through: all 500 rows rejected")
    #expect((words.colour, words.sign) == ("bad", "✗"))
    scene.summary.accounting.count(.created, rows: 1, money: [:])
    #expect(VerdictWords(scene.summary).colour == "warn")
    scene.summary.command = "rehearse"
    scene.summary.verdict = .stopped
    #expect(VerdictWords(scene.summary).words == "Stopped before its end", "nothing of a rehearsal is kept")
  }

  @Test func `where a line of a layout mends a whole column, what is to be done begins with it`() throws {
    var scene = PageScene()
    scene.material.findings[0].mends = [("All are written with a point.", "\"amount_due\": { … },")]
    let steps = try PageScene.document(scene.html).nodes(forXPath: "//section[@aria-labelledby='next']//li")
    let text = try #require(steps.first?.stringValue)
    let digits = try #require(scene.summary.digest?.short)
    #expect(text.contains("All values of a column") && text.contains("--layout LAYOUT --approve \(digits)"), "\(text)")
    #expect(text.contains("billdrop layout guess FILE > LAYOUT"), "\(text)")
    scene.summary.command = "validate"
    #expect(!scene.html.contains("--approve"), "nothing was taken under another layout")
  }

  @Test(arguments: [FindingCode.amountFormat, .balanceFormat, .dateFormat])
  func `a value is to be mended in the form of its file's layout, never as one without a layout has it`(
    _ code: FindingCode
  ) throws {
    var scene = PageScene()
    let row = PageFinding.Row(
      line: 5, message: "12.5.0 is no amount.", hint: "Right: 1234.50.", pieces: [], marked: nil)
    scene.material.findings = [
      PageFinding(count: FindingCount(code: code, severity: .error, count: 1, firstRecord: 4), rows: [row])
    ]
    let found = try #require(
      try PageScene.document(scene.html).nodes(forXPath: "//div[@class='finding']").first?.stringValue)
    #expect(found.contains("Write it as the row's message says: in the form of the file's layout;"), "\(found)")
    #expect(found.contains("12.5.0 is no amount. Right: 1234.50."), "\(found)")
  }

  @Test func `a mended file of a drop is put where files arrive`() throws {
    var scene = PageScene()
    #expect(scene.html.contains("nightly.mended.csv</code> and submit that."))
    scene.material.facts.isOfDrop = true
    #expect(scene.html.contains("nightly.mended.csv</code> and put that where files arrive."))
  }

  @Test func `of a file that no layout was named for, the page says how to come by one`() throws {
    var scene = PageScene(.fileRejected)
    #expect(!scene.html.contains("billdrop layout guess"))
    scene.summary.findings = [FindingCount(code: .fileHeadingUnknown, severity: .error, count: 1, firstRecord: 0)]
    #expect(scene.html.contains("<code>billdrop layout guess FILE &gt; LAYOUT</code>"))
    scene.material.facts.layoutName = "za"
    #expect(!scene.html.contains("billdrop layout guess"))
  }

  @Test func `an option of a command stays whole at a line's end`() {
    var html = HTMLText()
    html.sentence("Let it through with --approve <12> (--config x).")
    #expect(
      String(decoding: html.utf8, as: UTF8.self)
        == "Let it through with <span class=\"option\">--approve</span> &lt;12&gt; "
        + "<span class=\"option\">(--config</span> x).")
  }

  @Test func `a long figure is smaller, and so has room in one line`() throws {
    var html = HTMLText()
    for figure in ["1,000", "789,380.14", "19,999,999.80", "1,999,999,980.00"] { html.tile(figure, "ZAR") }
    let text = String(decoding: html.utf8, as: UTF8.self)
    #expect(text.contains("<b>789,380.14</b>") && text.contains("<b class=\"long\">19,999,999.80</b>"))
    #expect(text.contains("<b class=\"longer\">1,999,999,980.00</b>"))
  }

  @Test func `a word for a shell is one word`() {
    #expect(PageWords.shell("bills-2026.csv") == "bills-2026.csv")
    #expect(PageWords.shell("a b'c.csv") == "'a b'\\''c.csv'")
    #expect(PageWords.shell("-x") == "'-x'")
    #expect(PageWords.shell("") == "''")
  }
}
