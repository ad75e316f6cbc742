import Testing

@testable import BillReports

@Suite struct JSONTextTests {
  @Test func `members come in the order in which they are written`() {
    var json = JSONText()
    json.object {
      $0.string("b", "x\"\\\n\u{1}")
      $0.integer("a", -5)
      $0.array("list") {
        $0.integer(nil, 1)
        $0.object { _ in }
      }
      $0.string("none", nil)
      $0.seconds("s", 1.0625)
      $0.boolean("yes", true)
    }
    #expect(json.text == #"{"b":"x\"\\\n\u0001","a":-5,"list":[1,{}],"none":null,"s":1.063,"yes":true}"#)
  }

  @Test func `indented text puts one member on a line`() {
    var json = JSONText(indents: true)
    json.object {
      $0.integer("a", 1)
      $0.array("b") { _ in }
    }
    #expect(json.text == "{\n  \"a\": 1,\n  \"b\": []\n}")
  }
}
