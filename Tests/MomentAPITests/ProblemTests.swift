import Testing

@testable import MomentAPI

@Suite struct ProblemTests {
  private func problem(_ body: String) -> Problem { Problem(status: 422, body: Array(body.utf8)) }

  @Test func `problem details are read with their further members`() {
    let read = problem(
      """
      {"type":"https://api/errors#x","title":"Unprocessable","status":400,"detail":"no","instance":"/i/1","code":"c1",
      "pointer":"/amount_due","errors":[{"pointer":"#/account/name","detail":"too long","code":"len"},"bare",7,null],
      "more":[1,{"a":[]}]}
      """)
    #expect(
      read
        == Problem(
          status: 422, type: "https://api/errors#x", title: "Unprocessable", detail: "no", instance: "/i/1",
          code: "c1",
          faults: [
            Problem.Fault(pointer: "/amount_due"),
            Problem.Fault(pointer: "#/account/name", code: "len", detail: "too long"), Problem.Fault(detail: "bare"),
            Problem.Fault(), Problem.Fault(),
          ]))
    #expect(read.field == "amount_due")
    #expect(read.description == "HTTP 422: Unprocessable: no")
  }

  @Test(arguments: [
    (#"{"title":7,"detail":["x"],"errors":"no"}"#, Problem(status: 422, title: "7")),
    (#"{"message":"m","error":"e"}"#, Problem(status: 422, title: "e", detail: "m")), ("{}", Problem(status: 422)),
    ("[]", Problem(status: 422, detail: "[]")),
    ("<html>\n <b>no</b>", Problem(status: 422, detail: "<html> <b>no</b>")),
    ("{\"title\":\"cut", Problem(status: 422, detail: "{\"title\":\"cut")), ("", Problem(status: 422)),
  ])
  func `whatever comes is read as far as it goes`(body: String, expected: Problem) {
    #expect(problem(body) == expected)
  }

  @Test func `a field is the first pointer as an API path`() {
    #expect(
      problem(##"{"errors":[{"code":"x"},{"pointer":"#/account/customer/email"}]}"##).field == "account.customer.email")
    #expect(problem(#"{"errors":[{"field":"currency"}]}"#).field == "currency")
    #expect(problem("{}").field == nil)
  }

  @Test func `texts are cut and fit for a message`() throws {
    let text = problem(#"{"detail":"a\u0000\u001b[31m\r\nb\u202ec"}"#).detail
    #expect(text == "a [31m b c")
    let long = String(repeating: "x", count: 100_000)
    #expect(try #require(problem("{\"detail\":\"\(long)\"}").detail).count == 501)
    #expect(try #require(problem(long).detail).count <= 501)
    let many = "{\"errors\":[" + Array(repeating: "{\"code\":\"x\"}", count: 1000).joined(separator: ",") + "]}"
    #expect(problem(many).faults.count == 20)
  }

  @Test func `no text of an answer keeps a key or an address, wherever it stands`() {
    let told = "sk_test_51HxAbC and thandi@example.com"
    let members = ["type", "title", "detail", "instance", "code", "pointer"].map { "\"\($0)\":\"\(told)\"" }
    let entry = "{\"pointer\":\"/a/\(told)\",\"code\":\"\(told)\",\"detail\":\"\(told)\"}"
    let body = "{\(members.joined(separator: ",")),\"errors\":[\(entry),\"\(told)\"]}"
    for body in [body, "<p>\(told)</p>", "[\"\(told)\"]"] {
      let read = String(describing: Mirror(reflecting: problem(body)).children.map { "\($0.value)" })
      #expect(!read.contains("51Hx") && !read.contains("thandi"), "\(read)")
    }
  }

  @Test func `bytes that are no UTF-8 are made fit, too`() {
    #expect(Problem(status: 500, body: [0x41, 0xFF, 0x00, 0x42]).detail == "A\u{FFFD} B")
  }

  @Test func `a problem that says nothing is still described`() {
    #expect(Problem(status: 500).description == "HTTP 500")
  }
}
