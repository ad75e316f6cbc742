import CLibcurl

/// Commands of libcurl's for an SFTP server (CURLOPT_QUOTE), as libcurl holds them.
final class SFTPCommandList {
  private(set) var first: UnsafeMutablePointer<curl_slist>?

  init(_ commands: [String]) {
    for command in commands { first = curl_slist_append(first, command) }
  }

  deinit { curl_slist_free_all(first) }
}

/// A command's text.
enum SFTPCommand {
  static func rename(_ path: String, to newPath: String) -> String { "rename \(quoted(path)) \(quoted(newPath))" }
  static func remove(_ path: String) -> String { "rm \(quoted(path))" }
  static func makeFolder(_ path: String) -> String { "mkdir \(quoted(path))" }
  static func mode(_ path: String, _ mode: UInt32) -> String { "chmod \(String(mode, radix: 8)) \(quoted(path))" }
  static func group(_ path: String, _ number: UInt32) -> String { "chgrp \(number) \(quoted(path))" }

  /// One that may fail.
  static func perhaps(_ command: String) -> String { "*" + command }

  private static func quoted(_ path: String) -> String {
    var quoted = "\""
    for letter in path.unicodeScalars {
      if letter == "\"" || letter == "\\" || letter == "'" { quoted += "\\" }
      quoted.unicodeScalars.append(letter)
    }
    return quoted + "\""
  }
}
