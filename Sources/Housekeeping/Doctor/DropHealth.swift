import BillModel
import Drops
import DurableFiles
import RunConfiguration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a drop can be reached, files can be taken out of it, and put away within it. Claims nothing, moves nothing.
struct DropHealth {
  let drop: DropSettings
  let options: DoctorOptions

  /// One kind of drop, one function: what is asked of a folder is not what is asked of a server.
  func findings() -> [HealthFinding] {
    switch drop.site {
    case .folder(let folders): folder(folders)
    case .server(let server): ServerHealth(drop: drop, server: server, options: options).findings()
    }
  }

  private func folder(_ folders: DropFolders) -> [HealthFinding] {
    let inbound = folders.inbound
    guard FileMode.of(inbound + "/.") != nil else {
      return [
        HealthFinding(
          .drop, .fault, "There is no folder \(inbound), where files are to arrive.",
          cure: "Is it mounted, and is the drop's path right? billdrop makes every other folder of a drop by itself.")
      ]
    }
    guard access(inbound, R_OK | W_OK | X_OK) == 0 else {
      return [
        HealthFinding(
          .drop, .fault, "Files can't be taken out of \(inbound): \(String(cString: strerror(errno))).",
          cure: "Give the user that runs billdrop the rights to read and to write there: a file is claimed by renaming."
        )
      ]
    }
    return arrived(inbound) + places(folders)
  }

  private func arrived(_ inbound: String) -> [HealthFinding] {
    let names = (try? Directory.names(in: inbound, beginningWith: "")) ?? []
    let files = names.filter { (try? FileLook(path: "\(inbound)/\($0)"))??.kind != .folder }
    let arrived = ArrivedNames(files, options.feeds.filter { $0.drop == drop })
    return [.ok(.drop, "\(inbound) can be read; \(arrived.waiting).")] + arrived.untakenFindings(in: inbound)
  }

  /// The folders that files are put into; those that files are renamed into must lie on the file system of `inbound`.
  private func places(_ folders: DropFolders) -> [HealthFinding] {
    let device = (try? FileLook(path: folders.inbound + "/."))??.device
    var findings: [HealthFinding] = []
    for path in [folders.processing, folders.archive, folders.rejected] {
      let health = FolderHealth(path, of: "files that are under way or done")
      findings += health.findings().filter { $0.part == .folder && $0.state == .fault }
      guard let own = (try? FileLook(path: health.place + "/."))??.device, own != device else { continue }
      findings.append(
        HealthFinding(
          .drop, .fault, "\(path) lies on another file system than \(folders.inbound).",
          cure: "Put both on one: files are claimed and archived by renaming."))
    }
    return findings + FolderHealth(folders.reports, of: "reports to the sender").findings() + exchangeable(folders)
  }

  /// Folders in which others could put a link in place of one of the drop's, or of a file that is under way.
  private func exchangeable(_ folders: DropFolders) -> [HealthFinding] {
    let own = [folders.processing, folders.archive, folders.rejected, folders.reports]
    let places = Set(own + own.map { Directory.parent(of: $0) }).sorted()
    return places.filter(FileMode.letsOthersExchange).map { path in
      HealthFinding(
        .drop, .warning, "Others can write in \(path), and exchange what lies there for links.",
        cure: "Let nobody write there but the user that runs billdrop (chmod go-w): inbound alone may be open.")
    }
  }
}
