import Foundation

/// OpenSSH's program that serves files, made to rename over what is there, as other servers do, and to have no space left
/// as long as there is a file that says so.
enum OddSFTPServer {
  private static let program = ["/usr/lib/openssh", "/usr/libexec/openssh", "/usr/lib/ssh"].map { $0 + "/sftp-server" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/opt/swift/usr/bin/clang"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var canBeMade: Bool { program != nil && compiler != nil }

  /// The file of the workspace whose being there fills the disk.
  static let fullName = "full"

  /// The path of the program.
  static func make(in workspace: Workspace) throws -> String {
    guard let program, let compiler else { throw TestFault("no sftp-server, or no compiler") }
    let source = try workspace.write(
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <sys/stat.h>
      #include <sys/types.h>
      #include <unistd.h>
      int link(const char *from, const char *to) {
        int (*next)(const char *, const char *) = dlsym(RTLD_NEXT, "link");
        unlink(to);
        return next(from, to);
      }
      static int is_full(int file) {
        struct stat look;
        return access("\(workspace.path(fullName))", F_OK) == 0 && fstat(file, &look) == 0 && S_ISREG(look.st_mode);
      }
      ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
        ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
        if (!is_full(file)) return next(file, bytes, count, offset);
        errno = ENOSPC;
        return -1;
      }
      ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
        return pwrite(file, bytes, count, offset);
      }
      ssize_t write(int file, const void *bytes, size_t count) {
        ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
        if (!is_full(file)) return next(file, bytes, count);
        errno = ENOSPC;
        return -1;
      }

      """, to: "odd.c")
    let library = workspace.path("odd.so")
    let process = Process()
    process.executableURL = URL(filePath: compiler)
    process.arguments = ["-shared", "-fPIC", "-o", library, source, "-ldl"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TestFault("the library was not made") }
    let wrapper = try workspace.write("#!/bin/sh\nLD_PRELOAD=\(library) exec \(program)\n", to: "odd-sftp")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: wrapper)
    return wrapper
  }
}
