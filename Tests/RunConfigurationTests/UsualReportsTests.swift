import Testing

@testable import RunConfiguration

@Suite struct UsualReportsTests {
  @Test(arguments: [
    (".", nil, "billdrop-reports"), ("/", nil, "/billdrop-reports"), ("/srv/bills", nil, "/srv/bills/billdrop-reports"),
    ("/etc/billdrop", nil, "/var/lib/billdrop/reports"), ("/etc", nil, "/var/lib/billdrop/reports"),
    ("/etcetera", nil, "/etcetera/billdrop-reports"), ("/srv", "", "/srv/billdrop-reports"),
    ("/etc/billdrop", "/var/lib/private/billdrop", "/var/lib/private/billdrop/reports"),
    ("/srv", "/var/lib/a:/var/lib/b", "/var/lib/a/reports"),
  ])
  func `reports go to the service's state, else beside the configuration, and never below etc`(
    folder: String, state: String?, path: String
  ) {
    #expect(UsualReports.path(besideConfigurationIn: folder, stateDirectory: state) == path)
  }
}
