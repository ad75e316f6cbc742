import Foundation
import Testing

/// Submission over TLS, where nothing but a trusted certificate will do.
@Suite(.fewAtATime)
struct SecureTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `with the right certificate authority a file goes through`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 60), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(sandbox.caFile))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await sandbox.state().objects.bills == 60)
    #expect(sandbox.endpoint.hasPrefix("https://localhost:"))
  }

  @Test func `without it nothing is sent, and the words say what to do; with it the file goes on`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 60), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 69)
    #expect(result.output.contains("certificate is not trusted") && result.output.contains("--ca-file"))
    let summary = try result.summary()
    #expect(summary.nonzeroOutcomes == ["not_sent": 60] && summary.requests.sent == 0)
    #expect(try await sandbox.state().requests.isEmpty)

    let again = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(sandbox.caFile))
    #expect(again.status == 0, "\(again.errors)")
    #expect(try again.summary().nonzeroOutcomes == ["created": 60])
  }

  @Test func `another certificate of this machine's is not trusted`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let other = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(other.caFile))
    #expect(result.status == 69)
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test(.enabled(if: getuid() == 0, "only root may mount"))
  func `an authority of the system's vouches for nothing beside the file's own`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let (folder, file) = (workspace.path("authorities"), workspace.path("other.pem"))
    // The folder is laid out as by c_rehash(1); the bundle beside it doesn't vouch for the server, by name or key.
    let filling = try Program(
      "billdrop", [try #require(sandbox.caFile), folder, file], in: workspace,
      prelude: "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout /dev/null "
        + #"-out "$3" && mkdir "$2" && cp "$3" "$2/ca-certificates.crt" && "#
        + #"cp "$1" "$2/$(openssl x509 -subject_hash -noout -in "$1").0" && exit 0"#)
    #expect(try await filling.wait() == .exited(0), "\(filling.errorText())")
    var apart = billdrop
    apart.environment["AUTHORITIES"] = folder
    apart.prelude =
      #"exec unshare --mount sh -c 'mount --make-rprivate / && mount --bind "$AUTHORITIES" /etc/ssl/certs && "#
      + #"exec "$0" "$@"' "$0" "$@""#
    let bills = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let refused = try await apart.submit(bills, to: sandbox, "--ca-file", file)
    #expect(refused.status == 69, "\(refused.errors)")
    #expect(try await sandbox.state().requests.isEmpty)
    // The same folder does vouch where no file is named: else the test would show nothing.
    let trusted = try await apart.submit(bills, to: sandbox)
    #expect(trusted.status == 0, "\(trusted.errors)")
  }

  /// A server that speaks TLS up to a version, whatever is thought of it, and writes down what comes.
  private static let oldServer = """
    import socket, ssl, sys
    note, certificate, key, version, log = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(certificate, key)
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion[version]
    server = socket.create_server(("127.0.0.1", 0))
    open(note, "w").write(f"{server.getsockname()[1]}\\n")
    while True:
        try:
            with context.wrap_socket(server.accept()[0], server_side=True) as connection:
                line = f"{connection.version()} {connection.recv(5)}"
        except OSError as error:
            line = str(error)
        open(log, "a").write(line + "\\n")
    """

  /// What such a server wrote down of a file's submission, whose program would speak all that OpenSSL can.
  private func written(by version: String) async throws -> String {
    let workspace = try Workspace()
    let (certificate, key) = (workspace.path("certificate.pem"), workspace.path("key.pem"))
    let (note, log) = (workspace.path("port"), workspace.path("log"))
    let words =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    let server = try workspace.write(Self.oldServer, to: "server.py")
    let program = try Program(
      "billdrop", [certificate, key, server, note, version, log], in: workspace,
      prelude: #"\#(words) -out "$1" -keyout "$2" && exec python3 -W ignore "$3" "$4" "$1" "$2" "$5" "$6""#)
    defer { program.signal(SIGKILL) }
    let port = try await text(of: note)
    var willing = Billdrop(workspace: workspace)
    willing.environment["OPENSSL_CONF"] = try workspace.write(
      "openssl_conf=a\n[a]\nssl_conf=b\n[b]\nsystem_default=c\n[c]\nMinProtocol=TLSv1\nCipherString=ALL:@SECLEVEL=0\n",
      to: "ssl.cnf")
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let arguments = willing.submitArguments(file, endpoint: "https://localhost:\(port)")
    let submitting = try willing.start(arguments + ["--ca-file", certificate])
    defer { submitting.signal(SIGKILL) }
    return try await text(of: log)
  }

  /// The first line of a file, once it is there.
  private func text(of path: String) async throws -> String {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw TestFault("\(path) was never written")
  }

  @Test func `a server that speaks nothing newer than TLS 1.1 gets no request`() async throws {
    for version in ["TLSv1_1", "TLSv1_2"] {
      let line = try await written(by: version)
      #expect(line.hasPrefix("TLSv1.2 b'") == (version == "TLSv1_2"), "\(version): \(line)")
      #expect(line.contains("b'") == (version == "TLSv1_2"), "\(version): \(line)")
    }
  }

  @Test func `a file of certificate authorities that isn't there is named`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", workspace.path("none.pem"))
    #expect(result.status == 78)
    #expect(result.errors.contains("none.pem"))
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test(arguments: [false, true]) func `a redirect is never followed`(secure: Bool) async throws {
    let sandbox = try await Sandbox(in: workspace, secure: secure, "--faults", "redirect=1")
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let more = sandbox.caFile.map { ["--ca-file", $0] } ?? []
    let result = try await billdrop.run(billdrop.submitArguments(file, endpoint: sandbox.endpoint) + more)
    #expect(result.status == 69 || result.status == 75, "\(result.status): \(result.errors)")
    let log = try await sandbox.log()
    #expect(!log.isEmpty && log.allSatisfy { $0.path.hasPrefix("/billing/") && $0.answered == 307 })
    #expect(try result.summary().outcomes["created"] == 0)
  }
}
