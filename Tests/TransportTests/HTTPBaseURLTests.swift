import Testing

@testable import Transport

@Suite struct HTTPBaseURLTests {
  @Test(arguments: [
    ("https://api.momentpay.net", "https://api.momentpay.net", "https://api.momentpay.net"),
    ("HTTPS://API.MomentPay.net/", "https://api.momentpay.net", "https://api.momentpay.net"),
    ("https://host:443/v1/", "https://host", "https://host/v1"),
    ("https://host:8443/v1", "https://host:8443", "https://host:8443/v1"),
    ("http://localhost:8080", "http://localhost:8080", "http://localhost:8080"),
    ("http://127.0.0.1:80/", "http://127.0.0.1", "http://127.0.0.1"),
    ("http://127.9.8.7", "http://127.9.8.7", "http://127.9.8.7"),
    ("http://[::1]:99", "http://[::1]:99", "http://[::1]:99"),
  ])
  func `an endpoint is taken, with its origin`(source: String, origin: String, text: String) throws {
    let url = try HTTPBaseURL(source)
    #expect(url.origin == origin)
    #expect(url.text == text)
    #expect(url.isLoopback == source.hasPrefix("http:"))
  }

  @Test(arguments: [
    "http://api.momentpay.net", "http://localhost.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1",
    "http://[::2]", "http://0.0.0.0", "http://1270.0.0.1", "http://128.0.0.1", "http://localhosts",
  ])
  func `http to another machine is refused`(source: String) {
    #expect(throws: HTTPClientError.insecureURL(source)) { try HTTPBaseURL(source) }
  }

  @Test(arguments: [
    "", "api.momentpay.net", "ftp://host", "file:///etc/passwd", "https://", "https://host?query=1", "https://host#top",
    "https://ho st", "https://host\n", "https://host:99999", "//host", "https:/host", "https:///host",
  ])
  func `what is no endpoint is refused`(source: String) {
    #expect { try HTTPBaseURL(source) } throws: { error in
      if case .malformedURL = error as? HTTPClientError { true } else { false }
    }
  }

  @Test func `a user and password in a URL are refused and not shown`() {
    #expect(throws: HTTPClientError.malformedURL("host/path")) { try HTTPBaseURL("https://user:secret@host/path") }
  }
}
