/// Where reports go where a configuration doesn't say it.
enum UsualReports {
  /// Below the folder that a service keeps its state in; else beside the configuration; what lies below `/etc` is read
  /// there and never written, so that its reports go where a service's state does.
  ///
  /// - Parameters:
  ///   - folder: The configuration's.
  ///   - stateDirectory: The variable `STATE_DIRECTORY`; of several paths the first counts.
  static func path(besideConfigurationIn folder: String, stateDirectory: String?) -> String {
    if let state = stateDirectory?.split(separator: ":").first { return "\(state)/reports" }
    if folder == "/etc" || folder.hasPrefix("/etc/") { return "/var/lib/billdrop/reports" }
    return folder == "." ? "billdrop-reports" : "\(folder == "/" ? "" : folder)/billdrop-reports"
  }
}
