import CLibcurl
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct SendTests {
  #if canImport(Glibc)
    /// A signal that is held back from this thread is pending, also where the program ignores it (signal(7)).
    @Test func `writing to a connection that has gone raises no signal`() throws {
      let (end, gone) = try TestServer.connectedPair()
      close(gone)
      defer { close(end) }
      var (pipe, before, pending) = (sigset_t(), sigset_t(), sigset_t())
      sigemptyset(&pipe)
      sigaddset(&pipe, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &pipe, &before)
      var byte: UInt8 = 0
      let sent = billdrop_watch_send(end, &byte, 1)
      let error = errno
      sigpending(&pending)
      // Taken away, so that it doesn't end the tests.
      var moment = timespec()
      sigtimedwait(&pipe, nil, &moment)
      pthread_sigmask(SIG_SETMASK, &before, nil)
      #expect(sent == -1 && error == EPIPE)
      #expect(sigismember(&pending, SIGPIPE) == 0)
    }
  #endif
}
