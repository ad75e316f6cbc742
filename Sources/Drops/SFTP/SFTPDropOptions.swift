/// What becomes of files of an SFTP drop, beside its folders.
package struct SFTPDropOptions: Hashable, Sendable {
  /// What is done on the server with a file that is through.
  package enum Afterwards: String, Hashable, Sendable {
    case archive, delete
  }

  package var folders: DropFolders
  package var afterwards = Afterwards.archive
  /// The folder of this machine where files are kept while they are worked on.
  package var staging: String
  /// For how many days staged copies are kept after that; 0: not at all.
  package var keptDays = 0
  /// Endings of the names of files that lie beside others.
  package var companionEndings: [String] = []

  package init(folders: DropFolders, staging: String) {
    self.folders = folders
    self.staging = staging
  }

  /// Where copies of files that are worked on lie, in this ledger's drop of this title.
  package func stagedFolder(of owner: ClaimOwner, title: String) -> String {
    Staging(root: staging, owner: owner, title: title, keptDays: keptDays).folder
  }

  /// Where copies of files that are through lie, in this ledger's drop of this title; `nil` where none are kept.
  package func keptFolder(of owner: ClaimOwner, title: String) -> String? {
    keptDays > 0 ? Staging(root: staging, owner: owner, title: title, keptDays: keptDays).keptFolder : nil
  }
}
