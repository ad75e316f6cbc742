import Drops
import Foundation

/// A local drop in a folder of its own; removed with the object.
final class DropFolder {
  let root: String
  let drop: LocalDrop

  init(endings: [String] = [], owner: String = "aaaa", at root: String? = nil) throws {
    let path = root ?? FileManager.default.temporaryDirectory.appending(path: "billdrop-drop-\(UUID().uuidString)").path
    self.root = path
    try FileManager.default.createDirectory(atPath: path + "/inbound", withIntermediateDirectories: true)
    drop = LocalDrop(
      DropFolders(root: path), title: path, owner: ClaimOwner(identity: owner, ledger: path + "/\(owner).sqlite"),
      companionEndings: endings)
    try drop.prepare()
    isOwned = root == nil
  }

  private let isOwned: Bool

  deinit { if isOwned { try? FileManager.default.removeItem(atPath: root) } }

  func write(_ text: String, to name: String, in folder: String = "inbound") throws {
    try Data(text.utf8).write(to: URL(filePath: "\(root)/\(folder)/\(name)"))
  }

  func text(_ path: String) throws -> String { try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) }

  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
  }

  func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }
}
