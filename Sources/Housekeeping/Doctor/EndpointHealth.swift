import BillModel
import MomentAPI
import RunConfiguration
import SubmitPass
import Transport

/// Whether the API is there, knows the key and has the time that this machine has: by one GET of a customer that nobody
/// has, which changes nothing.
struct EndpointHealth {
  let account: AccountSettings
  let key: SecretKey?
  let now: WallTime

  /// A reference that no customer of anybody's should have.
  private static let nobody = "billdrop-doctor-asks"
  /// Seconds that the API has to answer.
  private static let patience = 15
  /// How far clocks may be apart, in seconds: without a word, and at all (rule 4).
  private static let (unremarkable, most): (Int64, Int64) = (30, 300)

  func findings() -> [HealthFinding] {
    do throws(HTTPClientError) {
      let url = try HTTPBaseURL(account.endpoint)
      var options = HTTPClientOptions(baseURL: url, key: key?.bearer, inFlight: 1, caFile: account.caFile)
      try options.limit(toSeconds: Self.patience)
      return ask(url, try HTTPClient(options))
    } catch {
      return [HealthFinding(.api, .fault, Self.sentence(error.description), cure: Self.cure(error))]
    }
  }

  private func ask(_ url: HTTPBaseURL, _ client: HTTPClient) -> [HealthFinding] {
    let environment = EnvironmentStamp(origin: url.origin, mode: key?.mode ?? .test)
    let party = PartyKey(.customer, Self.nobody)
    guard let request = try? RequestBuilder(environment: environment).getParty(party) else { return [] }
    client.submit([HTTPRequest(id: 1, method: request.method, path: request.path, headers: request.headers)])
    for _ in 0..<(Self.patience * 2) {
      if let completion = client.completions(waitingUpTo: .seconds(1)).first {
        return findings(completion, request, url)
      }
    }
    return [unreached("gave no answer within \(Self.patience) s", url)]
  }

  private func findings(_ completion: Completion, _ request: APIRequest, _ url: HTTPBaseURL) -> [HealthFinding] {
    switch completion.result {
    case .failure(.notSent(let reason)) where reason.cause == .certificateRefused:
      return [
        HealthFinding(
          .tls, .fault, "\(url.origin): \(reason).",
          cure: "Is the endpoint right? Where its certificate authority is your own, name its PEM file with --ca-file, "
            + "or as ca_file in the configuration.")
      ]
    case .failure(let failure): return [unreached("can't be reached: \(failure)", url)]
    case .success(let response):
      let received = WallTime.now
      let answer = Answer(
        to: request, status: response.status, header: { response.headers[$0] }, body: response.body,
        receivedAt: received)
      return [secure(url), judged(answer, url), clock(answer, received)]
    }
  }

  private func unreached(_ trouble: String, _ url: HTTPBaseURL) -> HealthFinding {
    HealthFinding(
      .api, .fault, "\(url.origin) \(trouble).",
      cure: "Look at the address, the network, a firewall or a proxy (HTTPS_PROXY).")
  }

  private func secure(_ url: HTTPBaseURL) -> HealthFinding {
    url.text.hasPrefix("https:")
      ? .ok(.tls, "The certificate of \(url.origin) is trusted.")
      : .ok(.tls, "\(url.origin) is this machine itself: no TLS is needed.")
  }

  private func judged(_ answer: Answer, _ url: HTTPBaseURL) -> HealthFinding {
    switch answer.judgement {
    case .found, .notFound: .ok(.api, "\(url.origin) answers" + (key == nil ? "." : ", and accepts the key."))
    case .unauthorised where key == nil: .ok(.api, "\(url.origin) answers, and wants a key.")
    case .unauthorised(let problem):
      HealthFinding(
        .key, .fault, "\(url.origin) refuses the key: \(problem).",
        cure: "Take a valid one from Moment's dashboard; test keys and live keys are different ones.")
    case .throttled:
      HealthFinding(
        .api, .warning, "\(url.origin) answers 429: too many requests.", cure: "Wait, and submit with a lower --rate.")
    case .accepted, .conflict, .refused, .transient, .unreadable:
      HealthFinding(
        .api, .fault, "\(url.origin) answers a harmless question with status \(answer.status).",
        cure: "Is the endpoint's path right, and nothing in between? Of a status from 500 on: wait, and ask again.")
    }
  }

  private func clock(_ answer: Answer, _ received: WallTime) -> HealthFinding {
    guard let server = answer.serverDate else {
      return HealthFinding(
        .clock, .warning, "The API doesn't tell its time, so that this machine's can't be compared.",
        cure: "See that NTP keeps this machine's clock (timedatectl).")
    }
    let skew = (server.milliseconds - received.milliseconds) / 1000
    if abs(skew) <= Self.unremarkable {
      return .ok(.clock, "This machine's clock agrees with the API's to \(max(1, abs(skew))) s.")
    }
    return HealthFinding(
      .clock, abs(skew) > Self.most ? .fault : .warning,
      "This machine's clock is \(abs(skew)) s \(skew > 0 ? "behind" : "ahead of") the API's.",
      cure:
        "Set it, and let NTP keep it (timedatectl): beyond \(Self.most) s no idempotency key is relied on, and rows "
        + "whose answer was lost stay unknown.")
  }

  private static func cure(_ error: HTTPClientError) -> String {
    switch error {
    case .unusableCAFile: "Name a PEM file that the user who runs billdrop may read."
    case .notStarted: "See that libcurl is installed whole."
    case .malformedURL, .insecureURL, .timeoutOutOfRange, .inFlightOutOfRange:
      "Name the API's address with --endpoint, or as api.endpoint in the configuration."
    }
  }

  /// A description as a sentence.
  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }
}
