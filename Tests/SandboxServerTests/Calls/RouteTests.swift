import HTTPServing
import Testing

@testable import SandboxServer

@Suite struct RouteTests {
  @Test(arguments: [
    (HTTPMethod.post, "/billing/customers", Call.create(.customer)), (.post, "/billing/accounts", .create(.account)),
    (.post, "/billing/bills", .create(.bill)), (.get, "/billing/customers/C", .get(.customer, "C")),
    (.get, "/billing/accounts/A", .get(.account, "A")), (.get, "/billing/bills/B", .get(.bill, "B")),
    (.patch, "/billing/customers/C", .update(.customer, "C")), (.patch, "/billing/accounts/A", .update(.account, "A")),
    (.patch, "/billing/bills/B", .update(.bill, "B")), (.post, "/billing/bills/B/void", .void("B")),
  ])
  func `a path and a method lead to a call`(method: HTTPMethod, path: String, call: Call) {
    #expect(Route(method, path) == .call(call))
  }

  @Test(arguments: [
    (HTTPMethod.get, "/billing/bills", "POST"), (.put, "/billing/bills/B", "GET, PATCH"),
    (.delete, "/billing/customers/C", "GET, PATCH"), (.get, "/billing/bills/B/void", "POST"),
    (.post, "/billing/bills/B", "GET, PATCH"), (.other, "/billing/accounts", "POST"),
  ])
  func `a method that does not fit is told apart`(method: HTTPMethod, path: String, allowed: String) {
    #expect(Route(method, path) == .wrongMethod(allowed: allowed))
  }

  @Test(arguments: [
    "/", "", "/billing", "/billing/", "/billing/bills/", "/billing/payments", "/billing/bills/B/pay",
    "/billing/bills//void", "/billing/accounts/A/void", "/billing/bills/B/void/x",
  ])
  func `any other path is unknown`(path: String) {
    #expect(Route(.post, path) == .unknown)
  }
}
