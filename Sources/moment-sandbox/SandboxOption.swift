import SandboxServer

/// The options of the command; the help is made from them.
enum SandboxOption: String, CaseIterable {
  case port = "--port"
  case portFile = "--port-file"
  case tls = "--tls"
  case caFile = "--ca-file"
  case plainPortFile = "--plain-port-file"
  case key = "--key"
  case rate = "--rate"
  case latency = "--latency"
  case faults = "--faults"
  case stall = "--stall"
  case seed = "--seed"
  case reading = "--reading"
  case logBodies = "--log-bodies"
  case echo = "--echo"
  case webhook = "--webhook"
  case webhookSecret = "--webhook-secret"
  case webhookDuplicates = "--webhook-duplicates"
  case webhookJitter = "--webhook-jitter"
  case webhookRetry = "--webhook-retry"
  case endWithInput = "--end-with-input"
  case help = "--help"

  /// What stands for its value in the help; nil where it takes none.
  var value: String? {
    switch self {
    case .port, .rate, .seed: "N"
    case .portFile, .caFile, .plainPortFile: "FILE"
    case .key: "KEY"
    case .webhook: "URL"
    case .webhookSecret: "SECRET"
    case .webhookDuplicates: "P"
    case .latency, .stall, .webhookJitter, .webhookRetry: "MS"
    case .faults, .reading: "LIST"
    case .tls, .logBodies, .echo, .endWithInput, .help: nil
    }
  }

  /// What it does.
  var summary: String {
    switch self {
    case .port: "listen on this port of the loopback interface; 0 (the default): a free one"
    case .portFile: "write the port to this file, which then is there whole"
    case .tls: "serve TLS with a certificate for localhost that is made at the start"
    case .caFile: "write that certificate here, for clients to trust; unless told into a new temporary folder"
    case .plainPortFile: "listen without TLS too, on a free port, and write it to this file: to look on"
    case .key: "the key that requests must carry; sk_test_sandbox unless told"
    case .rate: "answer 429 above N requests a second (bucket of max(10, N/10))"
    case .latency: "every answer is late by so many milliseconds"
    case .stall: "how late stalled answers and late requests are, and how long slow answers take; 60000 unless told"
    case .faults: "name=probability,…: faults, see below"
    case .seed: "of the ids and the faults; 1 unless told"
    case .reading: "name=value,…: what the documentation leaves open, see below"
    case .logBodies: "keep the bodies of requests in the log, for scripts/audit"
    case .echo: "answer every POST with 201 at once and keep nothing"
    case .webhook: "deliver events about payments to http://127.0.0.1:PORT/PATH, until each is acknowledged"
    case .webhookSecret: "sign them with this secret, whsec_ and base64"
    case .webhookDuplicates: "the share of events that is delivered once more, 0 to 1"
    case .webhookJitter: "deliver events up to so many milliseconds late, at random: they overtake each other"
    case .webhookRetry: "repeat after so many milliseconds, and each further time after twice as long; 1000 unless told"
    case .endWithInput: "end when standard input ends too: with whoever started it"
    case .help: "this text"
    }
  }
}
