import BillModel
import DurableFiles
import FileRuns
import FoundationEssentials
import Hashing
import RunConfiguration
import Transport

/// POSTs signed as Standard Webhooks have it: `webhook-id`, `webhook-timestamp`, and `webhook-signature` with HMAC-SHA256
/// over id, timestamp and body.
struct Webhook {
  /// How often it is tried.
  private static let tries = 3

  private let url: HTTPBaseURL
  /// With its query.
  private let path: String
  private let secret: [UInt8]
  private let kinds: Set<NoticeKind>
  private let around: RunSurroundings

  /// - Throws: `configuration` where the secret isn't there or is none.
  init(_ settings: NoticeSettings.Webhook, _ around: RunSurroundings) throws(RunFault) {
    let (origin, path) = Self.parts(of: settings.url)
    self.path = path
    do throws(HTTPClientError) { url = try HTTPBaseURL(origin) } catch { throw .client(error) }
    kinds = settings.kinds
    self.around = around
    var given = settings.secretVariable.flatMap { around.variable($0) } ?? ""
    if let file = settings.secretFile {
      do throws(SmallFileFault) { given = try SmallFile(path: file, mostBytes: 4096).text } catch {
        throw .configuration(
          name: "/notify/webhook", mistakes: ["The webhook's secret can't be read from \(error)."])
      }
    }
    let line = given.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard line.hasPrefix("whsec_"), let bytes = Data(base64Encoded: String(line.dropFirst(6))), bytes.count >= 16 else {
      throw .configuration(
        name: "/notify/webhook",
        mistakes: ["The webhook's secret is missing, or isn't whsec_ and base64 of 16 bytes or more."])
    }
    secret = Array(bytes)
  }

  func takes(_ kind: NoticeKind) -> Bool { kinds.contains(kind) }

  /// Sends a body; what went wrong, or `nil`.
  func send(id: String, _ body: [UInt8]) -> String? {
    var trouble = ""
    for attempt in 0..<Self.tries {
      if attempt > 0 { around.sleep(Double(1 << (2 * (attempt - 1)))) }
      guard around.interrupts() < 2 else { return "interrupted" }
      guard let next = post(id: id, body) else { return nil }
      trouble = next
    }
    return trouble
  }

  private func post(id: String, _ body: [UInt8]) -> String? {
    let client: HTTPClient
    do throws(HTTPClientError) {
      var options = HTTPClientOptions(baseURL: url, key: nil, inFlight: 1, userAgent: around.userAgent)
      try options.limit(toSeconds: 15)
      client = try HTTPClient(options)
    } catch {
      return error.description
    }
    let seconds = String(around.now.milliseconds / 1000)
    client.submit([
      HTTPRequest(
        id: 1, method: "POST", path: path,
        headers: [
          ("Content-Type", "application/json"), ("webhook-id", id), ("webhook-timestamp", seconds),
          ("webhook-signature", "v1," + Self.signature(secret, id: id, seconds: seconds, body)),
        ], body: body)
    ])
    while true {
      around.pulse()
      guard let completion = client.completions(waitingUpTo: .milliseconds(500)).first else {
        if client.isEnded { return "the client ended" }
        continue
      }
      switch completion.result {
      case .success(let response): return (200..<300).contains(response.status) ? nil : "it answered \(response.status)"
      case .failure(let failure): return "\(failure)"
      }
    }
  }

  /// An address as its origin, and its path with its query; `/` where it has none.
  static func parts(of url: String) -> (origin: String, path: String) {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    let end = url[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? url.endIndex
    let path = String(url[end...].prefix { $0 != "#" })
    return (String(url[..<end]), path.hasPrefix("/") ? path : "/" + path)
  }

  /// The signature without its version, in base64.
  static func signature(_ secret: [UInt8], id: String, seconds: String, _ body: [UInt8]) -> String {
    let code = HMACSHA256(key: secret)
    code.update(Array("\(id).\(seconds).".utf8))
    code.update(body)
    return Data(code.finish().bytes).base64EncodedString()
  }
}
