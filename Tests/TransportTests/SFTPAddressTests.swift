import Testing

@testable import Transport

/// Addresses of SFTP servers, as configurations have them.
struct SFTPAddressTests {
  @Test(arguments: [
    ("sftp://me@host/a/b", "me", "host", 22, "/a/b", "sftp://me@host/a/b"),
    ("SFTP://me@host:2222/", "me", "host", 2222, "", "sftp://me@host:2222"),
    ("sftp://me@host", "me", "host", 22, "", "sftp://me@host"),
    ("sftp://a%40b@10.0.0.1/x%20y/", "a@b", "10.0.0.1", 22, "/x y", "sftp://a%40b@10.0.0.1/x%20y"),
    ("sftp://me@[::1]:99/in", "me", "::1", 99, "/in", "sftp://me@[::1]:99/in"),
  ])
  func `what is said of a server is read`(
    _ text: String, _ user: String, _ host: String, _ port: Int, _ path: String, _ whole: String
  ) throws {
    let address = try SFTPAddress(text)
    #expect((address.user, address.host, address.port, address.path) == (user, host, port, path))
    #expect(address.description == whole)
  }

  @Test(arguments: [
    ("ftp://me@host/a", SFTPAddress.Fault.scheme), ("sftp://host/a", .user), ("sftp://@host/a", .user),
    ("sftp://me:word@host/a", .password), ("sftp://me@/a", .host), ("sftp://me@ho st/a", .host),
    ("sftp://me@host:0/a", .port), ("sftp://me@host:65536/a", .port), ("sftp://me@host:x/a", .port),
    ("sftp://me@host/~/a", .path), ("sftp://me@host/a/../b", .path), ("sftp://me@host/a?b", .path),
    ("sftp://me@host/%2e%2e/b", .path), ("sftp://me@host/a%2", .escape), ("sftp://me@host/a%ff", .escape),
    ("sftp://me@host/a%00", .escape),
  ])
  func `what is no address is told why`(_ text: String, _ fault: SFTPAddress.Fault) {
    #expect(throws: fault) { try SFTPAddress(text) }
  }

  @Test func `paths of any name stand in URLs`() throws {
    let address = try SFTPAddress("sftp://me@host/in")
    #expect(address.url(of: "/in/a b#?%.csv") == "sftp://host:22/in/a%20b%23%3F%25.csv")
    #expect(address.url(of: "/in", isFolder: true) == "sftp://host:22/in/")
  }
}
