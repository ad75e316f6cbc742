import Testing

@testable import Transport

@Suite struct BearerKeyTests {
  @Test func `a key shows itself in no print, description, dump or interpolation`() throws {
    let key = try #require(BearerKey("sk_live_secret"))
    let options = HTTPClientOptions(baseURL: try HTTPBaseURL("https://host"), key: key)
    var dumped = ""
    dump(options, to: &dumped)
    for text in [
      "\(key)", String(reflecting: key), "\(options)", String(reflecting: options), dumped,
      "\(Mirror(reflecting: key).children.map { $0 })",
    ] {
      #expect(!text.contains("secret"), "\(text)")
    }
  }

  @Test(arguments: ["", "a b", "a\r\nX: y", "ä", "a\u{7F}", " a"])
  func `what can't stand in a header field is no key`(text: String) {
    #expect(BearerKey(text) == nil)
  }
}
