import Testing

@testable import Transport

@Suite struct HTTPHeadersTests {
  private let headers = HTTPHeaders(
    lines: Array("Retry-After:  7 \r\nX: \r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\nno colon\r\nLast: x:y".utf8))

  @Test func `a field is found by its name in any case, without white space around its value`() {
    #expect(headers["retry-after"] == "7")
    #expect(headers["RETRY-AFTER"] == "7")
    #expect(headers["x"] == "")
    #expect(headers["last"] == "x:y")
  }

  @Test func `a name that is only a part of another is not found`() {
    #expect(headers["retry"] == nil)
    #expect(headers["no colon"] == nil)
    #expect(headers[""] == nil)
  }

  @Test func `a repeated field gives all its values in order, and the first when asked for one`() {
    #expect(headers.values(of: "Set-Cookie") == ["a=1", "b=2"])
    #expect(headers["Set-Cookie"] == "a=1")
  }

  @Test func `fields made from names and values read back`() {
    #expect(HTTPHeaders([("A", "1"), ("B", "2")])["b"] == "2")
    #expect(HTTPHeaders()["a"] == nil)
  }
}
