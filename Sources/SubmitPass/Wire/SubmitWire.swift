package import Transport

/// What carries requests to the API and brings back how they ended: an HTTP client, or whatever behaves like one.
///
/// Whoever stands in for a client brings back exactly what it was given, each request once, in any order and at any
/// time; see `HTTPClient` for what each call means.
package struct SubmitWire {
  package var submit: ([HTTPRequest]) -> Void
  package var completions: (_ limit: Duration) -> [Completion]
  package var shutdown: (_ cancelling: Bool) -> Void
  package var wake: () -> Void

  package init(
    submit: @escaping ([HTTPRequest]) -> Void, completions: @escaping (_ limit: Duration) -> [Completion],
    shutdown: @escaping (_ cancelling: Bool) -> Void, wake: @escaping () -> Void
  ) {
    self.submit = submit
    self.completions = completions
    self.shutdown = shutdown
    self.wake = wake
  }

  init(_ client: HTTPClient) {
    self.init(
      submit: { client.submit($0) }, completions: { client.completions(waitingUpTo: $0) },
      shutdown: { client.shutdown(cancelling: $0) }, wake: { client.wake() })
  }
}
